/** One sweep per watcher, not one call per action (how-it-works, 'Following'). */
import type { CollectionEvent } from '../domain/collection-event.ts';
import { failureForLog } from '../domain/defender-failure.ts';
import type { AadObjectId } from '../domain/ids.ts';
import { type Instant, later, minute } from '../domain/instant.ts';
import type { MachineAction } from '../domain/machine-action.ts';
import { followPace } from '../domain/pace.ts';
import { followPatience } from '../domain/patience.ts';
import type { Person } from '../domain/person.ts';
import type { Problem } from '../domain/problem.ts';
import { problemOfFailure } from '../domain/problem-of-failure.ts';
import type { Running } from '../domain/request.ts';
import type { DefenderToken } from '../domain/secret.ts';
import type { Defender, Log, Placed, RequestStore } from '../ports.ts';
import { type AccessPorts, askForFreshSignIn, defenderAccess } from './access.ts';
import { decide } from './decide.ts';
import { resumeIfSignedIn } from './sign-in.ts';

/** Defender's clock, and an action's place in the list, may be off by this much. */
const listTolerance = 10 * minute;
/** The list lags, so an action is read by its id only after it was absent so often. */
const absentSweepsBeforeReading = 2;
/** Pause after a sweep that could not be done. */
const failedSweepPause = minute;

/** What following needs. */
export interface FollowPorts extends AccessPorts {
  readonly store: RequestStore;
  readonly defender: Defender;
  readonly log: Log;
  /** Plans this watcher's next sweep; a fresh action may bring it forward. */
  readonly scheduleSweep: (watcher: AadObjectId, afterMs: number) => Promise<void>;
  /** Pace for young actions, in milliseconds. */
  readonly youngMs: number;
}

/** Reads with this watcher's token everything that they follow, and plans their next sweep. */
export async function sweep(ports: FollowPorts, watcher: AadObjectId): Promise<void> {
  const watched = await ports.store.watchedBy(watcher);
  const [first] = watched;
  if (first === undefined) return;
  const access = await defenderAccess(ports, first.collection.watcher);
  if (access.kind === 'signIn') return await loseWatcher(ports, watched, first.collection.watcher, access.problem);
  if (access.kind === 'problem') {
    ports.log.warn({ watcher, problem: access.problem }, 'a sweep could not act as its watcher');
    if (!passesWithoutThem(access.problem)) {
      return await loseWatcher(ports, watched, first.collection.watcher, access.problem);
    }
    await ports.scheduleSweep(watcher, failedSweepPause);
    return;
  }
  const seen = await readListed(ports, access.token, watched);
  if (seen.moreProofNeeded !== undefined) {
    await askForFreshSignIn(ports, first.collection.watcher, seen.moreProofNeeded);
    return await loseWatcher(ports, watched, first.collection.watcher, seen.moreProofNeeded);
  }
  const now = await ports.store.now();
  const watchers = await ports.store.watchers();
  const paces: number[] = [];
  for (const each of watched) {
    if (await lookAt(ports, access.token, each, seen, now)) continue;
    paces.push(followPace(now - each.collection.sentAt, ports.youngMs, watchers));
  }
  if (paces.length > 0) await ports.scheduleSweep(watcher, seen.noCallForMs ?? Math.min(...paces));
}

/** An outage passes by itself, and an operator mends the bot's credential: no sign-in of anybody would help. */
function passesWithoutThem({ kind }: Problem): boolean {
  return kind === 'signInUnavailable' || kind === 'botRefused';
}

async function loseWatcher(
  ports: FollowPorts,
  watched: readonly Placed<Running>[],
  watcher: Person,
  problem: Problem | undefined,
): Promise<void> {
  for (const each of watched) await tell(ports, each, watcherLost(watcher, problem));
  await resumeIfSignedIn(ports, watcher);
}

function watcherLost(watcher: Person, problem: Problem | undefined): CollectionEvent {
  return { type: 'watcherLost', watcher, ...(problem === undefined ? {} : { problem }) };
}

/** What the lists showed. `unread` holds the requestors whose list could not be read this time. */
interface Seen {
  readonly actions: ReadonlyMap<string, MachineAction>;
  readonly unread: ReadonlySet<string>;
  /** Defender's 401 that wants a fresh sign-in of the watcher. */
  readonly moreProofNeeded?: Problem;
  /**
   * Present where there was no call left for a list: so long there will be none. Then it is read, and not a whole interval
   * later: to those who wait for it this sweep has not been.
   */
  readonly noCallForMs?: number;
}

/** One list for each name by which Defender calls the watcher: as a rule one list in all. */
async function readListed(
  ports: FollowPorts,
  token: DefenderToken,
  watched: readonly Placed<Running>[],
): Promise<Seen> {
  const earliest = new Map<string, Instant>();
  for (const { request, collection } of watched) {
    const requestor = listedUnder(request.requester.oid, collection);
    if (requestor === undefined) continue;
    const { createdAt } = collection.action;
    const known = earliest.get(requestor);
    if (known === undefined || createdAt < known) earliest.set(requestor, createdAt);
  }
  const actions = new Map<string, MachineAction>();
  const unread = new Set<string>();
  let noCallForMs: number | undefined;
  for (const [requestor, createdAt] of earliest) {
    const listed = await ports.defender.actionsOfRequestor(token, requestor, later(createdAt, -listTolerance));
    if (!listed.ok) {
      ports.log.warn({ failure: failureForLog(listed.failure) }, 'a sweep could not read its list');
      const problem = problemOfFailure(listed.failure, await ports.store.now());
      if (problem.kind === 'moreProofNeeded') return { actions, unread, moreProofNeeded: problem };
      if (problem.kind === 'noBudget') noCallForMs = Math.max(noCallForMs ?? 0, problem.waitMs);
      unread.add(requestor);
      continue;
    }
    for (const action of listed.value) actions.set(action.id, action);
  }
  return { actions, unread, ...(noCallForMs === undefined ? {} : { noCallForMs }) };
}

/** Joined and lent actions are somebody else's in Defender's eyes: no list of the watcher shows them. */
function listedUnder(requester: AadObjectId, { ownership, watcher, action }: Running): string | undefined {
  return ownership.kind === 'joined' || watcher.oid !== requester ? undefined : action.requestor;
}

/** @returns whether this watcher need not look at the collection any more */
async function lookAt(
  ports: FollowPorts,
  token: DefenderToken,
  placed: Placed<Running>,
  seen: Seen,
  now: Instant,
): Promise<boolean> {
  const { request, collection } = placed;
  const requestor = listedUnder(request.requester.oid, collection);
  if (requestor !== undefined && seen.unread.has(requestor)) return false;
  let action = seen.actions.get(collection.action.id);
  const isReadById = requestor === undefined || collection.absentSweeps >= absentSweepsBeforeReading;
  if (action === undefined && isReadById) {
    const read = await readById(ports, token, placed);
    if (read.kind === 'refused') return await tell(ports, placed, watcherLost(collection.watcher, read.problem));
    action = read.action;
  }
  if (action === undefined) return await tell(ports, placed, { type: 'actionAbsent' });
  return hasNews(collection, action, now) && (await tell(ports, placed, { type: 'actionSeen', action }));
}

/** `action` is undefined where it could not be read this time. */
type ReadById =
  | { readonly kind: 'read'; readonly action: MachineAction | undefined }
  /** Defender wants a fresh sign-in of the watcher. */
  | { readonly kind: 'refused'; readonly problem: Problem };

async function readById(
  ports: FollowPorts,
  token: DefenderToken,
  { request, collection: { action, watcher } }: Placed<Running>,
): Promise<ReadById> {
  const read = await ports.defender.action(token, action.id);
  if (read.ok) return { kind: 'read', action: read.value };
  const about = { request: request.id, conversation: request.place.conversation, action: action.id };
  ports.log.warn({ ...about, failure: failureForLog(read.failure) }, 'an action could not be read');
  const problem = problemOfFailure(read.failure, await ports.store.now());
  if (problem.kind !== 'moreProofNeeded') return { kind: 'read', action: undefined };
  await askForFreshSignIn(ports, watcher, problem);
  return { kind: 'refused', problem };
}

/** The database is written only where something changed: statements grow with people, not with actions. */
function hasNews({ action, absentSweeps, sentAt }: Running, seen: MachineAction, now: Instant): boolean {
  return seen.status !== action.status || absentSweeps > 0 || now - sentAt >= followPatience;
}

async function tell(ports: FollowPorts, { request, collection }: Placed<Running>, event: CollectionEvent) {
  const changed = await decide(ports.store, request.id, { type: 'collection', collection: collection.id, event });
  if (changed === undefined || changed.request.state !== 'confirmed') return true;
  return changed.request.collections.find(({ id }) => id === collection.id)?.state !== 'running';
}
