import { type InvokeResponse, TeamsActivityHandler, type TurnContext } from 'botbuilder';
import { unforeseenAnswer } from '../../cards/answers.ts';
import { parseConversationId } from '../../src/domain/ids.ts';
import { channelOf, type Incoming, readIncoming, readMessage } from './incoming.ts';
import { type InvokePorts, onInvoke, unforeseen } from './on-invoke.ts';
import { type MessagePorts, onMessage } from './on-message.ts';
import { type ReplyPorts, replyTo } from './reply.ts';

/** Everything that a turn may need. */
export interface BotPorts extends MessagePorts, InvokePorts, ReplyPorts {
  readonly allowedConversations: readonly string[];
}

/** One turn per activity: which kind it is, and whose file handles it. */
export class CollectorBot extends TeamsActivityHandler {
  readonly #ports: BotPorts;

  constructor(ports: BotPorts) {
    super();
    this.#ports = ports;
    this.onMessage((context) => this.#message(context));
  }

  /** Notes where the conversation is reached before anything else happens in it. */
  override async run(context: TurnContext): Promise<void> {
    const incoming = readIncoming(context.activity);
    if (incoming !== undefined) await this.#remember(incoming);
    await super.run(context);
  }

  /** A click or sign-in gets an answer even when something nobody foresaw goes wrong: without one Teams shows an error. */
  protected override async onInvokeActivity(context: TurnContext): Promise<InvokeResponse> {
    try {
      return await onInvoke(this.#ports, context);
    } catch (err) {
      this.#ports.log.error({ err, invoke: context.activity.name }, 'an invoke failed');
      return unforeseen(context.activity);
    }
  }

  async #message(context: TurnContext): Promise<void> {
    const message = readMessage(context.activity);
    if (message === undefined) return;
    const reply = replyTo(this.#ports, context, message);
    try {
      await onMessage(this.#ports, message, reply);
    } catch (err) {
      this.#ports.log.error({ err, conversation: message.place.conversation }, 'a message failed');
      await reply.text(unforeseenAnswer());
    }
  }

  async #remember({ place, serviceUrl, person }: Incoming): Promise<void> {
    const conversation = parseConversationId(channelOf(place.conversation));
    if (conversation === undefined || person.tenant !== this.#ports.app.tenant) return;
    await this.#ports.conversations.remember({ conversation, kind: place.kind, serviceUrl, tenant: person.tenant });
    if (place.kind === 'personal') await this.#ports.conversations.rememberPersonal(person.oid, conversation);
  }
}
