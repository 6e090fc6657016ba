import { frame, invokeActivity, messageActivity } from './activities.ts';
import { botApp } from './app.ts';
import type { Forgery } from './bot-framework.ts';
import { type CardAnswer, cardAnswerText } from './card-answer.ts';
import { type Clicker, type ClickOptions, executeAction } from './card-clicks.ts';
import { actionsOf } from './card-reading.ts';
import type { Conversation, Message } from './conversations.ts';
import type { BotAnswer, Delivery } from './delivery.ts';
import type { Journal } from './journal.ts';
import { isObject, type JsonObject, memberOf } from './json.ts';
import { listenForOAuthCards } from './oauth-card-reaction.ts';
import type { Person } from './people.ts';
import { type ClientKind, type SignInServices, signInLinkIn } from './sign-in-behaviour.ts';
import type { SignInEnd, TokenService } from './token-service.ts';

/** How a person's client behaves: kind (default 'sso'), and on how many devices it runs (default 1). */
export interface ClientOptions {
  readonly kind?: ClientKind;
  readonly devices?: number;
}

/** How something is said. */
export interface SayOptions {
  /** The bot's name in front; default true in channels and group chats, false in 1:1. */
  readonly mention?: boolean;
  /** As a slash command: for the bot alone (`recipient.isTargeted`), seen by nobody else, never with a mention. */
  readonly slash?: boolean;
  /** In the thread of this message; without it a channel message opens a new thread. */
  readonly replyTo?: Message;
  readonly attachments?: readonly JsonObject[];
  readonly forgery?: Forgery;
  /** Members of the activity to put in place of the usual ones. */
  readonly changes?: JsonObject;
}

/** A message as it was sent, and what the bot answered over HTTP. */
export interface Said {
  readonly message: Message;
  readonly answer: BotAnswer;
}

/** What a client needs of the sandbox. */
interface ClientHost {
  readonly delivery: Delivery;
  readonly journal: Journal;
  readonly entra: { readonly tokens: SignInServices['tokens'] };
  readonly tokenService: TokenService;
  readonly places: { readonly all: readonly Conversation[] };
}

/** One person's Teams, on all their devices. */
export class TeamsClient {
  readonly person: Person;
  /** May be changed at any time. */
  kind: ClientKind;
  readonly #host: ClientHost;
  readonly #stopListening: () => void;

  constructor(person: Person, host: ClientHost, { kind = 'sso', devices = 1 }: ClientOptions) {
    this.person = person;
    this.kind = kind;
    this.#host = host;
    this.#stopListening = listenForOAuthCards(this, devices, { ...host, tokens: host.entra.tokens });
  }

  /** Sends a message and waits for the bot's HTTP answer (the bot's words come through the connector). */
  async say(conversation: Conversation, text: string, options: SayOptions = {}): Promise<Said> {
    const id = this.#host.delivery.newId();
    const root = options.slash ? undefined : id;
    const thread = conversation.kind === 'channel' ? (options.replyTo?.thread ?? root) : undefined;
    const mention = !options.slash && (options.mention ?? conversation.kind !== 'personal');
    const base = messageActivity(this.#frame(conversation, thread, id), text, mention);
    const activity = {
      ...base,
      ...(options.slash && { recipient: { id: botApp.teamsId, name: botApp.name, isTargeted: true } }),
      ...(options.attachments && { attachments: options.attachments }),
      ...options.changes,
    };
    const visibleTo = options.slash ? this.person : 'everyone';
    const message = conversation.post({ id, thread, from: this.person, visibleTo, activity });
    return { message, answer: await this.#host.delivery.deliver(activity, options.forgery) };
  }

  /** Delivers a message that was sent before once more, unchanged, as Teams does after a slow answer. */
  redeliver(message: Message): Promise<BotAnswer> {
    return this.#host.delivery.deliver(message.activity);
  }

  /** Clicks the button with this title on the card as this person sees it. Throws if there is no such button. */
  async click(message: Message, title: string, options: ClickOptions = {}): Promise<CardAnswer> {
    if (message.deleted || !message.isSeenBy(this.person))
      throw new Error(`${this.person.name} does not see:\n${message.content}`);
    const card = options.version === undefined ? message.cardFor(this.person) : message.cardAt(options.version);
    const action = card && actionsOf(card).find((candidate) => candidate.title === title);
    if (!action) throw new Error(`${this.person.name} sees no button '${title}' on:\n${message.content}`);
    if (action.type === 'Action.OpenUrl') return { kind: 'opened', url: action.url ?? '' };
    const { log } = message.conversation;
    log.push({ kind: 'clicked', message, person: this.person, title });
    const answer = await executeAction(this.#clicker(), message, action, 'manual', options);
    log.push({ kind: 'answered', message, person: this.person, answer: cardAnswerText(answer) });
    return answer;
  }

  /** Asks for this person's own view of a card, as a client does by itself for those named in `refresh.userIds`. */
  async refresh(message: Message): Promise<CardAnswer> {
    const refresh = memberOf(message.cards[0], 'refresh', 'action');
    const action = isObject(refresh) ? actionsOf(refresh)[0] : undefined;
    if (!action) throw new Error(`The card has no refresh:\n${message.content}`);
    return executeAction(this.#clicker(), message, action, 'automatic', {});
  }

  /** Sends any invoke, about a message if one is given. */
  invoke(
    conversation: Conversation,
    name: string,
    value: JsonObject,
    about?: Message,
    forgery?: Forgery,
  ): Promise<BotAnswer> {
    const activity = invokeActivity(this.#frame(conversation, about?.thread), name, value, about?.id);
    return this.#host.delivery.deliver(activity, forgery);
  }

  /**
   * Opens the sign-in link of a message and completes it. With 'code' the client hands the code to the bot by
   * `signin/verifyState`; with 'stored' the Token Service keeps the token and the bot hears nothing.
   */
  async signIn(message: Message, end: SignInEnd = 'code'): Promise<BotAnswer | undefined> {
    const link = signInLinkIn(message, this.#host.tokenService);
    const code = await this.#host.tokenService.completeSignIn(link, this.person, end);
    return code === undefined
      ? undefined
      : this.invoke(message.conversation, 'signin/verifyState', { state: code }, message);
  }

  /** Opens the sign-in page of a message and closes it again. */
  cancelSignIn(message: Message): Promise<BotAnswer> {
    return this.invoke(message.conversation, 'signin/verifyState', { state: 'CancelledByUser' }, message);
  }

  /** Changes the text of a message of this person. */
  edit(message: Message, text: string): Promise<BotAnswer> {
    const activity = {
      ...message.activity,
      type: 'messageUpdate',
      text,
      channelData: { ...asObject(message.activity.channelData), eventType: 'editMessage' },
    };
    message.conversation.edit(message, activity);
    return this.#host.delivery.deliver(activity);
  }

  /** Reacts to a message. */
  react(message: Message, reaction: string): Promise<BotAnswer> {
    return this.send(
      message.conversation,
      { type: 'messageReaction', reactionsAdded: [{ type: reaction }], replyToId: message.id },
      message,
    );
  }

  /** Adds the bot to a conversation or removes it, with both activities that Teams sends for that. */
  async install(conversation: Conversation, action: 'add' | 'remove'): Promise<readonly BotAnswer[]> {
    conversation.botInstalled = action === 'add';
    const bot = [{ id: botApp.teamsId }];
    const update = action === 'add' ? { membersAdded: bot } : { membersRemoved: bot };
    return [
      await this.send(conversation, { type: 'conversationUpdate', ...update }),
      await this.send(conversation, { type: 'installationUpdate', action }),
    ];
  }

  /** Delivers an activity of any type from this person; the members given replace the usual ones. */
  send(conversation: Conversation, members: JsonObject, about?: Message, forgery?: Forgery): Promise<BotAnswer> {
    return this.#host.delivery.deliver({ ...frame(this.#frame(conversation, about?.thread)), ...members }, forgery);
  }

  close(): void {
    this.#stopListening();
  }

  #clicker(): Clicker {
    const { entra, tokenService } = this.#host;
    return {
      person: this.person,
      kind: this.kind,
      services: { tokens: entra.tokens, tokenService },
      invoke: (message, value, forgery) =>
        this.invoke(message.conversation, 'adaptiveCard/action', value, message, forgery),
    };
  }

  #frame(conversation: Conversation, thread?: string, id = this.#host.delivery.newId()) {
    return { id, serviceUrl: this.#host.delivery.serviceUrl, person: this.person, conversation, thread };
  }
}

function asObject(value: JsonObject[string]): JsonObject {
  return isObject(value) ? value : {};
}
