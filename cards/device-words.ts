import { type Device, type DeviceHealth, isListedSystem } from '../src/domain/device.ts';
import type { DeviceId } from '../src/domain/ids.ts';
import type { ProposedDevice } from '../src/domain/request.ts';
import { type Words, words } from './words.ts';

const healthWords = {
  Active: 'sensor active',
  Inactive: 'sensor inactive',
  ImpairedCommunication: 'sensor cut off in part',
  NoSensorData: 'no sensor data',
  NoSensorDataImpairedCommunication: 'no sensor data, cut off in part',
  Unknown: 'sensor state unknown',
} as const satisfies Record<DeviceHealth, string>;

/** The name that a proposed device goes by: Defender's as soon as it is known. Untrusted text. */
export function nameOf({ query, sighting }: ProposedDevice): string {
  if (sighting.step === 'found') return deviceName(sighting.device);
  return query.by === 'id' ? shortId(query.id) : query.name;
}

/** A device's name. Untrusted text. */
export function deviceName({ id, name }: Device): string {
  return name === '' || name === id ? shortId(id) : name;
}

/** An id that stands for a name, as far as people compare it; the whole id stands under it on the card. */
function shortId(id: DeviceId): string {
  return `${id.slice(0, 8)}…`;
}

/** What everybody may see of a device besides its name (architecture, 'Who sees what'). */
export function deviceLine(device: Device): Words {
  return words`${device.os === '' ? 'operating system unknown' : device.os}, ${healthWords[device.health]}`;
}

/** What everybody may be warned of before a collection: a line each. Nothing of it ever blocks. */
export function deviceWarnings(device: Device): readonly Words[] {
  const health = healthWarning(device);
  return [
    ...(isListedSystem(device)
      ? []
      : [
          words`For this system Defender may refuse: its documentation names Windows 10 version 1703 or later, and Windows 11.`,
        ]),
    ...(health === undefined ? [] : [health]),
  ];
}

/** The same in a few words each. */
export function deviceMarks(device: Device): readonly Words[] {
  return [
    ...(isListedSystem(device) ? [] : [words`Defender may refuse`]),
    ...(healthWarning(device) === undefined ? [] : [words`may not answer soon`]),
  ];
}

function healthWarning({ health }: Device): Words | undefined {
  switch (health) {
    case 'Active':
    case 'Unknown':
      return undefined;
    case 'Inactive':
    case 'ImpairedCommunication':
    case 'NoSensorData':
    case 'NoSensorDataImpairedCommunication':
      return words`This device may not answer soon: a collection can stay pending for hours or days.`;
  }
}

/** Several devices in a title, one by its name. */
export function devicesTitle(names: readonly string[]): Words {
  const [first] = names;
  return names.length === 1 && first !== undefined ? words`${first}` : words`${names.length} devices`;
}

/** The device's page in the portal (defender-api, Machine). */
export function devicePage(device: Device, portal: string): string {
  return `${portal}/machines/v2/${device.id}`;
}
