/** What a typed line does. Every line gets one clear answer. */
import {
  cancelFaultAnswer,
  collectFaultAnswer,
  editedMessageAnswer,
  emptyAnswer,
  otherTenantAnswer,
  problemAnswer,
  signedOutAnswer,
  signInFailedAnswer,
  twoCommandsAnswer,
  unknownCommandAnswer,
} from '../../cards/answers.ts';
import { notServedHereAnswer } from '../../cards/edge-answers.ts';
import { helpCard } from '../../cards/help-card.ts';
import { signInFirstCard } from '../../cards/list-card.ts';
import type { PrivateAction } from '../../cards/private-action.ts';
import { propose } from '../../src/app/propose.ts';
import { type Command, parseCommand } from '../../src/domain/command.ts';
import type { RequestStore } from '../../src/ports.ts';
import type { IncomingMessage } from './incoming.ts';
import { answerPrivately, type PrivatePorts } from './private-answers.ts';
import type { Reply } from './reply.ts';
import { isServed } from './served-places.ts';
import { type SignInPorts, takeCode } from './sign-in.ts';

/** What handling a message needs. */
export interface MessagePorts extends SignInPorts, PrivatePorts {
  readonly store: RequestStore;
  readonly proposalTtlMs: number;
  /** Ids of conversations and teams where the bot serves; empty: everywhere. */
  readonly allowedConversations: readonly string[];
}

/** The code of a finished sign-in whose window did not close by itself: the Token Service shows six digits. */
const signInCode = /^\d{6}$/;

/** Answers a message of a person of any tenant. */
export async function onMessage(ports: MessagePorts, message: IncomingMessage, reply: Reply): Promise<void> {
  if (message.person.tenant !== ports.app.tenant) return await reply.text(otherTenantAnswer());
  if (message.place.kind === 'personal' && signInCode.test(message.text.trim())) {
    return await onTypedCode(ports, message, reply);
  }
  if (!isServed(message, ports.allowedConversations)) return await reply.text(notServedHereAnswer());
  await obey(ports, message, parseCommand(message.text), reply);
}

async function obey(ports: MessagePorts, message: IncomingMessage, command: Command, reply: Reply): Promise<void> {
  const { person, place, activity } = message;
  switch (command.name) {
    case 'collect': {
      const { devices, reason } = command;
      // The card answers. A redelivered message has had its card, so it gets none.
      await propose(
        ports,
        { conversation: place.conversation, activity },
        { requester: person, place, devices, reason },
      );
      return;
    }
    case 'collectFault':
      return await reply.text(collectFaultAnswer(command.fault));
    case 'status':
      return await privately(ports, message, { verb: 'showStatus', about: command.about, page: 0 }, reply);
    case 'history':
      return await privately(ports, message, { verb: 'showHistory', about: command.about, page: 0 }, reply);
    case 'cancel': {
      const { action, reason } = command;
      return await privately(ports, message, { verb: 'cancelAction', action, why: reason }, reply);
    }
    case 'cancelFault':
      return await reply.text(cancelFaultAnswer());
    case 'help':
      return await reply.card(helpCard());
    case 'signout':
      return await signOut(ports, message, reply);
    case 'empty':
      return await reply.text(emptyAnswer());
    case 'twoCommands':
      return await reply.text(twoCommandsAnswer());
    case 'unknown':
      return await reply.text(unknownCommandAnswer(command.typed, command.nearest));
  }
}

/** Without a sign-in the answer is a card that asks for one, and then goes on with what was typed. */
async function privately(
  ports: MessagePorts,
  { person }: IncomingMessage,
  action: PrivateAction,
  reply: Reply,
): Promise<void> {
  const answer = await answerPrivately(ports, person, action);
  switch (answer.kind) {
    case 'card':
      return await reply.privateCard(answer.card);
    case 'text':
      return await reply.privateText(answer.text);
    case 'signIn':
      return await reply.privateCard(answer.meanwhile ?? signInFirstCard(action, answer.problem));
  }
}

async function signOut(ports: MessagePorts, { person }: IncomingMessage, reply: Reply): Promise<void> {
  try {
    await ports.tokenService.signOut(person);
  } catch (err) {
    ports.log.warn({ err }, 'the Token Service did not sign a person out');
    return await reply.privateText(problemAnswer({ kind: 'signInUnavailable' }));
  }
  await reply.privateText(signedOutAnswer());
}

/** Answers a message that was changed afterwards: it does nothing, and says so where the bot serves. */
export async function onEdit(ports: MessagePorts, message: IncomingMessage, reply: Reply): Promise<void> {
  if (message.person.tenant !== ports.app.tenant) return;
  if (isServed(message, ports.allowedConversations)) await reply.text(editedMessageAnswer());
}

async function onTypedCode(ports: MessagePorts, message: IncomingMessage, reply: Reply): Promise<void> {
  const result = await takeCode(ports, message.person, message.text.trim());
  switch (result.kind) {
    case 'signedIn':
      // The cards of what goes on now say so themselves.
      return;
    case 'repeated':
    case 'failed':
      return await reply.text(signInFailedAnswer());
    case 'problem':
      return await reply.text(problemAnswer(result.problem));
  }
}
