import type { EarlierCollection } from '../../src/domain/earlier.ts';
import { hour, second } from '../../src/domain/instant.ts';
import type { MachineAction } from '../../src/domain/machine-action.ts';
import { collectionRef, deviceId, machineActionId } from './ids.ts';
import { after } from './moment.ts';

/** A pending machine action of our own, on the device of `aDevice()`. */
export function anAction(over: Partial<MachineAction> = {}): MachineAction {
  return {
    id: machineActionId(),
    status: 'Pending',
    requestor: 'dana.reyes@corp.example',
    comment: `[ref ${collectionRef()}] suspicious logon, alert 1234`,
    machineId: deviceId(),
    createdAt: after(65 * second),
    ...over,
  };
}

/** A package that somebody else collected three hours before `start`. */
export function anEarlier(over: Partial<EarlierCollection> = {}): EarlierCollection {
  return {
    id: machineActionId(7),
    status: 'Succeeded',
    requestor: 'omar.haddad@corp.example',
    createdAt: after(-3 * hour),
    updatedAt: after(-2.9 * hour),
    ...over,
  };
}
