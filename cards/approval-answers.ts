/** Answers to somebody who wanted to approve or deny and may not, and to somebody who asked where nobody can approve. */
import type { Device } from '../src/domain/device.ts';
import { messageText } from './chat-message.ts';
import { deviceName } from './device-words.ts';
import type { Catalogue } from './language/catalogue.ts';

/** Their sign-in lacks the app role that the administrators ask for (`APPROVER_ROLE`). */
export function roleMissingAnswer({ approvalAnswers }: Catalogue, role: string): string {
  return messageText(approvalAnswers.roleMissing(role));
}

/** Defender does not show them the device. */
export function deviceHiddenAnswer({ approvalAnswers }: Catalogue, device: Device): string {
  return messageText(approvalAnswers.deviceHidden(deviceName(device)));
}

/** A request in 1:1, where every request needs a second person and no conversation for approvals is set. */
export function askElsewhereAnswer({ approvalAnswers }: Catalogue): string {
  return messageText(approvalAnswers.askElsewhere);
}

/** `APPROVAL_CONVERSATION` names a conversation where the bot has never been spoken to. */
export function approvalPlaceUnseenAnswer({ approvalAnswers }: Catalogue): string {
  return messageText(approvalAnswers.placeUnseen);
}

/** The decision was answered before Defender was. */
export function decisionPendingAnswer({ approvalAnswers }: Catalogue): string {
  return messageText(approvalAnswers.pending);
}
