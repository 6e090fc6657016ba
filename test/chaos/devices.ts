/** The devices of a chaos run: as many as there are requests, so that a message tells whose it is. */
import { createHash } from 'node:crypto';
import { type Device, fineDevice } from '../sandbox/devices.ts';
import type { Ask } from './schedule.ts';

/** Devices by their place in the list. */
export class ChaosDevices {
  readonly all: readonly Device[];

  /** @param count of places; every fifth device takes a while, so that its collection can be stopped */
  constructor(count: number) {
    this.all = Array.from({ length: count }, (_, place) => ({
      ...fineDevice,
      id: createHash('sha1').update(`chaos ${place}`).digest('hex'),
      computerDnsName: `ws-chaos-${String(place).padStart(4, '0')}.contoso.example`,
      progress: { pendingMs: 400, inProgressMs: place % 5 === 0 ? 6_000 : 1_200, end: 'Succeeded' },
    }));
  }

  /** @throws RangeError when there is none */
  at(place: number): Device {
    const device = this.all[place];
    if (device === undefined) throw new RangeError(`there is no device ${place}`);
    return device;
  }
}

/** The reason of a request, which no other request has. */
export function reasonOf({ number }: Pick<Ask, 'number'>): string {
  return `chaos alert ${String(number).padStart(4, '0')}`;
}
