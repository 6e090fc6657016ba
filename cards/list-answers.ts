/** One-line answers to `/status`, `/history` and `/cancel` where there is nothing to show or to stop. */
import { messageText } from './chat-message.ts';
import { clipped } from './clipped.ts';
import type { Catalogue } from './language/catalogue.ts';
import type { ListAction } from './private-action.ts';

/** What was typed after the command can be neither a device nor an action. */
export function aboutFaultAnswer({ lists }: Catalogue, typed: string): string {
  return messageText(lists.aboutNothing(clipped(typed, 40)));
}

/** No device of this id or name that the asker may see: Defender does not tell the two apart. */
export function unknownDeviceAnswer({ lists }: Catalogue, { about }: Pick<ListAction, 'about'>): string {
  return messageText(lists.unknownDevice(clipped(about, 60)));
}

/** No action of this id that the asker may see. */
export function unknownActionAnswer({ lists }: Catalogue): string {
  return messageText(lists.unknownAction);
}

/** Nobody knows how Defender calls the asker. */
export function unknownNameAnswer({ lists }: Catalogue): string {
  return messageText(lists.unknownName);
}

/** Defender was too slow for a click on a private answer. */
export function listTooLateAnswer({ lists }: Catalogue): string {
  return messageText(lists.tooLate);
}

/** The client dropped the sign-in of the button. */
export function otherSignInAnswer({ lists }: Catalogue): string {
  return messageText(lists.otherSignIn);
}
