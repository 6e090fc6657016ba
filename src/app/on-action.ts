/** What a person may do with an action that Defender already has: read it, cancel it, fetch its package. */
import { refOf } from '../domain/comment.ts';
import type { CollectionId, MachineActionId, RequestId } from '../domain/ids.ts';
import type { MachineAction } from '../domain/machine-action.ts';
import type { Person } from '../domain/person.ts';
import type { Problem } from '../domain/problem.ts';
import { problemOfFailure } from '../domain/problem-of-failure.ts';
import type { Reason } from '../domain/reason.ts';
import {
  type Collection,
  type Finished,
  isFollowing,
  type Request,
  type Running,
  type Unwatched,
} from '../domain/request.ts';
import type { DefenderToken, PackageLink } from '../domain/secret.ts';
import type { Defender, RequestStore } from '../ports.ts';
import { type AccessPorts, askForFreshSignIn, defenderAccess } from './access.ts';
import { decide } from './decide.ts';

/** What these use cases need. */
export interface OnActionPorts extends AccessPorts {
  readonly store: RequestStore;
  readonly defender: Defender;
}

/** How such a wish ended. A refusal concerns the one who clicked, and is for their eyes alone. */
export type OnActionResult<Value> =
  | { readonly kind: 'ok'; readonly value: Value }
  | { readonly kind: 'signIn'; readonly problem?: Problem }
  | { readonly kind: 'problem'; readonly problem: Problem }
  /** The request has no such action, or not in a state that allows it. */
  | { readonly kind: 'notNow' };

/** Reads every open action of the request once, with the clicker's own token. Changes neither requester nor watcher. */
export async function refresh(
  ports: OnActionPorts,
  request: Request,
  clicker: Person,
): Promise<OnActionResult<'refreshed'>> {
  return await withEachOpen(ports, request, clicker, 'refreshed', (token, collection) =>
    ports.defender.action(token, collection.action.id),
  );
}

/** Asks Defender, as the clicker, to cancel every open action of the request. It may still succeed; following goes on. */
export async function cancelCollections(
  ports: OnActionPorts,
  request: Request,
  clicker: Person,
  reason: Reason,
): Promise<OnActionResult<'asked'>> {
  return await withEachOpen(ports, request, clicker, 'asked', (token, collection) =>
    ports.defender.cancel(token, collection.action.id, reason),
  );
}

/**
 * Asks Defender, as the person who typed it, to cancel one action, whoever started it.
 * Every request that follows the action learns how it stands now.
 */
export async function cancelAction(
  ports: OnActionPorts,
  action: MachineActionId,
  person: Person,
  reason: Reason,
): Promise<OnActionResult<MachineAction>> {
  const access = await defenderAccess(ports, person);
  if (access.kind !== 'token') return access;
  const result = await ports.defender.cancel(access.token, action, reason);
  if (!result.ok) return await notDone(ports, person, problemOfFailure(result.failure, await ports.store.now()));
  for (const { request, collection } of await ports.store.followersOf(action)) {
    await note(ports.store, request.id, collection, result.value);
  }
  return { kind: 'ok', value: result.value };
}

/** A short-lived link to the package, got with the clicker's own token: Defender decides whether they may have it. */
export async function downloadLink(
  ports: OnActionPorts,
  request: Request,
  collectionId: CollectionId,
  clicker: Person,
): Promise<OnActionResult<{ readonly link: PackageLink; readonly collection: Finished }>> {
  const collection = collectionsOf(request).find(({ id }) => id === collectionId);
  if (collection?.state !== 'succeeded') return { kind: 'notNow' };
  const access = await defenderAccess(ports, clicker);
  if (access.kind !== 'token') return access;
  const result = await ports.defender.packageLink(access.token, collection.action.id);
  if (!result.ok) return await notDone(ports, clicker, problemOfFailure(result.failure, await ports.store.now()));
  return { kind: 'ok', value: { link: result.value, collection } };
}

type Open = Running | Unwatched;
type ActionResult = Awaited<ReturnType<Defender['action']>>;

async function withEachOpen<Done extends string>(
  ports: OnActionPorts,
  request: Request,
  clicker: Person,
  done: Done,
  call: (token: DefenderToken, collection: Open) => Promise<ActionResult>,
): Promise<OnActionResult<Done>> {
  const open = collectionsOf(request).filter(isFollowing);
  if (open.length === 0) return { kind: 'notNow' };
  const access = await defenderAccess(ports, clicker);
  if (access.kind !== 'token') return access;
  const problems: Problem[] = [];
  for (const collection of open) {
    const result = await call(access.token, collection);
    if (result.ok) await note(ports.store, request.id, collection, result.value);
    else problems.push(problemOfFailure(result.failure, await ports.store.now()));
  }
  const [first] = problems;
  return first === undefined ? { kind: 'ok', value: done } : await notDone(ports, clicker, first);
}

async function notDone(
  ports: OnActionPorts,
  clicker: Person,
  problem: Problem,
): Promise<Extract<OnActionResult<never>, { readonly kind: 'signIn' | 'problem' }>> {
  if (problem.kind !== 'moreProofNeeded') return { kind: 'problem', problem };
  await askForFreshSignIn(ports, clicker, problem);
  return { kind: 'signIn', problem };
}

/** What somebody else's token showed counts only if it bears our ref; id and device are checked by the transition. */
async function note(store: RequestStore, id: RequestId, collection: Open, action: Open['action']): Promise<void> {
  const ref = action.comment === undefined ? undefined : refOf(action.comment);
  if (collection.ownership.kind === 'ours' && action.comment !== undefined && ref !== collection.ref) return;
  await decide(store, id, { type: 'collection', collection: collection.id, event: { type: 'actionSeen', action } });
}

function collectionsOf(request: Request): readonly Collection[] {
  return 'collections' in request ? request.collections : [];
}
