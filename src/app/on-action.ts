/** What a person may do with an action that Defender already has: read it, fetch its package. `cancel.ts` stops it. */
import type { DefenderFailure } from '../domain/defender-failure.ts';
import type { Device } from '../domain/device.ts';
import type { CollectionId, MachineActionId } from '../domain/ids.ts';
import type { Person } from '../domain/person.ts';
import type { Problem } from '../domain/problem.ts';
import { problemOfFailure } from '../domain/problem-of-failure.ts';
import { collectionsOf, mayBringNews, type Request } from '../domain/request.ts';
import type { PackageLink } from '../domain/secret.ts';
import type { AuditLog, Defender, RequestStore } from '../ports.ts';
import { type AccessPorts, askForFreshSignIn, defenderAccess } from './access.ts';
import { noteAction } from './note-action.ts';

/** What these use cases need. */
export interface OnActionPorts extends AccessPorts {
  readonly store: RequestStore;
  readonly defender: Defender;
  readonly audit: AuditLog;
}

/** How such a wish ended. A refusal concerns the one who clicked, and is for their eyes alone. */
export type OnActionResult<Value> =
  | { readonly kind: 'ok'; readonly value: Value }
  | { readonly kind: 'signIn'; readonly problem?: Problem }
  | { readonly kind: 'problem'; readonly problem: Problem }
  /** The request has no such action, or not in a state that allows it. */
  | { readonly kind: 'notNow' };

/**
 * Reads every action of the request that may bring news once, with the clicker's own token; also one that was given up.
 * Changes neither requester nor watcher.
 */
export async function refresh(
  ports: OnActionPorts,
  request: Request,
  clicker: Person,
): Promise<OnActionResult<'refreshed'>> {
  const open = collectionsOf(request).filter(mayBringNews);
  if (open.length === 0) return { kind: 'notNow' };
  const access = await defenderAccess(ports, clicker);
  if (access.kind !== 'token') return access;
  const failures: DefenderFailure[] = [];
  for (const collection of open) {
    const result = await ports.defender.action(access.token, collection.action.id);
    if (result.ok) await noteAction(ports.store, request.id, collection, result.value);
    else failures.push(result.failure);
  }
  const [first] = failures;
  return first === undefined ? { kind: 'ok', value: 'refreshed' } : await refusal(ports, clicker, first);
}

/** A short-lived link to the package, got with the clicker's own token: Defender decides whether they may have it. */
export async function downloadLink(
  ports: OnActionPorts,
  request: Request,
  collectionId: CollectionId,
  clicker: Person,
): Promise<OnActionResult<{ readonly link: PackageLink; readonly device: Device }>> {
  const collection = collectionsOf(request).find(({ id }) => id === collectionId);
  if (collection?.state !== 'succeeded') return { kind: 'notNow' };
  const { device, action } = collection;
  return await fetchLink(ports, request, { device, action: action.id, collection: collectionId }, clicker);
}

/** A package, and the collection of the request that it came from; absent for one that the device had before. */
interface Package {
  readonly device: Device;
  readonly action: MachineActionId;
  readonly collection?: CollectionId;
}

/** The link itself, recorded before anybody has it: what cannot be recorded is not handed out. */
export async function fetchLink(
  ports: OnActionPorts,
  { id, place }: Request,
  { device, ...subject }: Package,
  clicker: Person,
): Promise<OnActionResult<{ readonly link: PackageLink; readonly device: Device }>> {
  const access = await defenderAccess(ports, clicker);
  if (access.kind !== 'token') return access;
  const result = await ports.defender.packageLink(access.token, subject.action);
  if (!result.ok) return await refusal(ports, clicker, result.failure);
  const about = { by: clicker, conversation: place.conversation, request: id, device: device.id, ...subject };
  await ports.audit.record({ ...about, kind: 'linkFetched', details: {} });
  return { kind: 'ok', value: { link: result.value, device } };
}

/** What a failed call means for the person as whom it was made: where Defender wants more proof, a fresh sign-in. */
export async function refusal(
  ports: OnActionPorts,
  person: Person,
  failure: DefenderFailure,
): Promise<Extract<OnActionResult<never>, { readonly kind: 'signIn' | 'problem' }>> {
  const problem = problemOfFailure(failure, await ports.store.now());
  if (problem.kind !== 'moreProofNeeded') return { kind: 'problem', problem };
  await askForFreshSignIn(ports, person, problem);
  return { kind: 'signIn', problem };
}
