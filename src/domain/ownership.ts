/** Whose a machine action is: the API has no idempotency key, so this is how a collection knows its own. */
import { refOf } from './comment.ts';
import type { CollectionRef, DeviceId } from './ids.ts';
import { type Instant, later, minute } from './instant.ts';
import { isAbout, isFinalStatus, type MachineAction } from './machine-action.ts';
import type { Ownership } from './request.ts';

/** What a collection knows of the action that it may have started. */
export interface Claim {
  readonly ref: CollectionRef;
  readonly device: DeviceId;
  /** How Defender itself called the requester earlier; absent while it never did. */
  readonly knownRequestor?: string;
  /** When the first attempt began, on the database's clock. */
  readonly firstAttemptAt: Instant;
}

/** How far Defender's clock may be behind the database's. */
export const clockTolerance = 10 * minute;

/**
 * Ours if ref, machine and requestor match and it is not older than the first attempt. Where Defender shows no comment,
 * requestor and time decide; where no earlier requestor is known either, it is only probably ours.
 */
export function ownershipOf(action: MachineAction, claim: Claim): Ownership {
  if (!isAbout(action, claim.device)) return { kind: 'joined' };
  if (action.createdAt < later(claim.firstAttemptAt, -clockTolerance)) return { kind: 'joined' };
  const requestor = compareRequestor(action, claim);
  if (requestor === 'differs') return { kind: 'joined' };
  if (action.comment === undefined) return { kind: requestor === 'same' ? 'ours' : 'probablyOurs' };
  return { kind: refOf(action.comment) === claim.ref ? 'ours' : 'joined' };
}

/**
 * Whose the action is that a collection's own POST was answered with. With its ref, on its device, it is ours, whatever
 * Defender calls the requester by now and whatever its clock says: nobody else sends a ref that was just made.
 */
export function ownershipOfAnswer(action: MachineAction, claim: Claim): Ownership {
  const isMarked = action.comment !== undefined && refOf(action.comment) === claim.ref;
  return isMarked && isAbout(action, claim.device) ? { kind: 'ours' } : ownershipOf(action, claim);
}

function compareRequestor({ requestor }: MachineAction, { knownRequestor }: Claim): 'same' | 'differs' | 'unknown' {
  if (requestor === undefined || knownRequestor === undefined) return 'unknown';
  return requestor.toLowerCase() === knownRequestor.toLowerCase() ? 'same' : 'differs';
}

/** An action together with whose it is. */
export interface FoundAction {
  readonly action: MachineAction;
  readonly ownership: Ownership;
}

/**
 * The action among a device's that this collection started; undefined when the list shows none. A certain one comes
 * before a probable one, one that still runs before one that has ended, then the newest.
 */
export function findOurs(actions: readonly MachineAction[], claim: Claim): FoundAction | undefined {
  const found = actions.map((action) => ({ action, ownership: ownershipOf(action, claim) }));
  return best(found, 'ours') ?? best(found, 'probablyOurs');
}

function best(found: readonly FoundAction[], kind: Ownership['kind']): FoundAction | undefined {
  const candidates = found.filter(({ ownership }) => ownership.kind === kind);
  const [first] = candidates.toSorted((one, other) => activeThenNewest(one.action, other.action));
  return first;
}

/** The newest action that still runs, whoever started it; undefined when all have ended. */
export function findActive(actions: readonly MachineAction[]): MachineAction | undefined {
  const [first] = actions.filter(({ status }) => !isFinalStatus(status)).toSorted(activeThenNewest);
  return first;
}

function activeThenNewest(one: MachineAction, other: MachineAction): number {
  const ended = Number(isFinalStatus(one.status)) - Number(isFinalStatus(other.status));
  return ended === 0 ? other.createdAt - one.createdAt : ended;
}
