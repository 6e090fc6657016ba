import { type InvokeResponse, TeamsActivityHandler, type TurnContext } from 'botbuilder';
import { z } from 'zod';
import { unforeseenAnswer } from '../../cards/answers.ts';
import { parseConversationId } from '../../src/domain/ids.ts';
import { within } from '../deadline.ts';
import { channelOf, type Incoming, readIncoming, readMessage } from './incoming.ts';
import { type InvokePorts, onInvoke, unforeseen } from './on-invoke.ts';
import { type MessagePorts, onEdit, onMessage } from './on-message.ts';
import { type ReplyPorts, replyTo } from './reply.ts';

/** Everything that a turn may need. */
export interface BotPorts extends MessagePorts, InvokePorts, ReplyPorts {}

/** The last line: nothing of ours may keep an invoke waiting for longer, a store that hangs included. */
const longestInvoke = 4_500;
const edited = z.object({ eventType: z.literal('editMessage') });

/** One turn per activity: which kind it is, and whose file handles it. */
export class CollectorBot extends TeamsActivityHandler {
  readonly #ports: BotPorts;

  constructor(ports: BotPorts) {
    super();
    this.#ports = ports;
  }

  /**
   * Messages, edits and invokes; what else Teams tells (members, reactions, installations, …) only brings the newest
   * address of the conversation. The SDK's own dispatch of those calls the connector, and throws when it is away.
   */
  override async onTurnActivity(context: TurnContext): Promise<void> {
    await this.#remember(context);
    switch (context.activity.type) {
      case 'message':
        return await this.#say(context, onMessage);
      case 'messageUpdate':
        if (edited.safeParse(context.activity.channelData).success) await this.#say(context, onEdit);
        return;
      case 'invoke':
        return await super.onTurnActivity(context);
    }
  }

  /** A click or sign-in gets an answer even when something nobody foresaw goes wrong: without one Teams shows an error. */
  protected override async onInvokeActivity(context: TurnContext): Promise<InvokeResponse> {
    const { activity } = context;
    try {
      return await within(longestInvoke, 'the bot itself', onInvoke(this.#ports, context));
    } catch (err) {
      this.#ports.log.error({ err, invoke: String(activity.name).slice(0, 100) }, 'an invoke failed');
      return unforeseen(activity);
    }
  }

  async #say(context: TurnContext, handle: typeof onMessage): Promise<void> {
    const message = readMessage(context.activity);
    if (message === undefined) return;
    const reply = replyTo(this.#ports, context, message);
    const { conversation } = message.place;
    try {
      await handle(this.#ports, message, reply);
    } catch (err) {
      this.#ports.log.error({ err, conversation }, 'a message failed');
      await this.#apologise(reply, conversation);
    }
  }

  /** The connector may be what is away: then there is nobody to tell, and Teams need not deliver the message again. */
  async #apologise(reply: ReturnType<typeof replyTo>, conversation: string): Promise<void> {
    try {
      await reply.text(unforeseenAnswer());
    } catch (err) {
      this.#ports.log.error({ err, conversation }, 'nobody could be told that a message failed');
    }
  }

  /** Notes where the conversation is reached before anything else happens in it; a store that is away shows later. */
  async #remember({ activity }: TurnContext): Promise<void> {
    const incoming = readIncoming(activity);
    if (incoming === undefined || incoming.person.tenant !== this.#ports.app.tenant) return;
    try {
      await within(longestInvoke / 3, 'the store', this.#note(incoming));
    } catch (err) {
      this.#ports.log.error({ err }, 'the address of a conversation could not be noted');
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
