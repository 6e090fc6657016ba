import type { DeviceQuery } from '../domain/device.ts';
import type { RequestId } from '../domain/ids.ts';
import type { Language } from '../domain/language.ts';
import type { Person } from '../domain/person.ts';
import type { Collection, Done, Request } from '../domain/request.ts';
import { failedOf } from '../domain/retry.ts';
import type { RequestStore } from '../ports.ts';
import { propose } from './propose.ts';

/** What trying again needs. */
export interface TryAgainPorts {
  readonly store: RequestStore;
  readonly proposalTtlMs: number;
}

/**
 * Proposes the same devices and reason again; the clicker becomes the requester. Of several devices not those whose
 * package is there.
 * @param language the clicker's
 * @returns the new request's id, or undefined when this person has already tried this request again
 */
export async function tryAgain(
  ports: TryAgainPorts,
  request: Request,
  clicker: Person,
  language: Language,
): Promise<RequestId | undefined> {
  return await proposeAgain(ports, request, { requester: clicker, language }, 'tryAgain', devicesOf(request));
}

/** The same with those devices only whose collection failed. */
export async function retryFailed(
  ports: TryAgainPorts,
  request: Done,
  clicker: Person,
  language: Language,
): Promise<RequestId | undefined> {
  const devices = failedOf(request.collections).map(byId);
  return await proposeAgain(ports, request, { requester: clicker, language }, 'retryFailed', devices);
}

function proposeAgain(
  ports: TryAgainPorts,
  { id, place, reason }: Request,
  who: { readonly requester: Person; readonly language: Language },
  how: 'tryAgain' | 'retryFailed',
  devices: readonly DeviceQuery[],
): Promise<RequestId | undefined> {
  const source = { conversation: place.conversation, activity: `${how}:${id}:${who.requester.oid}` };
  return propose(ports, source, { ...who, place, reason, devices });
}

function devicesOf(request: Request): readonly DeviceQuery[] {
  if ('devices' in request) return request.devices.map(({ query }) => query);
  const { collections } = request;
  const without = collections.filter(({ state }) => state !== 'succeeded');
  return (without.length === 0 ? collections : without).map(byId);
}

function byId({ device }: Collection): DeviceQuery {
  return { by: 'id', id: device.id };
}
