/** What a person may do with an action that Defender already has: read it, cancel it, fetch its package. */
import type { CollectionId, RequestId } from '../domain/ids.ts';
import { isAbout } from '../domain/machine-action.ts';
import type { Person } from '../domain/person.ts';
import type { Problem } from '../domain/problem.ts';
import { problemOfFailure } from '../domain/problem-of-failure.ts';
import type { Reason } from '../domain/reason.ts';
import type { Collection, Finished, Request, Running, Unwatched } from '../domain/request.ts';
import type { DefenderToken, PackageLink } from '../domain/secret.ts';
import type { Defender, RequestStore } from '../ports.ts';
import { type AccessPorts, defenderAccess } from './access.ts';
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
  if (!result.ok) return { kind: 'problem', problem: problemOfFailure(result.failure, await ports.store.now()) };
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
  const open = collectionsOf(request).filter(isOpen);
  if (open.length === 0) return { kind: 'notNow' };
  const access = await defenderAccess(ports, clicker);
  if (access.kind !== 'token') return access;
  for (const collection of open) {
    const result = await call(access.token, collection);
    if (!result.ok) return { kind: 'problem', problem: problemOfFailure(result.failure, await ports.store.now()) };
    await note(ports.store, request.id, collection, result.value);
  }
  return { kind: 'ok', value: done };
}

/** Another device's action under our id would be Defender's mistake, and must not end our collection. */
async function note(store: RequestStore, id: RequestId, collection: Open, action: Open['action']): Promise<void> {
  if (action.id !== collection.action.id || !isAbout(action, collection.device.id)) return;
  await decide(store, id, { type: 'collection', collection: collection.id, event: { type: 'actionSeen', action } });
}

function isOpen(collection: Collection): collection is Open {
  return collection.state === 'running' || collection.state === 'unwatched';
}

function collectionsOf(request: Request): readonly Collection[] {
  return 'collections' in request ? request.collections : [];
}
