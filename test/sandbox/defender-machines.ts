import { wireDate } from './defender-actions.ts';
import { type Condition, type FieldType, meets } from './defender-odata.ts';
import type { Device } from './devices.ts';
import type { JsonObject } from './json.ts';

/** The fields that `$filter` of machines may name ('List machines API', Microsoft's page). */
export const machineFields: Readonly<Record<string, FieldType>> = {
  id: 'text',
  computerDnsName: 'text',
  healthStatus: 'text',
  osPlatform: 'text',
  riskScore: 'text',
  rbacGroupId: 'text',
  version: 'text',
  lastIpAddress: 'text',
  lastSeen: 'date',
};

/** A device as it goes over the wire (defender-api.md, 'Machine'). `now` in milliseconds since 1970. */
export function wireMachine(device: Device, now: number): JsonObject {
  const { lastSeenAgoMs, progress, runningFor, ...members } = device;
  const groups: Readonly<Record<string, number>> = { Workstations: 11, Servers: 12, Executives: 13 };
  return {
    ...members,
    onboardingStatus: 'Onboarded',
    rbacGroupId: groups[device.rbacGroupName] ?? 0,
    lastIpAddress: '10.20.30.40',
    lastExternalIpAddress: '203.0.113.7',
    isAadJoined: device.osPlatform.startsWith('Windows1'),
    aadDeviceId: null,
    firstSeen: wireDate(now - 400 * 86_400_000),
    lastSeen: wireDate(now - lastSeenAgoMs),
  };
}

/** True if the device meets the filter. */
export function machineMeets(device: Device, conditions: readonly Condition[], now: number): boolean {
  const wire = wireMachine(device, now);
  return meets(conditions, (field) => {
    const value = wire[field];
    if (field === 'lastSeen') return now - device.lastSeenAgoMs;
    return typeof value === 'string' ? value : null;
  });
}

/** The device with this id, or with this computer name ('Get machine by ID API' takes either); ids in any case. */
export function findDevice(devices: readonly Device[], idOrName: string): Device | undefined {
  const wanted = idOrName.toLowerCase();
  return devices.find((device) => device.id === wanted) ?? devices.find((device) => device.computerDnsName === wanted);
}
