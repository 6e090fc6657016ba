import type { Request } from '../src/domain/request.ts';
import { deviceName, nameOf } from './device-words.ts';

/** The names of a request's devices, in the order in which they were typed. Untrusted text. */
export function deviceNames(request: Request): readonly string[] {
  switch (request.state) {
    case 'proposed':
    case 'awaitingApproval':
    case 'cancelled':
    case 'denied':
    case 'expired':
      return request.devices.map(nameOf);
    case 'confirmed':
    case 'done':
      return request.collections.map(({ device }) => deviceName(device));
  }
}
