/** `/status` alone: the asker's own requests from the store, brought up to date from Defender where they are open. */
import { day, type Instant, later, minute } from '../domain/instant.ts';
import { type LastKnown, type Listed, type ListPage, openFirst, pageOf } from '../domain/listing.ts';
import { isFinalStatus, type MachineAction } from '../domain/machine-action.ts';
import type { Person } from '../domain/person.ts';
import { collectionsOf, isFollowing, type Request, type Running, type Unwatched } from '../domain/request.ts';
import type { DefenderToken } from '../domain/secret.ts';
import type { PostStore } from '../ports.ts';
import { defenderAccess } from './access.ts';
import { followersNoted, lastKnownOf } from './list-collections.ts';
import { type OnActionPorts, refusal } from './on-action.ts';
import { requestorNameOf } from './requestor-name.ts';

/** More than anybody pages through. */
const mostRequests = 50;
/** What the asker started elsewhere is looked for so far back: as long as an action is followed. */
const lookBack = 3 * day;
/** Defender's clock may differ from the database's. */
const tolerance = 10 * minute;
/** So many actions that no list shows are read one by one: those that somebody else started. */
const mostReads = 5;

/** What answering needs. */
export interface OwnStatusPorts extends OnActionPorts {
  readonly posts: PostStore;
}

/**
 * The asker's own requests and what else of theirs runs in Defender. Without Defender's word it still answers, with
 * what was known last, and says so.
 */
export async function ownStatus(ports: OwnStatusPorts, person: Person, wanted: number): Promise<ListPage> {
  const known = await ports.store.newestOf(person.oid, mostRequests);
  const current = await askDefender(ports, person, known);
  const isNews = current.actions.length > 0;
  const requests = isNews ? await ports.store.newestOf(person.oid, mostRequests) : known;
  const undelivered = await ports.posts.undelivered(requests.map(({ id }) => id));
  const rows: Listed[] = requests.map((request) => ({
    kind: 'request',
    request,
    isUndelivered: undelivered.has(request.id),
  }));
  const page = pageOf(openFirst([...rows, ...current.elsewhere]), wanted);
  return { ...page, subject: { kind: 'own' }, ...(current.lastKnown && { lastKnown: current.lastKnown }) };
}

/** What Defender said. */
interface Current {
  readonly actions: readonly MachineAction[];
  /** Runs, and no request knows of it. */
  readonly elsewhere: readonly Listed[];
  readonly lastKnown?: LastKnown;
}

async function askDefender(ports: OnActionPorts, person: Person, requests: readonly Request[]): Promise<Current> {
  const access = await defenderAccess(ports, person);
  if (access.kind !== 'token') return { actions: [], elsewhere: [], lastKnown: lastKnownOf(access) };
  const open = requests.flatMap(followedIn);
  const own = await ownActions(ports, person, access.token, open);
  if ('kind' in own) return { actions: [], elsewhere: [], lastKnown: lastKnownOf(own) };
  const actions = [...own, ...(await readMissing(ports, access.token, open, own))];
  const known = await followersNoted(ports, actions);
  const knownIds = new Set(known.flatMap(({ collection }) => ('action' in collection ? [collection.action.id] : [])));
  const elsewhere = own
    .filter(({ id, status }) => !isFinalStatus(status) && !knownIds.has(id))
    .map((action) => ({ kind: 'action', action, followers: [] }) as const);
  return { actions, elsewhere };
}

function followedIn(request: Request): readonly (Running | Unwatched)[] {
  return collectionsOf(request).filter(isFollowing);
}

/** One list for all that is the asker's own; none where nobody knows how Defender calls them. */
async function ownActions(
  ports: OnActionPorts,
  person: Person,
  token: DefenderToken,
  open: readonly (Running | Unwatched)[],
): Promise<readonly MachineAction[] | Awaited<ReturnType<typeof refusal>>> {
  const called = await requestorNameOf(ports, person);
  if (called === undefined) return [];
  const earliest = open
    .map(({ action }) => action.createdAt)
    .reduce(earlier, later(await ports.store.now(), -lookBack));
  const listed = await ports.defender.actionsOfRequestor(token, called.name, later(earliest, -tolerance));
  return listed.ok ? listed.value : await refusal(ports, person, listed.failure);
}

function earlier(one: Instant, other: Instant): Instant {
  return one < other ? one : other;
}

/** One that cannot be read stays as it was known: its card is followed in any case. */
async function readMissing(
  ports: OnActionPorts,
  token: DefenderToken,
  open: readonly (Running | Unwatched)[],
  listed: readonly MachineAction[],
): Promise<readonly MachineAction[]> {
  const seen = new Set(listed.map(({ id }) => id));
  const missing = [...new Set(open.map(({ action }) => action.id))].filter((id) => !seen.has(id));
  const actions: MachineAction[] = [];
  for (const id of missing.slice(0, mostReads)) {
    const read = await ports.defender.action(token, id);
    if (read.ok) actions.push(read.value);
  }
  return actions;
}
