import type { DeviceId, MachineActionId } from './ids.ts';
import type { Instant } from './instant.ts';

/** Defender's words for where a machine action stands. */
export const actionStatuses = ['Pending', 'InProgress', 'Succeeded', 'Failed', 'TimeOut', 'Cancelled'] as const;
/** One of `actionStatuses`. */
export type ActionStatus = (typeof actionStatuses)[number];
/** The words after which nothing changes any more. */
export type FinalStatus = 'Succeeded' | 'Failed' | 'TimeOut' | 'Cancelled';

/** A `CollectInvestigationPackage` machine action as Defender showed it (resource `machineAction`). */
export interface MachineAction {
  readonly id: MachineActionId;
  /** An unknown word reads as `InProgress`: it is not final, so the following goes on. */
  readonly status: ActionStatus;
  /** Who asked, as Defender writes it: usually the UPN, but it may be an alias. Absent when null. */
  readonly requestor?: string;
  /** `requestorComment`; absent when null. Untrusted text. */
  readonly comment?: string;
  /** Absent when null, as it may be. */
  readonly machineId?: DeviceId;
  /** `computerDnsName`; absent when null. Untrusted text. */
  readonly deviceName?: string;
  readonly createdAt: Instant;
  /** When Defender last touched it; absent when null. */
  readonly updatedAt?: Instant;
}

/** Whether Defender has finished with an action of this status. */
export function isFinalStatus(status: ActionStatus): status is FinalStatus {
  return status !== 'Pending' && status !== 'InProgress';
}

/** Whether an action is about this device. One that does not say is taken at the word of its id or of the list it stood in. */
export function isAbout({ machineId }: MachineAction, device: DeviceId): boolean {
  return machineId === undefined || machineId === device;
}
