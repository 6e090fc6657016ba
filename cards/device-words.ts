import { type Device, isListedSystem } from '../src/domain/device.ts';
import type { DeviceId } from '../src/domain/ids.ts';
import type { ProposedDevice } from '../src/domain/request.ts';
import type { Catalogue } from './language/catalogue.ts';
import { type Words, words } from './words.ts';

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
export function deviceLine({ devices }: Catalogue, { os, health }: Pick<Device, 'os' | 'health'>): Words {
  return words`${os === '' ? devices.unknownSystem : os}, ${devices.health[health]}`;
}

/** What everybody may be warned of before a collection: a line each. Nothing of it ever blocks. */
export function deviceWarnings({ devices }: Catalogue, device: Device): readonly Words[] {
  return [
    ...(isListedSystem(device) ? [] : [devices.unlistedSystem]),
    ...(isSlow(device) ? [devices.slowToAnswer] : []),
  ];
}

/** The same in a few words each. */
export function deviceMarks({ devices }: Catalogue, device: Device): readonly Words[] {
  return [...(isListedSystem(device) ? [] : [devices.mayRefuse]), ...(isSlow(device) ? [devices.mayNotAnswer] : [])];
}

/** A collection from it can stay pending for long. */
function isSlow({ health }: Device): boolean {
  switch (health) {
    case 'Active':
    case 'Unknown':
      return false;
    case 'Inactive':
    case 'ImpairedCommunication':
    case 'NoSensorData':
    case 'NoSensorDataImpairedCommunication':
      return true;
  }
}

/** Several devices in a title, one by its name. */
export function devicesTitle({ devices }: Catalogue, names: readonly string[]): Words {
  const [first] = names;
  return names.length === 1 && first !== undefined ? words`${first}` : devices.several(names.length);
}

/** The same in a sentence, after what is of them. */
export function ofDevices({ devices }: Catalogue, names: readonly string[]): Words {
  const [first] = names;
  return names.length === 1 && first !== undefined ? words`${first}` : devices.ofSeveral(names.length);
}

/** The device's page in the portal (defender-api, Machine). */
export function devicePage(device: Device, portal: string): string {
  return `${portal}/machines/v2/${device.id}`;
}
