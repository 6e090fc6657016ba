import type { DeviceId } from './ids.ts';
import type { Instant } from './instant.ts';

/** What Defender says of a device's sensor. Wire words of `healthStatus`; an unknown word reads as `Unknown`. */
export const deviceHealths = [
  'Active',
  'Inactive',
  'ImpairedCommunication',
  'NoSensorData',
  'NoSensorDataImpairedCommunication',
  'Unknown',
] as const;
/** One of `deviceHealths`. */
export type DeviceHealth = (typeof deviceHealths)[number];

/**
 * A device as Defender showed it to one person at one moment (resource `machine`).
 * Only `id`, `name`, `os` and `health` may stand on a card that others see.
 */
export interface Device {
  readonly id: DeviceId;
  /** `computerDnsName`; the id where Defender knows no name. Untrusted text. */
  readonly name: string;
  /** `osPlatform` with `version`, for instance `Windows11 23H2`. Untrusted text. */
  readonly os: string;
  readonly health: DeviceHealth;
  /** The last full report, made about daily: a live device can look a day old. */
  readonly lastSeen?: Instant;
}

/** How a responder named the device: its id, or a name still to be searched. */
export type DeviceQuery =
  | { readonly by: 'id'; readonly id: DeviceId }
  /** A computer name or FQDN, 1 to 255 characters, never trusted in a filter without quoting. */
  | { readonly by: 'name'; readonly name: string };

/** The query as the responder would recognise it. */
export function queryText(query: DeviceQuery): string {
  return query.by === 'id' ? query.id : query.name;
}
