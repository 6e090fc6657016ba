import type { Device, DeviceDetails, DeviceQuery } from '../../src/domain/device.ts';
import { day } from '../../src/domain/instant.ts';
import type { Offer } from '../../src/domain/request.ts';
import { deviceId } from './ids.ts';
import { after, start } from './moment.ts';

/** A healthy Windows 11 laptop. */
export function aDevice(over: Partial<Device> = {}): Device {
  return {
    id: deviceId(),
    name: 'lap-0042.corp.example',
    os: 'Windows11 23H2',
    health: 'Active',
    lastSeen: start,
    ...over,
  };
}

/** All that Defender may say of a device to those who may see it. */
export const fullDetails: DeviceDetails = {
  build: 22_631,
  risk: 'Medium',
  exposure: 'High',
  value: 'High',
  tags: ['finance', 'kiosk'],
  group: 'Workstations',
  firstSeen: after(-400 * day),
};

/** Two devices of one name, the older record last. */
export function anOffer(over: Partial<Offer> = {}): Offer {
  const old = aDevice({ id: deviceId(2), os: 'Windows10 1607', health: 'NoSensorData', lastSeen: after(-90 * day) });
  return { match: 'sameName', devices: [aDevice({ details: fullDetails }), old], hasMore: false, ...over };
}

/** The query that named `device` by its id. */
export function byId(device: Device = aDevice()): DeviceQuery {
  return { by: 'id', id: device.id };
}
