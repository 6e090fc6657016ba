import { type Words, words } from '../../words.ts';
import { buttons } from './buttons.ts';
import { examples } from './examples.ts';

/** The form that stands for a typed `/collect`, in the chat and in a dialog. */
export const collectForm = {
  title: 'Collect an investigation package',
  summary: words`Collect an investigation package: which device, and why?`,
  askedElsewhere: (where: Words) => words`You asked ${where}.`,
  nothingSent: words`Nothing is sent to Defender before you have seen the devices and pressed ${buttons.collect}.`,
  device: 'Device',
  devicesFault: (most: number) =>
    `A device ID or a computer name, up to ${most} parted by commas. Put a name with blanks in quotes.`,
  devicesExample: 'for instance: lap-0042, srv-files-01',
  reason: 'Reason',
  reasonFault: (most: number) => `Say why, in 1 to ${most.toLocaleString('en')} characters.`,
  reasonExample: 'for instance: suspicious logon, alert 1234',
  belowIsItsBeginning: words`Below is its beginning.`,
  asked: (count: number) =>
    count === 1
      ? words`The card with the device comes into this conversation. Nothing is sent to Defender before you press ${buttons.collect} on it. ${examples.status} shows all your requests.`
      : words`The card with the ${count} devices comes into this conversation. Nothing is sent to Defender before you press ${buttons.collect} on it. ${examples.status} shows all your requests.`,
  left: words`You left the form; nothing was asked for.`,

  /** The title of the dialog that a message action opens. */
  dialogTitle: 'Collect package',
  fromTheMessage: (excerpt: string) => words`From the message: “${excerpt}”`,
};
