import { type CollectFault, mostDevices } from '../src/domain/command.ts';
import { longestReason } from '../src/domain/reason.ts';
import { clipped } from './clipped.ts';
import type { Catalogue } from './language/catalogue.ts';
import type { Words } from './words.ts';

/** Typed text is repeated only as far as it is recognisable. */
const recognisable = 41;

/** What a `/collect` lacks, and what to do now. */
export function collectFaultWords(say: Catalogue, fault: CollectFault): Words {
  const { collectFault } = say;
  switch (fault.why) {
    case 'deviceMissing':
      return collectFault.deviceMissing;
    case 'reasonMissing':
      return collectFault.reasonMissing;
    case 'notADevice':
      return collectFault.notADevice(clipped(fault.typed, recognisable));
    case 'reasonTooLong':
      return tooLongWords(say, fault.length);
    case 'tooManyDevices':
      return collectFault.tooManyDevices(fault.count, mostDevices);
  }
}

/** A reason that is too long. */
export function tooLongWords({ collectFault, dates }: Catalogue, length: number): Words {
  return collectFault.reasonTooLong(dates.count(length), dates.count(longestReason));
}
