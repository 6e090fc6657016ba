import type { Device, DeviceQuery } from '../../src/domain/device.ts';
import { deviceId } from './ids.ts';
import { start } from './moment.ts';

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

/** The query that named `device` by its id. */
export function byId(device: Device = aDevice()): DeviceQuery {
  return { by: 'id', id: device.id };
}
