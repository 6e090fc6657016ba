/** One-line answers to what somebody typed or clicked and that cannot go on: what is wrong, and what to do now. */
import type { CollectFault, CommandName } from '../src/domain/command.ts';
import type { CorrelationId } from '../src/domain/ids.ts';
import { isFinalStatus, type MachineAction } from '../src/domain/machine-action.ts';
import type { Problem } from '../src/domain/problem.ts';
import type { ReasonCheck } from '../src/domain/reason.ts';
import type { Request } from '../src/domain/request.ts';
import type { Unchanged } from '../src/domain/transition.ts';
import { answer, messageText } from './chat-message.ts';
import { collectFaultWords, tooLongWords } from './collect-fault-words.ts';
import { cancelExample, collectExample, helpExample, statusExample } from './examples.ts';
import { problemWords } from './problem-words.ts';
import { statusOfRequest } from './status.ts';
import { code, inOneLine, strong, words } from './words.ts';

/** A `/collect` that lacks something, where no form can be filled with it. */
export function collectFaultAnswer(fault: CollectFault): string {
  return messageText(collectFaultWords(fault));
}

/** A reason from a form that cannot be taken. */
export function reasonFaultAnswer(check: Exclude<ReasonCheck, { readonly ok: true }>): string {
  switch (check.why) {
    case 'missing':
      return answer`The reason is empty. Say in a few words why.`;
    case 'tooLong':
      return messageText(tooLongWords(check.length));
  }
}

/** A `/cancel` that lacks something. */
export function cancelFaultAnswer(): string {
  return answer`Which action, and why? The action ID stands in Defender’s action center. For example: ${cancelExample}`;
}

/** `/cancel` reached Defender. It may take a while to stop, or still succeed. */
export function cancelAskedAnswer({ id, status }: MachineAction): string {
  return isFinalStatus(status)
    ? answer`Action ${code(id)} has ended: Defender says ${strong(status)}.`
    : answer`Defender was asked to stop action ${code(id)}. It says ${strong(status)} for now, and may still succeed; the card of its request shows how it ends.`;
}

/** Two commands in one message. */
export function twoCommandsAnswer(): string {
  return answer`There are two commands in one message; I did neither. Send each in a message of its own. For example: ${collectExample}`;
}

/** Something that is no command. */
export function unknownCommandAnswer(typed: string, nearest: CommandName): string {
  return answer`I do not know “${clipped(typed)}”. Did you mean ${code(`/${nearest}`)}? ${helpExample} shows everything.`;
}

/** Nothing was typed: a bare mention, or an attachment only. */
export function emptyAnswer(): string {
  return answer`I read text only, and there was none. For example: ${collectExample}. ${helpExample} shows everything.`;
}

/** An edited message: it does nothing, so that nobody can change afterwards what was asked. */
export function editedMessageAnswer(): string {
  return answer`I do not read edited messages. Send the command as a new message.`;
}

/** A click that changed nothing, with the reason. */
export function unchangedAnswer(why: Unchanged, request: Request): string {
  const who = strong(request.requester.name);
  switch (why) {
    case 'notForYou':
      return answer`This is ${who}’s request, so only ${who} can do that. To ask for a package yourself: ${collectExample}`;
    case 'olderRevision':
      return answer`That card was out of date, so nothing was changed. Here is the current one: look again, then press.`;
    case 'notNow':
      return answer`That is not possible now: the request is at “${statusOfRequest(request).word}”. The card shows what is.`;
    case 'needsAnother':
      return answer`You asked for it, so somebody else has to decide. You can take it back with ${strong('Cancel')}.`;
    case 'nothingTicked':
      return answer`No device is ticked, so nothing was sent. Tick at least one, or press ${strong('Cancel')}.`;
    case 'nobodyToApprove':
      return answer`A second person has to approve this, and in this chat there is nobody else. Nothing was sent. Send the same command in a channel or group chat where I am.`;
    case 'staleAttempt':
    case 'nothingNew':
      return answer`Nothing has changed: the request is at “${statusOfRequest(request).word}”.`;
  }
}

/** A click on a request that the store does not have: deleted after its time, or made up. */
export function unknownRequestAnswer(): string {
  return answer`This card is no longer known. To ask for a package: ${collectExample}`;
}

/** A click whose verb or data is none of ours. */
export function unreadableClickAnswer(): string {
  return answer`I could not read that click, and changed nothing. ${statusExample} shows your requests.`;
}

/** Something stood in the way of a click, told to the clicker alone. */
export function problemAnswer(problem: Problem): string {
  const { what, next, forAdministrator } = problemWords(problem);
  return messageText(inOneLine(what, next, ...(forAdministrator === undefined ? [] : [forAdministrator])));
}

/** A guest, or somebody of another tenant. */
export function otherTenantAnswer(): string {
  return problemAnswer({ kind: 'otherTenant' });
}

/** Somebody closed the sign-in window. */
export function signInCancelledAnswer(): string {
  return answer`You cancelled the sign-in; nothing was sent to Defender. Press ${strong('Sign in')} on the card when you are ready.`;
}

/** The sign-in came back without a usable token. */
export function signInFailedAnswer(): string {
  return answer`The sign-in did not work; nothing was sent to Defender. Press ${strong('Sign in')} again. If it fails again, tell your tenant’s administrator.`;
}

/**
 * `/signout` worked.
 * @param followed how many collections were followed with this person's sign-in
 * @param waiting how many of their requests go no further without one
 */
export function signedOutAnswer(followed: number, waiting: number): string {
  const running =
    followed === 0
      ? []
      : [
          words`${followed === 1 ? 'One collection goes on' : `${followed} collections go on`} in Defender, but I no longer follow ${followed === 1 ? 'it' : 'them'} as you: a colleague can press ${strong('Keep following')} on the card.`,
        ];
  const stopped =
    waiting === 0
      ? []
      : [
          words`${waiting === 1 ? 'One request of yours waits' : `${waiting} requests of yours wait`} for your next sign-in.`,
        ];
  const next = words`The next ${code('/collect')} asks you to sign in.`;
  return messageText(inOneLine(words`You are signed out.`, ...running, ...stopped, next));
}

/** `/status` or `/history` found nothing. */
export function nothingToShowAnswer(): string {
  return answer`There is nothing to show. To ask for a package: ${collectExample}`;
}

/** Something went wrong that nobody foresaw: perhaps a database that is away. */
export function unforeseenAnswer(correlationId: CorrelationId): string {
  return answer`Something went wrong on my side, and it has been logged. Try again in a minute; ${statusExample} shows how your requests stand. For the administrator: correlation ID ${correlationId}`;
}

/** A line is still worked on when an answer is overdue. */
export function stillAtItAnswer(correlationId: CorrelationId): string {
  return answer`I am still at it: something that I depend on is slow. If nothing follows within a minute, send it again. For the administrator: correlation ID ${correlationId}`;
}

/** Typed text is repeated only as far as it is recognisable. */
function clipped(typed: string): string {
  const letters = [...typed];
  return letters.length <= 40 ? typed : `${letters.slice(0, 40).join('')}…`;
}
