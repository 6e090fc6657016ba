import { words } from '../../words.ts';
import { examples } from './examples.ts';

/** What a `/collect` lacks, and what to do now. */
export const collectFault = {
  deviceMissing: words`Which device, and why? For example: ${examples.collect}`,
  reasonMissing: words`The reason is missing: it goes into Defender’s comment. For example: ${examples.collect}`,
  notADevice: (typed: string) =>
    words`“${typed}” is neither a device ID nor a computer name; put a name with blanks in quotes. For example: ${examples.collect}`,
  tooManyDevices: (count: number, most: number) =>
    words`${count} devices are too many for one request. Send up to ${most} at a time.`,
  reasonTooLong: (length: string, longest: string) =>
    words`The reason has ${length} of at most ${longest} characters. Shorten it and send it again.`,
};
