import { omar, type Person } from './people.ts';

/** How a collection on a device goes: milliseconds in each state, then the end. */
export interface Progress {
  readonly pendingMs: number;
  readonly inProgressMs: number;
  readonly end: 'Succeeded' | 'Failed' | 'TimeOut';
}

/** A device record in Defender. Names of members are those of the wire (defender-api.md, 'Machine'). */
export interface Device {
  readonly id: string;
  readonly computerDnsName: string;
  readonly osPlatform: string;
  readonly version: string | null;
  readonly osBuild: number | null;
  readonly healthStatus:
    | 'Active'
    | 'Inactive'
    | 'ImpairedCommunication'
    | 'NoSensorData'
    | 'NoSensorDataImpairedCommunication'
    | 'Unknown';
  readonly riskScore: string | null;
  readonly exposureLevel: string | null;
  readonly deviceValue: 'Normal' | 'Low' | 'High';
  readonly rbacGroupName: string;
  readonly machineTags: readonly string[];
  /** How long ago the last full report came, in milliseconds. */
  readonly lastSeenAgoMs: number;
  /** Undefined: as the sandbox' default. */
  readonly progress?: Progress;
  /** Somebody has a collection running there from the start. */
  readonly runningFor?: Person;
}

const hour = 3_600_000;
const never = Number.POSITIVE_INFINITY;

const workstation = {
  osPlatform: 'Windows11',
  version: '23H2',
  osBuild: 22631,
  healthStatus: 'Active',
  riskScore: 'Low',
  exposureLevel: 'Medium',
  deviceValue: 'Normal',
  rbacGroupName: 'Workstations',
  machineTags: [],
  lastSeenAgoMs: 3 * hour,
} as const satisfies Partial<Device>;

/** Mia's own workstation: nothing is wrong with it. */
export const fineDevice: Device = {
  ...workstation,
  id: '1f0c5a2e9b7d4c6f8a3e1b5d7c9f0a2b4d6e8f01',
  computerDnsName: 'ws-mia-042.contoso.example',
  riskScore: 'Medium',
};

/** Omar has a collection running there that does not end by itself. */
export const busyDevice: Device = {
  ...workstation,
  id: '2a7d9c1b3e5f4a6d8c0b2e4f6a8d1c3b5e7f9a02',
  computerDnsName: 'ws-omar-017.contoso.example',
  progress: { pendingMs: 0, inProgressMs: never, end: 'Succeeded' },
  runningFor: omar,
};

/** In a device group that Mia may not see, Omar may. */
export const hiddenDevice: Device = {
  ...workstation,
  id: '3b8e0d2c4f6a5b7e9d1c3f5a7b9e2d4c6f8a0b03',
  computerDnsName: 'ws-ceo-001.contoso.example',
  rbacGroupName: 'Executives',
  deviceValue: 'High',
  machineTags: ['vip'],
};

export const serverDevice: Device = {
  ...workstation,
  id: '4c9f1e3d5a7b6c8f0e2d4a6b8c0f3e5d7a9b1c04',
  computerDnsName: 'srv-files-01.contoso.example',
  osPlatform: 'WindowsServer2022',
  version: '21H2',
  osBuild: 20348,
  rbacGroupName: 'Servers',
  deviceValue: 'High',
};

/** Not seen for three weeks: a collection there stays Pending. */
export const inactiveDevice: Device = {
  ...workstation,
  id: '5d0a2f4e6b8c7d9a1f3e5b7c9d1a4f6e8b0c2d05',
  computerDnsName: 'ws-lost-099.contoso.example',
  healthStatus: 'Inactive',
  lastSeenAgoMs: 21 * 24 * hour,
  progress: { pendingMs: never, inProgressMs: 0, end: 'Succeeded' },
};

/** The living one of two records with the same name. */
export const twinDevice: Device = {
  ...workstation,
  id: '6e1b3a5f7c9d8e0b2a4f6c8d0e2b5a7f9c1d3e06',
  computerDnsName: 'ws-twin-007.contoso.example',
};

/** The record that was left behind when the twin was set up anew. */
export const oldTwinDevice: Device = {
  ...workstation,
  id: '7f2c4b6a8d0e9f1c3b5a7d9e1f3c6b8a0d2e4f07',
  computerDnsName: 'ws-twin-007.contoso.example',
  osPlatform: 'Windows10',
  version: '1607',
  osBuild: 14393,
  healthStatus: 'NoSensorData',
  lastSeenAgoMs: 90 * 24 * hour,
};

export const linuxDevice: Device = {
  ...workstation,
  id: '8a3d5c7b9e1f0a2d4c6b8e0f2a4d7c9b1e3f5a08',
  computerDnsName: 'lx-build-03.contoso.example',
  osPlatform: 'Linux',
  version: null,
  osBuild: null,
  rbacGroupName: 'Servers',
};

/** Collections end as Failed there. */
export const failingDevice: Device = {
  ...workstation,
  id: '9b4e6d8c0f2a1b3e5d7c9f1a3b5e8d0c2f4a6b09',
  computerDnsName: 'ws-lab-013.contoso.example',
  progress: { pendingMs: 100, inProgressMs: 100, end: 'Failed' },
};

/** Collections end as TimeOut there. */
export const slowDevice: Device = {
  ...workstation,
  id: '0c5f7e9d1a3b2c4f6e8d0a2b4c6f9e1d3a5b7c10',
  computerDnsName: 'ws-branch-021.contoso.example',
  progress: { pendingMs: 100, inProgressMs: 100, end: 'TimeOut' },
};

/** Every device of the tenant. */
export const devices: readonly Device[] = [
  fineDevice,
  busyDevice,
  hiddenDevice,
  serverDevice,
  inactiveDevice,
  twinDevice,
  oldTwinDevice,
  linuxDevice,
  failingDevice,
  slowDevice,
];
