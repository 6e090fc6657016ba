/** One-line answers to `/status`, `/history` and `/cancel` where there is nothing to show or to stop. */

import { answer } from './chat-message.ts';
import { clipped } from './clipped.ts';
import { historyExample, statusExample } from './examples.ts';
import type { ListAction } from './private-action.ts';
import { strong } from './words.ts';

/** What was typed after the command can be neither a device nor an action. */
export function aboutFaultAnswer(typed: string): string {
  return answer`“${clipped(typed, 40)}” is neither a device ID, nor a computer name, nor an action ID. For example: ${historyExample}`;
}

/** No device of this id or name that the asker may see: Defender does not tell the two apart. */
export function unknownDeviceAnswer({ about }: Pick<ListAction, 'about'>): string {
  return answer`Defender shows you no device “${clipped(about, 60)}”: there is none, or it is in a device group that you may not see. Check the name, or send it again with the device ID.`;
}

/** No action of this id that the asker may see. */
export function unknownActionAnswer(): string {
  return answer`Defender shows you no collection with this action ID: there is none, it is on a device that you may not see, or it began only seconds ago. ${statusExample} shows your own.`;
}

/** Nobody knows how Defender calls the asker. */
export function unknownNameAnswer(): string {
  return answer`I do not know yet by what name Defender calls you; I learn it with the first collection that you start. Until then ask for a device: ${historyExample}`;
}

/** Defender was too slow for a click on a private answer. */
export function listTooLateAnswer(): string {
  return answer`Defender is slow to answer. Press the button again in a minute.`;
}

/** The client dropped the sign-in of the button. */
export function otherSignInAnswer(): string {
  return answer`The sign-in did not come back to me, so I have sent you another one in our 1:1 chat. Press ${strong('Sign in')} there, and then this button again.`;
}
