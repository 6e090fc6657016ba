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

/** What of a device only the person may see as whom Defender was asked, besides `lastSeen`. Each is absent when null. */
export interface DeviceDetails {
  /** `osBuild`, for instance 22631. */
  readonly build?: number;
  /** `riskScore`: None, Informational, Low, Medium, High. Untrusted text, like all below. */
  readonly risk?: string;
  /** `exposureLevel`: None, Low, Medium, High. */
  readonly exposure?: string;
  /** `deviceValue`: Normal, Low, High. */
  readonly value?: string;
  /** `machineTags`; absent when there are none. */
  readonly tags?: readonly string[];
  /** `rbacGroupName` */
  readonly group?: string;
  readonly firstSeen?: Instant;
}

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
  /** Kept only until the request is confirmed, or ends without it. */
  readonly details?: DeviceDetails;
}

/** The device without what only its asker may see. */
export function withoutDetails({ details: _, ...device }: Device): Device {
  return device;
}

/** The first build of Windows 10 version 1703, and the versions before it. */
const firstBuild = 15_063;
const olderVersions = /\b(?:1507|1511|1607)\b/;

/** Whether the product's page names this system for investigation packages: Windows 10 version 1703 or later, Windows 11. */
export function isListedSystem({ os, details }: Device): boolean {
  const platform = os.split(' ')[0];
  if (platform !== 'Windows10' && platform !== 'Windows11') return false;
  return details?.build === undefined ? !olderVersions.test(os) : details.build >= firstBuild;
}

/** The tag by which Defender marks devices whose actions the API may refuse. */
const restrictedTag = 'restricted security operations';

/** Whether the device bears the tag `Restricted security operations`. */
export function isRestricted({ details }: Device): boolean {
  return details?.tags?.some((tag) => tag.trim().toLowerCase() === restrictedTag) ?? false;
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
