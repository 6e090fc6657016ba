/** One-line answers to what somebody typed or clicked and that cannot go on: what is wrong, and what to do now. */
import type { CollectFault, CommandName } from '../src/domain/command.ts';
import type { CorrelationId } from '../src/domain/ids.ts';
import { isFinalStatus, type MachineAction } from '../src/domain/machine-action.ts';
import type { Problem } from '../src/domain/problem.ts';
import type { ReasonCheck } from '../src/domain/reason.ts';
import type { Request } from '../src/domain/request.ts';
import type { Unchanged } from '../src/domain/transition.ts';
import { messageText } from './chat-message.ts';
import { clipped } from './clipped.ts';
import { collectFaultWords, tooLongWords } from './collect-fault-words.ts';
import type { Catalogue } from './language/catalogue.ts';
import { problemWords } from './problem-words.ts';
import { statusOfRequest } from './status.ts';
import { code, inOneLine, strong } from './words.ts';

/** A `/collect` that lacks something, where no form can be filled with it. */
export function collectFaultAnswer(say: Catalogue, fault: CollectFault): string {
  return messageText(collectFaultWords(say, fault));
}

/** A reason from a form that cannot be taken. */
export function reasonFaultAnswer(say: Catalogue, check: Exclude<ReasonCheck, { readonly ok: true }>): string {
  switch (check.why) {
    case 'missing':
      return messageText(say.answers.reasonMissing);
    case 'tooLong':
      return messageText(tooLongWords(say, check.length));
  }
}

/** A `/cancel` that lacks something. */
export function cancelFaultAnswer({ answers }: Catalogue): string {
  return messageText(answers.cancelWhat);
}

/** `/cancel` reached Defender. It may take a while to stop, or still succeed. */
export function cancelAskedAnswer({ answers }: Catalogue, { id, status }: MachineAction): string {
  return messageText(isFinalStatus(status) ? answers.actionEnded(id, status) : answers.cancelAsked(id, status));
}

/** Two commands in one message. */
export function twoCommandsAnswer({ answers }: Catalogue): string {
  return messageText(answers.twoCommands);
}

/** Something that is no command. Typed text is repeated only as far as it is recognisable. */
export function unknownCommandAnswer({ answers }: Catalogue, typed: string, nearest: CommandName): string {
  return messageText(answers.unknownCommand(clipped(typed, longestTyped), code(`/${nearest}`)));
}

const longestTyped = 41;

/** Nothing was typed: a bare mention, or an attachment only. */
export function emptyAnswer({ answers }: Catalogue): string {
  return messageText(answers.empty);
}

/** An edited message: it does nothing, so that nobody can change afterwards what was asked. */
export function editedMessageAnswer({ answers }: Catalogue): string {
  return messageText(answers.edited);
}

/** A click that changed nothing, with the reason. */
export function unchangedAnswer(say: Catalogue, why: Unchanged, request: Request): string {
  const { answers } = say;
  switch (why) {
    case 'notForYou':
      return messageText(answers.notForYou(strong(request.requester.name)));
    case 'olderRevision':
      return messageText(answers.olderRevision);
    case 'notNow':
      return messageText(answers.notNow(statusOfRequest(say, request).word));
    case 'needsAnother':
      return messageText(answers.needsAnother);
    case 'nothingTicked':
      return messageText(answers.nothingTicked);
    case 'nobodyToApprove':
      return messageText(answers.nobodyToApprove);
    case 'staleAttempt':
    case 'nothingNew':
      return messageText(answers.nothingNew(statusOfRequest(say, request).word));
  }
}

/** A click on a request that the store does not have: deleted after its time, or made up. */
export function unknownRequestAnswer({ answers }: Catalogue): string {
  return messageText(answers.unknownRequest);
}

/** A click whose verb or data is none of ours. */
export function unreadableClickAnswer({ answers }: Catalogue): string {
  return messageText(answers.unreadableClick);
}

/** Something stood in the way of a click, told to the clicker alone. */
export function problemAnswer(say: Catalogue, problem: Problem): string {
  const { what, next, forAdministrator } = problemWords(say, problem);
  return messageText(inOneLine(what, next, ...(forAdministrator === undefined ? [] : [forAdministrator])));
}

/** A guest, or somebody of another tenant. */
export function otherTenantAnswer(say: Catalogue): string {
  return problemAnswer(say, { kind: 'otherTenant' });
}

/** Somebody closed the sign-in window. */
export function signInCancelledAnswer({ answers }: Catalogue): string {
  return messageText(answers.signInCancelled);
}

/** The sign-in came back without a usable token. */
export function signInFailedAnswer({ answers }: Catalogue): string {
  return messageText(answers.signInFailed);
}

/**
 * `/signout` worked.
 * @param followed how many collections were followed with this person's sign-in
 * @param waiting how many of their requests go no further without one
 */
export function signedOutAnswer({ answers }: Catalogue, followed: number, waiting: number): string {
  const running = followed === 0 ? [] : [answers.goesOnUnfollowed(followed)];
  const stopped = waiting === 0 ? [] : [answers.waitsForSignIn(waiting)];
  return messageText(inOneLine(answers.signedOut, ...running, ...stopped, answers.nextSignIn));
}

/** `/status` or `/history` found nothing. */
export function nothingToShowAnswer({ answers }: Catalogue): string {
  return messageText(answers.nothingToShow);
}

/** Something went wrong that nobody foresaw: perhaps a database that is away. */
export function unforeseenAnswer({ answers }: Catalogue, correlationId: CorrelationId): string {
  return messageText(answers.unforeseen(correlationId));
}

/** A line is still worked on when an answer is overdue. */
export function stillAtItAnswer({ answers }: Catalogue, correlationId: CorrelationId): string {
  return messageText(answers.stillAtIt(correlationId));
}
