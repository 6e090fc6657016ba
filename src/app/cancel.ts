/** Stopping what runs in Defender, as the person who asks for it: Defender decides with their token. */
import type { DefenderFailure } from '../domain/defender-failure.ts';
import type { CollectionId, MachineActionId } from '../domain/ids.ts';
import { isFinalStatus, type MachineAction } from '../domain/machine-action.ts';
import { isSamePerson, type Person } from '../domain/person.ts';
import type { Reason } from '../domain/reason.ts';
import { collectionsOf, isFollowing, type Request, type Running, type Unwatched } from '../domain/request.ts';
import type { DefenderToken } from '../domain/secret.ts';
import { defenderAccess } from './access.ts';
import { decide } from './decide.ts';
import { noteAction, noteForFollowers } from './note-action.ts';
import { type OnActionPorts, type OnActionResult, refusal } from './on-action.ts';
import { requestorNameOf } from './requestor-name.ts';

/** A wish to stop one action. */
export interface CancelWish {
  readonly action: MachineActionId;
  readonly reason: Reason;
  /** Whether the person knows that it may be somebody else's. */
  readonly isSure: boolean;
}

/** What became of such a wish, for the eyes of the one who had it. */
export type CancelResult =
  | Exclude<OnActionResult<never>, { readonly kind: 'ok' | 'notNow' }>
  /** Defender took it. The action may still succeed; the following goes on. */
  | { readonly kind: 'asked'; readonly action: MachineAction }
  /** It had ended before; nothing was asked. */
  | { readonly kind: 'ended'; readonly action: MachineAction }
  /** It is somebody else's: nothing was asked yet. */
  | { readonly kind: 'others'; readonly action: MachineAction }
  /** There is none of this id that the person may see. */
  | { readonly kind: 'unknownAction' };

/** Asks Defender to stop one action, whoever started it; somebody else's only when the person is sure. */
export async function cancelAction(ports: OnActionPorts, wish: CancelWish, person: Person): Promise<CancelResult> {
  const access = await defenderAccess(ports, person);
  if (access.kind !== 'token') return access;
  const read = await ports.defender.action(access.token, wish.action);
  if (!read.ok) return isNotFound(read.failure) ? unknownAction : await refusal(ports, person, read.failure);
  if (isFinalStatus(read.value.status)) {
    await noteForFollowers(ports.store, read.value);
    return { kind: 'ended', action: read.value };
  }
  if (!wish.isSure && !(await isTheirs(ports, person, read.value))) return { kind: 'others', action: read.value };
  const { machineId: device } = read.value;
  const about = { by: person, action: wish.action, ...(device === undefined ? {} : { device }) };
  await ports.audit.record({ ...about, kind: 'cancelAsked', details: { reason: wish.reason } });
  const cancelled = await ports.defender.cancel(access.token, wish.action, wish.reason);
  if (!cancelled.ok) return await refusal(ports, person, cancelled.failure);
  await tellFollowers(ports, cancelled.value, person);
  return { kind: 'asked', action: cancelled.value };
}

const unknownAction = { kind: 'unknownAction' } as const;

/** Whether a failed read of an action says that there is none, or none that the person may see. */
export function isNotFound(failure: DefenderFailure): boolean {
  return failure.kind === 'answered' && failure.status === 404;
}

/**
 * Asks Defender, as the clicker, to stop every running action of the request; what was not sent yet is withdrawn, if it
 * is the requester who clicks. Every other request that follows one of the actions is told.
 */
export async function cancelCollections(
  ports: OnActionPorts,
  request: Request,
  clicker: Person,
  reason: Reason,
): Promise<OnActionResult<'asked'>> {
  const running = collectionsOf(request).filter(isFollowing);
  const isWithdrawn = await withdrawUnsent(ports, request, clicker);
  if (running.length === 0) return isWithdrawn ? { kind: 'ok', value: 'asked' } : { kind: 'notNow' };
  const access = await defenderAccess(ports, clicker);
  if (access.kind !== 'token') return access;
  const failures = await cancelEach(ports, access.token, request, running, clicker, reason);
  const [first] = failures;
  return first === undefined ? { kind: 'ok', value: 'asked' } : await refusal(ports, clicker, first);
}

async function cancelEach(
  ports: OnActionPorts,
  token: DefenderToken,
  request: Request,
  running: readonly (Running | Unwatched)[],
  clicker: Person,
  reason: Reason,
): Promise<readonly DefenderFailure[]> {
  const failures: DefenderFailure[] = [];
  for (const { id: collection, device, action } of running) {
    const about = { conversation: request.place.conversation, request: request.id, collection, device: device.id };
    const subject = { ...about, by: clicker, action: action.id };
    await ports.audit.record({ ...subject, kind: 'cancelAsked', details: { reason } });
    const cancelled = await ports.defender.cancel(token, action.id, reason);
    if (cancelled.ok) await tellFollowers(ports, cancelled.value, clicker);
    else failures.push(cancelled.failure);
  }
  return failures;
}

/** @returns whether anything was taken back */
async function withdrawUnsent({ store }: OnActionPorts, request: Request, clicker: Person): Promise<boolean> {
  if (!isSamePerson(clicker, request.requester)) return false;
  const unsent = collectionsOf(request).filter(({ state }) => state === 'queued' || state === 'awaitingSignIn');
  const withdrawn: CollectionId[] = [];
  for (const { id } of unsent) {
    const event = { type: 'collection', collection: id, event: { type: 'withdrawn' } } as const;
    if ((await decide(store, request.id, event))?.outcome.kind === 'changed') withdrawn.push(id);
  }
  return withdrawn.length > 0;
}

/** Each card names who asked; one that the answer ends already says that, too. */
async function tellFollowers({ store }: OnActionPorts, action: MachineAction, by: Person): Promise<void> {
  for (const { request, collection } of await store.followersOf(action.id)) {
    const event = { type: 'cancelAsked', by } as const;
    await decide(store, request.id, { type: 'collection', collection: collection.id, event });
    await noteAction(store, request.id, collection, action);
  }
}

/** An action is a person's own if they started it here, or if Defender calls its requestor as it calls them. */
async function isTheirs(ports: OnActionPorts, person: Person, action: MachineAction): Promise<boolean> {
  const followers = await ports.store.followersOf(action.id);
  const isOfTheirRequest = followers.some(
    ({ request, collection }) => collection.ownership.kind !== 'joined' && isSamePerson(request.requester, person),
  );
  if (isOfTheirRequest || action.requestor === undefined) return isOfTheirRequest;
  const called = await requestorNameOf(ports, person);
  return called?.name.toLowerCase() === action.requestor.toLowerCase();
}
