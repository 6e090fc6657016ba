/** `/status` and `/history`: what Defender shows the asker, with their own token, and what we know of it. */
import type { Device, DeviceQuery } from '../domain/device.ts';
import { day, later } from '../domain/instant.ts';
import {
  type About,
  type LastKnown,
  type ListPage,
  newestFirst,
  pageOf,
  presentOf,
  type Subject,
} from '../domain/listing.ts';
import type { MachineAction } from '../domain/machine-action.ts';
import type { Person } from '../domain/person.ts';
import { type Collection, mayBringNews } from '../domain/request.ts';
import type { DefenderToken } from '../domain/secret.ts';
import type { Placed } from '../ports.ts';
import { type Access, defenderAccess } from './access.ts';
import { isNotFound } from './cancel.ts';
import { findNamed } from './named-device.ts';
import { noteAction } from './note-action.ts';
import { type OnActionPorts, type OnActionResult, refusal } from './on-action.ts';
import { requestorNameOf } from './requestor-name.ts';

/** Defender keeps machine actions for 180 days. */
export const longestHistory = 180 * day;

/** A list, or why there is none; for the eyes of the asker alone. */
export type ListResult =
  | Exclude<OnActionResult<never>, { readonly kind: 'ok' | 'notNow' }>
  | { readonly kind: 'page'; readonly page: ListPage }
  /** Several devices carry the name, or none does and these are called something like it. */
  | { readonly kind: 'choice'; readonly match: 'sameName' | 'nearName'; readonly devices: readonly Device[] }
  /** There is no such device, or action, that the asker may see. */
  | { readonly kind: 'unknownDevice' | 'unknownAction' }
  /** Nobody knows how Defender calls the asker, so their own cannot be told from others'. */
  | { readonly kind: 'unknownName' };

/** Whether all there was is asked for, or how it stands now. */
export type Extent = 'status' | 'history';

/** The collections on a device, or one by its id. */
export async function listAbout(
  ports: OnActionPorts,
  person: Person,
  about: Exclude<About, { readonly by: 'own' }>,
  extent: Extent,
  page: number,
): Promise<ListResult> {
  const access = await defenderAccess(ports, person);
  if (access.kind !== 'token') return access;
  if (about.by === 'device') return await listOnDevice(ports, person, access.token, about.query, extent, page);
  const read = await ports.defender.action(access.token, about.id);
  if (read.ok) return await listed(ports, { kind: 'action' }, [read.value], page);
  return isNotFound(read.failure) ? { kind: 'unknownAction' } : await refusal(ports, person, read.failure);
}

/** The asker's own of the last months, by the string that Defender calls them; also those that they started elsewhere. */
export async function listOwnHistory(ports: OnActionPorts, person: Person, page: number): Promise<ListResult> {
  const access = await defenderAccess(ports, person);
  if (access.kind !== 'token') return access;
  const called = await requestorNameOf(ports, person);
  if (called === undefined) return { kind: 'unknownName' };
  const since = later(await ports.store.now(), -longestHistory);
  const read = await ports.defender.actionsOfRequestor(access.token, called.name, since);
  if (!read.ok) return await refusal(ports, person, read.failure);
  const subject = { kind: 'own', ...(called.isGuess ? { guessedName: called.name } : {}) } as const;
  return await listed(ports, subject, newestFirst(read.value), page);
}

/** The device is read first: the list of one that the asker may not see would be empty, as if there had been nothing. */
async function listOnDevice(
  ports: OnActionPorts,
  person: Person,
  token: DefenderToken,
  query: DeviceQuery,
  extent: Extent,
  page: number,
): Promise<ListResult> {
  const found = await findDevice(ports, person, token, query);
  if (found.kind !== 'device') return found;
  const { device } = found;
  const read = await ports.defender.actionsOnDevice(token, device.id, undefined);
  if (!read.ok) return await refusal(ports, person, read.failure);
  const actions = extent === 'history' ? newestFirst(read.value) : presentOf(read.value);
  return await listed(ports, { kind: 'device', device }, actions, page);
}

const unknownDevice = { kind: 'unknownDevice' } as const;

async function findDevice(
  ports: OnActionPorts,
  person: Person,
  token: DefenderToken,
  query: DeviceQuery,
): Promise<{ readonly kind: 'device'; readonly device: Device } | Exclude<ListResult, { readonly kind: 'page' }>> {
  if (query.by === 'id') {
    const read = await ports.defender.device(token, query.id);
    if (read.ok) return { kind: 'device', device: read.value };
    return isNotFound(read.failure) ? unknownDevice : await refusal(ports, person, read.failure);
  }
  const named = await findNamed(ports.defender, token, query.name);
  switch (named.kind) {
    case 'device':
      return named;
    case 'offer':
      return { kind: 'choice', match: named.offer.match, devices: named.offer.devices };
    case 'none':
      return unknownDevice;
    case 'failed':
      return await refusal(ports, person, named.failure);
  }
}

async function listed(
  ports: OnActionPorts,
  subject: Subject,
  actions: readonly MachineAction[],
  wanted: number,
): Promise<ListResult> {
  const { rows, page, pages } = pageOf(actions, wanted);
  const placed = await followersNoted(ports, rows);
  const listedRows = rows.map((action) => ({
    kind: 'action' as const,
    action,
    followers: placed.filter(({ collection }) => 'action' in collection && collection.action.id === action.id),
  }));
  return { kind: 'page', page: { subject, rows: listedRows, page, pages } };
}

/** Why Defender could not be asked, for a list that shows what was known last. */
export function lastKnownOf(no: Exclude<Access, { readonly kind: 'token' }>): LastKnown {
  if (no.kind === 'problem') return { why: 'problem', problem: no.problem };
  return { why: 'signIn', ...(no.problem === undefined ? {} : { problem: no.problem }) };
}

/** What we know of these actions, after those who follow them have learnt how they stand. */
export async function followersNoted(
  { store }: Pick<OnActionPorts, 'store'>,
  actions: readonly MachineAction[],
): Promise<readonly Placed<Collection>[]> {
  const ids = actions.map(({ id }) => id);
  const placed = await store.aboutActions(ids);
  const byId = new Map(actions.map((action) => [action.id, action]));
  let isNews = false;
  for (const { request, collection } of placed) {
    if (!mayBringNews(collection)) continue;
    const action = byId.get(collection.action.id);
    if (action === undefined || action.status === collection.action.status) continue;
    await noteAction(store, request.id, collection, action);
    isNews = true;
  }
  return isNews ? await store.aboutActions(ids) : placed;
}
