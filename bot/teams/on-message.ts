/** What a typed line does. Every line gets one clear answer. */
import {
  cancelAskedAnswer,
  cancelFaultAnswer,
  collectFaultAnswer,
  editedMessageAnswer,
  emptyAnswer,
  nothingToShowAnswer,
  otherTenantAnswer,
  problemAnswer,
  signedOutAnswer,
  signInFailedAnswer,
  signInFirstAnswer,
  twoCommandsAnswer,
  unknownCommandAnswer,
} from '../../cards/answers.ts';
import { notServedHereAnswer } from '../../cards/edge-answers.ts';
import { helpCard } from '../../cards/help-card.ts';
import { statusAnswer } from '../../cards/status-card.ts';
import { cancelAction, type OnActionPorts } from '../../src/app/on-action.ts';
import { propose } from '../../src/app/propose.ts';
import { type Command, parseCommand } from '../../src/domain/command.ts';
import type { RequestStore } from '../../src/ports.ts';
import type { IncomingMessage } from './incoming.ts';
import type { Reply } from './reply.ts';
import { isServed } from './served-places.ts';
import { type SignInPorts, takeCode } from './sign-in.ts';

/** What handling a message needs. */
export interface MessagePorts extends SignInPorts, OnActionPorts {
  readonly store: RequestStore;
  readonly proposalTtlMs: number;
  /** Ids of conversations and teams where the bot serves; empty: everywhere. */
  readonly allowedConversations: readonly string[];
}

/** So many requests does `/status` show. */
const shownRequests = 10;
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
    case 'history': {
      const requests = await ports.store.newestOf(person.oid, shownRequests);
      if (requests.length === 0) return await reply.privateText(nothingToShowAnswer());
      return await reply.privateCard(statusAnswer(requests));
    }
    case 'cancel':
      return await cancel(ports, message, command, reply);
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

/** The action may be anybody's: Defender decides with the token of the one who typed it. */
async function cancel(
  ports: MessagePorts,
  { person }: IncomingMessage,
  { action, reason }: Extract<Command, { readonly name: 'cancel' }>,
  reply: Reply,
): Promise<void> {
  const result = await cancelAction(ports, action, person, reason);
  switch (result.kind) {
    case 'ok':
      return await reply.privateText(cancelAskedAnswer(result.value));
    case 'signIn':
      return await reply.privateText(signInFirstAnswer());
    case 'problem':
      return await reply.privateText(problemAnswer(result.problem));
    case 'notNow':
      return await reply.privateText(nothingToShowAnswer());
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
