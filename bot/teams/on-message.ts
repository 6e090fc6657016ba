/** What a typed line does. Every line gets one clear answer. */
import {
  cancelFaultAnswer,
  collectFaultAnswer,
  editedMessageAnswer,
  emptyAnswer,
  problemAnswer,
  signedOutAnswer,
  signInFailedAnswer,
  twoCommandsAnswer,
  unknownCommandAnswer,
} from '../../cards/answers.ts';
import { askElsewhereAnswer } from '../../cards/approval-answers.ts';
import { collectForm, fitsForm } from '../../cards/collect-form.ts';
import { cardsIn } from '../../cards/context.ts';
import { notServedHereAnswer } from '../../cards/edge-answers.ts';
import { helpCard } from '../../cards/help-card.ts';
import { catalogueOf } from '../../cards/language/catalogue.ts';
import { signInFirstCard } from '../../cards/list-card.ts';
import type { PrivateAction } from '../../cards/private-action.ts';
import { type Command, parseCommand } from '../../src/domain/command.ts';
import type { KnockKind } from '../../src/domain/flood.ts';
import type { AadObjectId } from '../../src/domain/ids.ts';
import { type AdmissionPorts, admit } from './admission.ts';
import { type AskPorts, ask } from './ask.ts';
import type { IncomingMessage } from './incoming.ts';
import { answerPrivately, type PrivatePorts } from './private-answers.ts';
import { noteRefusal } from './refusals.ts';
import type { Reply } from './reply.ts';
import { isServed } from './served-places.ts';
import { type SignInPorts, takeCode } from './sign-in.ts';

/** What handling a message needs. */
export interface MessagePorts extends AskPorts, SignInPorts, PrivatePorts, AdmissionPorts {
  readonly store: AskPorts['store'];
  /** Plans this watcher's next sweep. */
  readonly scheduleSweep: (watcher: AadObjectId, afterMs: number) => Promise<void>;
  /** Ids of conversations and teams where the bot serves; empty: everywhere. */
  readonly allowedConversations: readonly string[];
}

/** The code of a finished sign-in whose window did not close by itself: the Token Service shows six digits. */
const signInCode = /^\d{6}$/;

/** Answers a message of a person of any tenant. */
export async function onMessage(ports: MessagePorts, message: IncomingMessage, reply: Reply): Promise<void> {
  const command = parseCommand(message.text);
  if (!(await isLetIn(ports, message, isUrgent(command) ? 'urgent' : 'message', reply))) return;
  if (message.place.kind === 'personal' && signInCode.test(message.text.trim())) {
    return await onTypedCode(ports, message, reply);
  }
  if (!isServed(message, ports.allowedConversations)) {
    await noteRefusal(ports, message, 'message', { why: 'notServedHere' });
    return await reply.text(notServedHereAnswer(catalogueOf(message.language)));
  }
  await obey(ports, message, command, reply);
}

async function isLetIn(ports: MessagePorts, message: IncomingMessage, kind: KnockKind, reply: Reply): Promise<boolean> {
  const admission = await admit(ports, message, kind);
  if (admission.kind === 'refused' && admission.isWorthAMessage) await reply.text(admission.answer);
  return admission.kind === 'admitted';
}

/** What stops something must get through when everybody types at once, also when it is mistyped. */
function isUrgent({ name }: Command): boolean {
  return name === 'cancel' || name === 'cancelFault' || name === 'signout';
}

async function obey(ports: MessagePorts, message: IncomingMessage, command: Command, reply: Reply): Promise<void> {
  const { person, place, activity, language } = message;
  const say = catalogueOf(language);
  switch (command.name) {
    case 'collect': {
      const { devices, reason } = command;
      const outcome = await ask(ports, activity, { requester: person, place, devices, reason, language });
      return outcome === 'asked' ? undefined : await reply.text(askElsewhereAnswer(say));
    }
    case 'collectFault':
      return await askForRest(ports, message, command, reply);
    case 'status':
      return await privately(ports, message, { verb: 'showStatus', about: command.about, page: 0 }, reply);
    case 'history':
      return await privately(ports, message, { verb: 'showHistory', about: command.about, page: 0 }, reply);
    case 'cancel': {
      const { action, reason } = command;
      return await privately(ports, message, { verb: 'cancelAction', action, why: reason }, reply);
    }
    case 'cancelFault':
      return await reply.text(cancelFaultAnswer(say));
    case 'help':
      return await reply.card(helpCard(say));
    case 'signout':
      return await signOut(ports, message, reply);
    case 'empty':
      return await reply.text(emptyAnswer(say));
    case 'twoCommands':
      return await reply.text(twoCommandsAnswer(say));
    case 'unknown':
      return await reply.text(unknownCommandAnswer(say, command.typed, command.nearest));
  }
  command satisfies never;
}

/** A form asks for what is missing, filled with what was understood; too much is refused, since it would not fit. */
async function askForRest(
  ports: MessagePorts,
  { place, activity, language }: IncomingMessage,
  { fault, draft }: Extract<Command, { readonly name: 'collectFault' }>,
  reply: Reply,
): Promise<void> {
  const cards = cardsIn(language, ports.cards);
  if (fault.why === 'tooManyDevices' || !fitsForm(draft)) return await reply.text(collectFaultAnswer(cards.say, fault));
  const origin = { conversation: place.conversation, opening: activity };
  await reply.privateCard(collectForm({ draft, fault, askedIn: place }, origin, cards));
}

/** Without a sign-in the answer is a card that asks for one, and then goes on with what was typed. */
async function privately(
  ports: MessagePorts,
  message: IncomingMessage,
  action: PrivateAction,
  reply: Reply,
): Promise<void> {
  const answer = await answerPrivately(ports, message, action);
  switch (answer.kind) {
    case 'card':
      return await reply.privateCard(answer.card);
    case 'text':
      if (answer.refusal) await noteRefusal(ports, message, action.verb, answer.refusal);
      return await reply.privateText(answer.text);
    case 'signIn':
      return await reply.privateCard(
        answer.meanwhile ?? signInFirstCard(catalogueOf(message.language), action, answer.problem),
      );
  }
  answer satisfies never;
}

/** What was followed as them is told at once, and not at its next look: its card has to say who can go on. */
async function signOut(ports: MessagePorts, message: IncomingMessage, reply: Reply): Promise<void> {
  const { person, place, language } = message;
  const say = catalogueOf(language);
  try {
    await ports.tokenService.signOut(person);
  } catch (err) {
    ports.log.warn({ err }, 'the Token Service did not sign a person out');
    return await reply.privateText(problemAnswer(say, { kind: 'signInUnavailable' }));
  }
  await ports.audit.record({ by: person, conversation: place.conversation, kind: 'signedOut', details: {} });
  const followed = await ports.store.watchedBy(person.oid);
  const waiting = await ports.store.waitingForSignIn(person.oid);
  if (followed.length > 0) await ports.scheduleSweep(person.oid, 0);
  await reply.privateText(signedOutAnswer(say, followed.length, waiting.length));
}

/** Answers a message that was changed afterwards: it does nothing, and says so where the bot serves. */
export async function onEdit(ports: MessagePorts, message: IncomingMessage, reply: Reply): Promise<void> {
  if (!(await isLetIn(ports, message, 'message', reply))) return;
  if (isServed(message, ports.allowedConversations))
    await reply.text(editedMessageAnswer(catalogueOf(message.language)));
}

async function onTypedCode(ports: MessagePorts, message: IncomingMessage, reply: Reply): Promise<void> {
  const say = catalogueOf(message.language);
  const result = await takeCode(ports, message.person, message.text.trim());
  switch (result.kind) {
    case 'signedIn':
      // The cards of what goes on now say so themselves.
      return;
    case 'repeated':
    case 'failed':
      return await reply.text(signInFailedAnswer(say));
    case 'problem':
      return await reply.text(problemAnswer(say, result.problem));
  }
  result satisfies never;
}
