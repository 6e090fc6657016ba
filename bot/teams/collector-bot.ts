import { type InvokeResponse, TeamsActivityHandler, type TurnContext } from 'botbuilder';
import { z } from 'zod';
import { stillAtItAnswer, unforeseenAnswer } from '../../cards/answers.ts';
import { type Catalogue, catalogueOf } from '../../cards/language/catalogue.ts';
import {
  type ConversationId,
  type CorrelationId,
  newCorrelationId,
  parseConversationId,
} from '../../src/domain/ids.ts';
import { DeadlineError, within } from '../deadline.ts';
import { isOfHome, isStale } from './admission.ts';
import { channelOf, type Incoming, readIncoming, readMessage } from './incoming.ts';
import { isOfMessageAction } from './message-action.ts';
import { type InvokePorts, onInvoke, unforeseen } from './on-invoke.ts';
import { type MessagePorts, onEdit, onMessage } from './on-message.ts';
import { removedFrom } from './removal.ts';
import { type Reply, type ReplyPorts, replyTo } from './reply.ts';
import { addedTo, welcome } from './welcome.ts';

/** By what the log tells turns apart. */
interface TurnFields {
  readonly conversation: string;
  readonly correlationId: CorrelationId;
}

/** Everything that a turn may need. */
export interface BotPorts extends MessagePorts, InvokePorts, ReplyPorts {}

/** What a turn notes beforehand may take so long; a store that hangs does not keep anybody from an answer. */
const longestNote = 1_000;
/** The last line: with the note before it, everybody has an answer within 5 s. */
const longestWork = 3_000;
const edited = z.object({ eventType: z.literal('editMessage') });

/** One turn per activity: which kind it is, and whose file handles it. */
export class CollectorBot extends TeamsActivityHandler {
  readonly #ports: BotPorts;

  constructor(ports: BotPorts) {
    super();
    this.#ports = ports;
  }

  /**
   * Messages, edits, invokes, and that the bot came or went; what else Teams tells (members, reactions, …) only brings the
   * newest address of the conversation. The SDK's own dispatch of those calls the connector, and throws when it is away.
   */
  override async onTurnActivity(context: TurnContext): Promise<void> {
    await this.#remember(context);
    switch (context.activity.type) {
      case 'message':
        return await this.#say(context, onMessage);
      case 'messageUpdate':
        if (edited.safeParse(context.activity.channelData).success) await this.#say(context, onEdit);
        return;
      case 'conversationUpdate':
        await this.#membersChanged(context);
        return await this.#greet(context);
      case 'installationUpdate':
        return await this.#greet(context);
      case 'invoke':
        return await super.onTurnActivity(context);
    }
  }

  /** A click or sign-in gets an answer even when something nobody foresaw goes wrong: without one Teams shows an error. */
  protected override async onInvokeActivity(context: TurnContext): Promise<InvokeResponse> {
    const { activity } = context;
    try {
      return await within(longestWork, 'the bot itself', onInvoke(this.#ports, context));
    } catch (err) {
      const correlationId = newCorrelationId();
      this.#ports.log.error({ err, correlationId, invoke: String(activity.name).slice(0, 100) }, 'an invoke failed');
      return unforeseen(activity, correlationId);
    }
  }

  async #say(context: TurnContext, handle: typeof onMessage): Promise<void> {
    const message = readMessage(context.activity);
    if (message === undefined) return;
    const reply = replyTo(this.#ports, context, message);
    const { conversation } = message.place;
    const say = catalogueOf(message.language);
    const correlationId = newCorrelationId();
    try {
      await this.#handle(handle(this.#ports, message, reply), say, reply, { conversation, correlationId });
    } catch (err) {
      this.#ports.log.error({ err, conversation, correlationId }, 'a message failed');
      await this.#tell(reply, unforeseenAnswer(say, correlationId), { conversation, correlationId });
    }
  }

  /** Whoever wrote hears something in time, and the work goes on: what it comes to is told as ever. */
  async #handle(work: Promise<void>, say: Catalogue, reply: Reply, fields: TurnFields): Promise<void> {
    try {
      await within(longestWork, 'the bot itself', work);
    } catch (err) {
      if (!(err instanceof DeadlineError)) throw err;
      this.#ports.log.warn({ ...fields, err }, 'a message takes long');
      // Both at once: the work may end, or fail, while this is being said.
      await Promise.all([work, this.#tell(reply, stillAtItAnswer(say, fields.correlationId), fields)]);
    }
  }

  /** The connector may be what is away: then there is nobody to tell, and Teams need not deliver the message again. */
  async #tell(reply: Reply, text: string, fields: TurnFields): Promise<void> {
    try {
      await reply.text(text);
    } catch (err) {
      this.#ports.log.error({ ...fields, err }, 'nobody could be told how a message fares');
    }
  }

  /** Notes where the conversation is reached before anything else happens in it; a store that is away shows later. */
  async #remember({ activity }: TurnContext): Promise<void> {
    const left = removedFrom(activity);
    if (left !== undefined) return await this.#forget(left);
    const incoming = readIncoming(activity);
    if (incoming === undefined || !isOfHome(incoming, this.#ports.app.tenant)) return;
    if (isStale(this.#ports, incoming)) return;
    // What comes from two people's own chat looks like the 1:1 chat with the bot.
    if (isOfMessageAction(activity) && incoming.place.kind === 'personal') return;
    try {
      await within(longestNote, 'the store', this.#note(incoming));
    } catch (err) {
      this.#ports.log.error({ err }, 'the address of a conversation could not be noted');
    }
  }

  /** Somebody may have come who must not read everything: so the roster is read anew before the next post. */
  async #membersChanged({ activity }: TurnContext): Promise<void> {
    const changed = z.object({ conversation: z.object({ id: z.string() }) }).safeParse(activity);
    const conversation = changed.success ? parseConversationId(channelOf(changed.data.conversation.id)) : undefined;
    if (conversation === undefined) return;
    try {
      await within(longestNote, 'the store', this.#ports.audiences.outdate(conversation));
    } catch (err) {
      this.#ports.log.error({ err, conversation }, 'a change of members could not be noted');
    }
  }

  async #greet(context: TurnContext): Promise<void> {
    const added = addedTo(context.activity);
    if (added === undefined) return;
    try {
      const greeting = welcome(this.#ports, added, replyTo(this.#ports, context, added));
      await within(longestWork, 'the bot itself', greeting);
    } catch (err) {
      this.#ports.log.warn({ err, conversation: added.place.conversation }, 'a welcome could not be posted');
    }
  }

  /** What still goes on there is told in 1:1: the announcement finds that there is no way to its card any more. */
  async #forget(conversation: ConversationId): Promise<void> {
    const { log, conversations, store, announceLater } = this.#ports;
    log.info({ conversation }, 'the bot was removed from a conversation');
    const work = async () => {
      await conversations.forget(conversation);
      for (const request of await store.openIn(conversation)) await announceLater(request, 0);
    };
    try {
      await within(longestNote, 'the store', work());
    } catch (err) {
      this.#ports.log.error({ err, conversation }, 'a conversation that removed the bot could not be forgotten');
    }
  }

  async #note({ place, serviceUrl, person }: Incoming): Promise<void> {
    const conversation = parseConversationId(channelOf(place.conversation));
    if (conversation === undefined) return;
    const { conversations } = this.#ports;
    await conversations.remember({ conversation, kind: place.kind, serviceUrl, tenant: person.tenant });
    if (place.kind === 'personal') await conversations.rememberPersonal(person.oid, conversation);
  }
}
