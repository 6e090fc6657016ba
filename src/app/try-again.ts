import type { DeviceQuery } from '../domain/device.ts';
import type { RequestId } from '../domain/ids.ts';
import type { Person } from '../domain/person.ts';
import type { Request } from '../domain/request.ts';
import type { RequestStore } from '../ports.ts';
import { propose } from './propose.ts';

/**
 * Proposes the same devices and reason again; the clicker becomes the requester.
 * @returns the new request's id, or undefined when this person has already tried this request again
 */
export function tryAgain(
  ports: { readonly store: RequestStore; readonly proposalTtlMs: number },
  request: Request,
  clicker: Person,
): Promise<RequestId | undefined> {
  const { place, reason } = request;
  const source = { conversation: place.conversation, activity: `tryAgain:${request.id}:${clicker.oid}` };
  return propose(ports, source, { requester: clicker, place, reason, devices: devicesOf(request) });
}

function devicesOf(request: Request): readonly DeviceQuery[] {
  if ('devices' in request) return request.devices.map(({ query }) => query);
  return request.collections.map(({ device }) => ({ by: 'id', id: device.id }));
}
