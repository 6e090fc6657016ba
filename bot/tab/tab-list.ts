import { catalogueOf } from '../../cards/language/catalogue.ts';
import { lastKnownNote } from '../../cards/tab-answers.ts';
import { tabRow } from '../../cards/tab-rows.ts';
import { joinVisible, notShown, readVisible, shownIn, type Visible } from '../../src/app/list-visible.ts';
import { instantOf } from '../../src/domain/instant.ts';
import type { Follower } from '../../src/domain/listing.ts';
import { isSamePerson } from '../../src/domain/person.ts';
import type { RowFilter } from '../../src/domain/row-filter.ts';
import { unaskedAge } from './list-cache.ts';
import { portsAs, type TabCardPorts } from './tab-cards.ts';
import type { Caller } from './tab-door.ts';
import { personOf } from './tab-person.ts';
import type { ListQuery, TabList } from './wire.ts';

/** What the caller may see, as far as the filters let it through; undefined for filters that name no moment. */
export async function listRows(ports: TabCardPorts, caller: Caller, query: ListQuery): Promise<TabList | undefined> {
  const filter = filterOf(query);
  if (filter === undefined) return undefined;
  const as = portsAs(ports, caller);
  const person = personOf(caller);
  const read = () => readVisible(as, person, filter.from);
  const age = query.unasked === undefined ? undefined : unaskedAge;
  const visible = await ports.cache.get(person.oid, filter.from, read, age);
  const { rows, isCut, lastKnown } = await joinVisible(as, person, visible, filter);
  const mayOpen = opening(caller, visible);
  const say = catalogueOf(caller.language);
  return {
    rows: rows.map((row) => tabRow(say, person, row, mayOpen)),
    isCut,
    needsSignIn: lastKnown?.why === 'signIn',
    ...(lastKnown === undefined ? {} : { note: lastKnownNote(say, lastKnown) }),
  };
}

/** As `maySee` decides, but without a call for each row. */
function opening(caller: Caller, visible: Visible): (follower: Follower) => boolean {
  const shown = shownIn(visible);
  return ({ request }) =>
    isSamePerson(personOf(caller, request), request.requester) || notShown(request, shown)?.length === 0;
}

function filterOf({ from, to, stage, device, person }: ListQuery): RowFilter | undefined {
  const [begin, end] = [instantOf(new Date(from)), to === undefined ? undefined : instantOf(new Date(to))];
  if (begin === undefined || (to !== undefined && end === undefined)) return undefined;
  return {
    from: begin,
    ...(end === undefined ? {} : { to: end }),
    ...(stage === undefined ? {} : { stage }),
    ...(device === undefined ? {} : { device }),
    ...(person === undefined ? {} : { person }),
  };
}
