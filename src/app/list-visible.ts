/** What the tab lists: the collections that Defender shows a person, by whomever, and what we know of them. */
import type { MachineActionId } from '../domain/ids.ts';
import { type Instant, later } from '../domain/instant.ts';
import type { LastKnown, Listed, ListedAction, ListedRequest } from '../domain/listing.ts';
import type { MachineAction } from '../domain/machine-action.ts';
import { isSamePerson, type Person } from '../domain/person.ts';
import { collectionsOf, type Request } from '../domain/request.ts';
import { holds, isInTime, newestOf, type RowFilter, stageOf } from '../domain/row-filter.ts';
import { defenderAccess } from './access.ts';
import { followersNoted, lastKnownOf, longestHistory } from './list-collections.ts';
import { type OnActionPorts, refusal } from './on-action.ts';

/** Defender's own word; without it there is only what we knew last. */
export type Visible =
  | {
      readonly kind: 'actions';
      readonly actions: readonly MachineAction[];
      /** Defender has more, and nobody knows which: no order of its list is documented. */
      readonly isCut: boolean;
    }
  | { readonly kind: 'lastKnown'; readonly lastKnown: LastKnown };

/** What fits the filter, newest first. */
export interface VisibleList {
  readonly rows: readonly Listed[];
  /** There is more than was looked at or is shown. */
  readonly isCut: boolean;
  readonly lastKnown?: LastKnown;
}

/** More are not read (`Defender.actionsSince`). */
const mostRead = 5_000;
/** More actions than these are not looked at: each is looked up among our requests. */
const mostActions = 500;
/** So many rows are shown. */
const mostRows = 100;
/** More requests of one's own than anybody looks for. */
const mostRequests = 50;

/** Asks Defender as the person. Their rights decide what there is; nothing is older than Defender keeps. */
export async function readVisible(ports: OnActionPorts, person: Person, since: Instant): Promise<Visible> {
  const access = await defenderAccess(ports, person);
  if (access.kind !== 'token') return { kind: 'lastKnown', lastKnown: lastKnownOf(access) };
  const oldest = later(await ports.store.now(), -longestHistory);
  const read = await ports.defender.actionsSince(access.token, since > oldest ? since : oldest);
  if (read.ok) return { kind: 'actions', actions: read.value, isCut: read.value.length >= mostRead };
  return { kind: 'lastKnown', lastKnown: lastKnownOf(await refusal(ports, person, read.failure)) };
}

/** Joins what Defender said with the requests that follow it, and with those of the person that it does not know of. */
export async function joinVisible(
  { store }: Pick<OnActionPorts, 'store'>,
  person: Person,
  visible: Visible,
  filter: RowFilter,
): Promise<VisibleList> {
  const known = visible.kind === 'actions' ? visible.actions : [];
  const wanted = known
    .filter((action) => isInTime(action.createdAt, filter))
    .filter(({ deviceName, machineId }) => holds([deviceName, machineId], filter.device))
    .toSorted((one, other) => other.createdAt - one.createdAt);
  const actions = await listedActions(store, wanted.slice(0, mostActions));
  const requests = await ownRequests(store, person, known, filter);
  const rows = [...actions, ...requests]
    .filter((row) => filter.stage === undefined || stageOf(row) === filter.stage)
    .filter((row) => holds(peopleOf(row), filter.person))
    .toSorted((one, other) => sinceOf(other) - sinceOf(one));
  return {
    rows: rows.slice(0, mostRows),
    isCut: (visible.kind === 'actions' && visible.isCut) || wanted.length > mostActions || rows.length > mostRows,
    ...(visible.kind === 'lastKnown' && { lastKnown: visible.lastKnown }),
  };
}

async function listedActions(
  store: OnActionPorts['store'],
  actions: readonly MachineAction[],
): Promise<readonly ListedAction[]> {
  const placed = await followersNoted({ store }, actions);
  return actions.map((action) => {
    const followers = placed.filter(({ collection }) => 'action' in collection && collection.action.id === action.id);
    return { kind: 'action', action: newestOf(action, followers), followers };
  });
}

/** One's own that no action stands for: not sent yet, never sent, or Defender did not tell. */
async function ownRequests(
  store: OnActionPorts['store'],
  person: Person,
  known: readonly MachineAction[],
  filter: RowFilter,
): Promise<readonly ListedRequest[]> {
  const seen = new Set(known.map(({ id }) => id));
  const own = await store.newestOf(person.oid, mostRequests);
  return own
    .filter((request) => isInTime(request.askedAt, filter))
    .filter((request) => !collectionsOf(request).some((each) => 'action' in each && seen.has(each.action.id)))
    .filter((request) => holds(devicesOf(request), filter.device))
    .map((request) => ({ kind: 'request', request }));
}

function devicesOf(request: Request): readonly string[] {
  if ('collections' in request) return request.collections.flatMap(({ device }) => [device.name, device.id]);
  return request.devices.flatMap(({ query, sighting }) => [
    query.by === 'id' ? query.id : query.name,
    ...(sighting.step === 'found' ? [sighting.device.name, sighting.device.id] : []),
  ]);
}

function peopleOf(row: Listed): readonly (string | undefined)[] {
  if (row.kind === 'request') return [row.request.requester.name];
  return [row.action.requestor, ...row.followers.map(({ request }) => request.requester.name)];
}

function sinceOf(row: Listed): Instant {
  return row.kind === 'request' ? row.request.askedAt : row.action.createdAt;
}

/**
 * Whether a person may see the whole card of a request outside its conversation: it is their own, or Defender shows
 * them every action that it has. A card with several devices must not lend the right to see one to who sees another.
 */
export async function maySee(
  ports: OnActionPorts,
  person: Person,
  request: Request,
  visible: Visible | undefined,
): Promise<boolean> {
  if (isSamePerson(person, request.requester)) return true;
  const unknown = notShown(request, shownIn(visible));
  if (unknown === undefined || unknown.length === 0) return unknown !== undefined;
  const access = await defenderAccess(ports, person);
  if (access.kind !== 'token' || unknown.length > mostReads) return false;
  for (const id of unknown) {
    if (!(await ports.defender.action(access.token, id)).ok) return false;
  }
  return true;
}

/** So many actions that no list has shown are read one by one. */
const mostReads = 5;

/** The actions of what Defender showed. */
export function shownIn(visible: Visible | undefined): ReadonlySet<MachineActionId> {
  return new Set(visible?.kind === 'actions' ? visible.actions.map(({ id }) => id) : []);
}

/**
 * The actions of a request that a person was not shown.
 * @returns undefined where a device has no action, so that nothing tells who may see it
 */
export function notShown(
  request: Request,
  shown: ReadonlySet<MachineActionId>,
): readonly MachineActionId[] | undefined {
  const collections = collectionsOf(request);
  const actions = collections.flatMap((each) => ('action' in each ? [each.action.id] : []));
  if (actions.length === 0 || actions.length < collections.length) return undefined;
  return actions.filter((id) => !shown.has(id));
}
