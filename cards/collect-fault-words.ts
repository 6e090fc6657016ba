import { type CollectFault, mostDevices } from '../src/domain/command.ts';
import { longestReason } from '../src/domain/reason.ts';
import { clipped } from './clipped.ts';
import { collectExample } from './examples.ts';
import { type Words, words } from './words.ts';

/** Typed text is repeated only as far as it is recognisable. */
const recognisable = 41;

/** What a `/collect` lacks, and what to do now. */
export function collectFaultWords(fault: CollectFault): Words {
  switch (fault.why) {
    case 'deviceMissing':
      return words`Which device, and why? For example: ${collectExample}`;
    case 'reasonMissing':
      return words`The reason is missing: it goes into Defender’s comment. For example: ${collectExample}`;
    case 'notADevice':
      return words`“${clipped(fault.typed, recognisable)}” is neither a device ID nor a computer name; put a name with blanks in quotes. For example: ${collectExample}`;
    case 'reasonTooLong':
      return tooLongWords(fault.length);
    case 'tooManyDevices':
      return words`${fault.count} devices are too many for one request. Send up to ${mostDevices} at a time.`;
  }
}

/** A reason that is too long. */
export function tooLongWords(length: number): Words {
  return words`The reason has ${length.toLocaleString('en')} of at most ${longestReason.toLocaleString('en')} characters. Shorten it and send it again.`;
}
