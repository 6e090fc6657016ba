import { words } from '../../words.ts';
import { examples } from './examples.ts';

/** The help card. */
export const help = {
  summary: words`Collector collects Defender investigation packages. For example: ${examples.collect}`,
  about: words`I ask Microsoft Defender for Endpoint to collect an investigation package from a device, in your name and with your own rights, and tell this conversation how it ends. Nothing is sent before you confirm it.`,
  collect: words`Shows you the device, and collects once you confirm.`,
  status: words`Shows how your requests stand; only you see the answer.`,
  history: words`Shows earlier collections that you may see.`,
  cancel: words`Stops a running collection; the ID is Defender’s action ID.`,
  help: words`Shows this.`,
  signout: words`Makes me forget your sign-in to Defender.`,
  how: words`In a channel or group chat, mention me first or type the command after a slash. The device is its Defender device ID, or its name.`,
};
