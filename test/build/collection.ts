import { hour, minute, second } from '../../src/domain/instant.ts';
import type {
  AwaitingSignIn,
  ExpiredCollection,
  Finished,
  Queued,
  Refused,
  Running,
  Submitting,
  Unresolved,
  Unwatched,
  Withdrawn,
} from '../../src/domain/request.ts';
import { anAction } from './action.ts';
import { aDevice } from './device.ts';
import { collectionId, collectionRef } from './ids.ts';
import { after } from './moment.ts';
import { dana } from './person.ts';

/** Everything but the state, which the builder's name says. */
type Over<Kind extends { readonly state: string }> = Partial<Omit<Kind, 'state'>>;

const asked = () => ({ id: collectionId(), ref: collectionRef(), device: aDevice() });
const sent = () => ({ ...asked(), action: anAction(), ownership: { kind: 'ours' as const }, sentAt: after(minute) });
const finishedAt = after(4 * minute);

/** A collection in each of its states: confirmed 40 s after `start`, sent after 1 min, finished after 4 min. */
export const aCollection = {
  queued: (over: Over<Queued> = {}): Queued => ({
    ...asked(),
    state: 'queued',
    attempts: { count: 0 },
    queuedAt: after(40 * second),
    ...over,
  }),
  awaitingSignIn: (over: Over<AwaitingSignIn> = {}): AwaitingSignIn => ({
    ...asked(),
    state: 'awaitingSignIn',
    attempts: { count: 0 },
    since: after(minute),
    expiresAt: after(minute + 8 * hour),
    ...over,
  }),
  submitting: (over: Over<Submitting> = {}): Submitting => ({
    ...asked(),
    state: 'submitting',
    attempts: { count: 1, firstAt: after(minute) },
    queuedAt: after(40 * second),
    startedAt: after(minute),
    emptyLooks: 0,
    saidAlreadyRunning: false,
    ...over,
  }),
  running: (over: Over<Running> = {}): Running => ({
    ...sent(),
    state: 'running',
    watcher: dana,
    absentSweeps: 0,
    ...over,
  }),
  unwatched: (over: Over<Unwatched> = {}): Unwatched => ({
    ...sent(),
    state: 'unwatched',
    lastWatcher: dana,
    since: after(3 * minute),
    ...over,
  }),
  succeeded: (over: Over<Finished> = {}): Finished => ({
    ...sent(),
    state: 'succeeded',
    action: anAction({ status: 'Succeeded', updatedAt: finishedAt }),
    finishedAt,
    ...over,
  }),
  failed: (over: Over<Finished> = {}): Finished => ({
    ...sent(),
    state: 'failed',
    action: anAction({ status: 'Failed', updatedAt: finishedAt }),
    finishedAt,
    ...over,
  }),
  timedOut: (over: Over<Finished> = {}): Finished => ({
    ...sent(),
    state: 'timedOut',
    action: anAction({ status: 'TimeOut', updatedAt: finishedAt }),
    finishedAt,
    ...over,
  }),
  cancelled: (over: Over<Finished> = {}): Finished => ({
    ...sent(),
    state: 'cancelled',
    action: anAction({ status: 'Cancelled', updatedAt: finishedAt }),
    finishedAt,
    ...over,
  }),
  unresolved: (over: Over<Unresolved> = {}): Unresolved => ({
    ...sent(),
    state: 'unresolved',
    finishedAt: after(72 * hour + minute),
    ...over,
  }),
  refused: (over: Over<Refused> = {}): Refused => ({
    ...asked(),
    state: 'refused',
    problem: { kind: 'notPermitted' },
    finishedAt: after(minute),
    ...over,
  }),
  withdrawn: (over: Over<Withdrawn> = {}): Withdrawn => ({
    ...asked(),
    state: 'withdrawn',
    finishedAt: after(2 * minute),
    ...over,
  }),
  expired: (over: Over<ExpiredCollection> = {}): ExpiredCollection => ({
    ...asked(),
    state: 'expired',
    finishedAt: after(8 * hour + minute),
    ...over,
  }),
};
