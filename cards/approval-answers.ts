/** Answers to somebody who wanted to approve or deny and may not, and to somebody who asked where nobody can approve. */
import type { Device } from '../src/domain/device.ts';
import { answer } from './chat-message.ts';
import { deviceName } from './device-words.ts';
import { strong } from './words.ts';

/** Their sign-in lacks the app role that the administrators ask for (`APPROVER_ROLE`). */
export function roleMissingAnswer(role: string): string {
  return answer`To decide here you need the app role ${strong(role)}, and your sign-in does not carry it. Your tenant’s administrator assigns it in Entra; then send ${strong('/signout')} and press again.`;
}

/** Defender does not show them the device. */
export function deviceHiddenAnswer(device: Device): string {
  return answer`Defender does not show you ${strong(deviceName(device))}, so you cannot decide about it. Your Defender administrator can look at your role and device groups.`;
}

/** A request in 1:1, where every request needs a second person and no conversation for approvals is set. */
export function askElsewhereAnswer(): string {
  return answer`A second person has to approve every collection, and in this chat there is nobody else. Send the same command in a channel or group chat where I am.`;
}

/** `APPROVAL_CONVERSATION` names a conversation where the bot has never been spoken to. */
export function approvalPlaceUnseenAnswer(): string {
  return answer`A second person has to approve this, but I cannot write yet where approvals are asked. Nothing was sent. Tell whoever runs me: I have to be added there and mentioned once. Until then send the command in a channel or group chat.`;
}

/** The decision was answered before Defender was. */
export function decisionPendingAnswer(): string {
  return answer`Defender is slow to say whether you may decide, and I am still waiting. If the card does not change within a minute, press the button again.`;
}
