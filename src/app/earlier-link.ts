import type { Device } from '../domain/device.ts';
import type { MachineActionId } from '../domain/ids.ts';
import type { Person } from '../domain/person.ts';
import type { Request } from '../domain/request.ts';
import type { PackageLink } from '../domain/secret.ts';
import { fetchLink, type OnActionPorts, type OnActionResult } from './on-action.ts';

/**
 * A short-lived link to a package that a device had before the request, got with the clicker's own token.
 * @param action has to be one that the proposal shows
 */
export async function earlierLink(
  ports: OnActionPorts,
  request: Request,
  action: MachineActionId,
  clicker: Person,
): Promise<OnActionResult<{ readonly link: PackageLink; readonly device: Device }>> {
  const device = deviceWith(request, action);
  if (device === undefined) return { kind: 'notNow' };
  return await fetchLink(ports, request, { device, action }, clicker);
}

function deviceWith(request: Request, action: MachineActionId): Device | undefined {
  if (request.state !== 'proposed') return undefined;
  for (const { sighting } of request.devices) {
    if (sighting.step !== 'found') continue;
    if (sighting.earlier?.some(({ id, status }) => id === action && status === 'Succeeded')) return sighting.device;
  }
  return undefined;
}
