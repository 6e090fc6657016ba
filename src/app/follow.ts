/** One sweep per watcher, not one call per action (how-it-works, 'Following'). */
import { type CollectionEvent, followPatience } from '../domain/collection-transition.ts';
import { failureForLog } from '../domain/defender-failure.ts';
import type { AadObjectId } from '../domain/ids.ts';
import { type Instant, later, minute } from '../domain/instant.ts';
import type { MachineAction } from '../domain/machine-action.ts';
import { followPace } from '../domain/pace.ts';
import type { Running } from '../domain/request.ts';
import type { DefenderToken } from '../domain/secret.ts';
import type { Defender, Log, Placed, RequestStore } from '../ports.ts';
import { type AccessPorts, defenderAccess } from './access.ts';
import { decide } from './decide.ts';

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
  if (access.kind === 'signIn') {
    for (const each of watched) await tell(ports, each, { type: 'watcherLost', watcher: first.collection.watcher });
    return;
  }
  if (access.kind === 'problem') {
    ports.log.warn({ watcher, problem: access.problem }, 'a sweep could not act as its watcher');
    await ports.scheduleSweep(watcher, failedSweepPause);
    return;
  }
  const seen = await readListed(ports, access.token, watched);
  const now = await ports.store.now();
  const paces: number[] = [];
  for (const each of watched) {
    if (await lookAt(ports, access.token, each, seen, now)) continue;
    paces.push(followPace(now - each.collection.sentAt, ports.youngMs));
  }
  if (paces.length > 0) await ports.scheduleSweep(watcher, Math.min(...paces));
}

/** What the lists showed. `unread` holds the requestors whose list could not be read this time. */
interface Seen {
  readonly actions: ReadonlyMap<string, MachineAction>;
  readonly unread: ReadonlySet<string>;
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
  for (const [requestor, createdAt] of earliest) {
    const listed = await ports.defender.actionsOfRequestor(token, requestor, later(createdAt, -listTolerance));
    if (!listed.ok) {
      ports.log.warn({ failure: failureForLog(listed.failure) }, 'a sweep could not read its list');
      unread.add(requestor);
      continue;
    }
    for (const action of listed.value) actions.set(action.id, action);
  }
  return { actions, unread };
}

/** Joined and lent actions are somebody else's in Defender's eyes: no list of the watcher shows them. */
function listedUnder(requester: AadObjectId, { ownership, watcher, action }: Running): string | undefined {
  return ownership.kind === 'joined' || watcher.oid !== requester ? undefined : action.requestor;
}

/** @returns whether the collection has come to its end */
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
  const readById = requestor === undefined || collection.absentSweeps >= absentSweepsBeforeReading;
  if (action === undefined && readById) {
    const read = await ports.defender.action(token, collection.action.id);
    if (read.ok) action = read.value;
    else
      ports.log.warn(
        { action: collection.action.id, failure: failureForLog(read.failure) },
        'an action could not be read',
      );
  }
  const event: CollectionEvent = action === undefined ? { type: 'actionAbsent' } : { type: 'actionSeen', action };
  if (action !== undefined && !hasNews(collection, action, now)) return false;
  const changed = await tell(ports, placed, event);
  return changed;
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
