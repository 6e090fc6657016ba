import type { Express } from 'express';
import { cardsOf } from './card-reading.ts';
import { channelAccount, connectorError, memberFor } from './connector-answers.ts';
import {
  activityShape,
  creationShape,
  findOwn,
  refusedContent,
  refusedTarget,
  type SentActivity,
  sendLimits,
  type Target,
} from './connector-rules.ts';
import type { Conversation, Message } from './conversations.ts';
import type { EntraTokens } from './entra-tokens.ts';
import type { Journal } from './journal.ts';
import type { JsonObject } from './json.ts';
import type { Operation } from './operations.ts';
import { type Person, people, tenantId } from './people.ts';
import { RateWindows } from './rate-windows.ts';
import type { Places } from './tenant-places.ts';
import { bearerOf, type Wire, type WireAnswer, type WireRequest } from './wire.ts';

type Handler = (target: Target, request: WireRequest) => WireAnswer | Promise<WireAnswer>;

/** The Bot Connector's REST interface under the service URL, with Teams' rules. */
export class Connector {
  /** What Teams puts into `serviceUrl`: a path and a slash at the end, as `https://smba.trafficmanager.net/emea/`. */
  readonly serviceUrl: string;
  /** False: the connector does not enforce Teams' send limits. */
  limitsEnforced = true;
  readonly #tokens: EntraTokens;
  readonly #places: Places;
  readonly #journal: Journal;
  readonly #windows = new RateWindows(sendLimits);

  constructor(url: string, tokens: EntraTokens, places: Places, journal: Journal) {
    this.serviceUrl = `${url}/emea/`;
    this.#tokens = tokens;
    this.#places = places;
    this.#journal = journal;
  }

  mount(wire: Wire, app: Express): void {
    const base = '/emea/v3/conversations';
    const add = (method: 'get' | 'post' | 'put' | 'delete', path: string, operation: Operation, handler: Handler) =>
      wire.route(app, method, `${base}${path}`, {
        operation,
        describe: ({ params }) => ({ conversation: params.conversation }),
        handle: (request) => this.#known(request, handler),
      });
    wire.route(app, 'post', base, {
      operation: 'connector.createConversation',
      handle: (request) => this.#create(request),
    });
    const send: Handler = (target, request) => this.#send(target, request);
    add('post', '/:conversation/activities', 'connector.send', send);
    add('post', '/:conversation/activities/:activity', 'connector.send', send);
    add('put', '/:conversation/activities/:activity', 'connector.update', (target, request) =>
      this.#update(target, request),
    );
    add('delete', '/:conversation/activities/:activity', 'connector.delete', (target, request) =>
      this.#delete(target, request),
    );
    add('get', '/:conversation/members', 'connector.getMembers', ({ conversation }) => ({
      status: 200,
      body: conversation.members.map(channelAccount),
    }));
    add('get', '/:conversation/pagedmembers', 'connector.getPagedMembers', ({ conversation }) => ({
      status: 200,
      body: { members: conversation.members.map(channelAccount) },
    }));
    add('get', '/:conversation/members/:member', 'connector.getMember', ({ conversation }, { params }) =>
      memberFor(conversation, params.member ?? ''),
    );
    wire.route(app, 'all', '/*rest', {
      operation: 'connector.unknown',
      handle: () => connectorError(404, 'NotFound', 'No such path'),
    });
  }

  async #known(request: WireRequest, handler: Handler): Promise<WireAnswer> {
    if (!(await this.#tokens.isBotToken(bearerOf(request)))) return unauthorized;
    const id = request.params.conversation ?? '';
    const conversation = this.#places.find(id);
    if (!conversation) return connectorError(404, 'ConversationNotFound', 'Conversation not found.');
    // teams-platform.md, 'Cards': the bot was removed.
    if (!conversation.botInstalled)
      return connectorError(403, 'BotNotInConversationRoster', 'The bot is not part of the conversation roster.');
    return handler({ conversation, thread: /;messageid=(\d+)/.exec(id)?.[1] }, request);
  }

  #send(target: Target, request: WireRequest): WireAnswer {
    const parsed = activityShape.safeParse(request.json);
    if (!parsed.success) return connectorError(400, 'BadSyntax', 'The activity cannot be read.');
    const targeted = request.query.get('isTargetedActivity') === 'true';
    const refused =
      this.#refusal(target.conversation, request, parsed.data) ??
      (targeted ? refusedTarget(target, parsed.data) : undefined);
    if (refused) return refused;
    if (target.thread !== undefined && target.conversation.inThread(target.thread).length === 0) {
      return connectorError(404, 'ConversationNotFound', 'There is no such thread in the channel.');
    }
    const reader = target.conversation.members.find((person) => person.teamsId === parsed.data.recipient?.id);
    const id = this.#post(target, parsed.data, targeted && reader ? reader : 'everyone');
    return { status: 201, body: { id }, note: { id, type: parsed.data.type } };
  }

  /** A post without a thread in a channel is a root post and makes one. Only messages leave a record, not 'typing'. */
  #post(target: Target, activity: SentActivity, visibleTo: 'everyone' | Person): string {
    const { conversation } = target;
    const id = this.#places.newActivityId();
    if (activity.type !== 'message') return id;
    const thread = conversation.kind === 'channel' ? (target.thread ?? id) : undefined;
    const message = conversation.post({ id, thread, from: 'bot', visibleTo, activity });
    this.#journal.add('connector.activity.created', {
      ...described(message),
      thread,
      replyToId: text(activity.replyToId),
    });
    return id;
  }

  #refusal(conversation: Conversation, request: WireRequest, activity: SentActivity): WireAnswer | undefined {
    const refused = refusedContent(request.rawBody, activity);
    if (refused) return refused;
    const wait = this.limitsEnforced ? this.#windows.take(conversation.id) : undefined;
    if (wait === undefined) return undefined;
    const answer = connectorError(429, 'TooManyRequests', 'Too many requests.');
    return { ...answer, headers: { 'Retry-After': String(Math.ceil(wait / 1000)) } };
  }

  #update({ conversation }: Target, request: WireRequest): WireAnswer {
    const parsed = activityShape.safeParse(request.json);
    if (!parsed.success) return connectorError(400, 'BadSyntax', 'The activity cannot be read.');
    const message = findOwn(conversation, request);
    if ('status' in message) return message;
    const refused = this.#refusal(conversation, request, parsed.data);
    if (refused) return refused;
    conversation.edit(message, parsed.data);
    this.#journal.add('connector.activity.updated', { ...described(message), version: message.versions.length });
    return { status: 200, body: { id: request.params.activity } };
  }

  #delete({ conversation }: Target, request: WireRequest): WireAnswer {
    const message = findOwn(conversation, request);
    if ('status' in message) return message;
    conversation.delete(message);
    this.#journal.add('connector.activity.deleted', described(message));
    return { status: 200 };
  }

  async #create(request: WireRequest): Promise<WireAnswer> {
    if (!(await this.#tokens.isBotToken(bearerOf(request)))) return unauthorized;
    const parsed = creationShape.safeParse(request.json);
    if (!parsed.success) return connectorError(400, 'BadArgument', 'The parameters cannot be read.');
    const { members, channelData, activity } = parsed.data;
    const tenant = parsed.data.tenantId ?? channelData?.tenant?.id;
    const person = people.find(({ teamsId, oid }) => members?.some(({ id }) => id === teamsId || id === oid));
    const channel = this.#places.find(channelData?.channel?.id ?? '');
    // 'Send proactive messages' (Microsoft's page): 1:1 wants the tenant, a channel post wants the channel's id.
    if (!channel && tenant !== tenantId)
      return connectorError(400, 'BadArgument', 'The tenant id is missing or wrong.');
    const conversation = channel ?? (person && this.#places.personal(person));
    if (!conversation) return connectorError(400, 'BadArgument', 'Neither a known member nor a known channel.');
    if (!conversation.botInstalled)
      return connectorError(403, 'BotNotInConversationRoster', 'The bot is not installed there.');
    const refused = activity ? this.#refusal(conversation, request, activity) : undefined;
    if (refused) return refused;
    const activityId = activity ? this.#post({ conversation, thread: undefined }, activity, 'everyone') : undefined;
    const id = channel && activityId !== undefined ? `${conversation.id};messageid=${activityId}` : conversation.id;
    return { status: 201, body: { id, activityId, serviceUrl: this.serviceUrl }, note: { id, activityId } };
  }
}

const unauthorized = connectorError(401, 'Unauthorized', 'Authorization has been denied for this request.');

function described(message: Message): JsonObject {
  return {
    conversation: message.conversation.id,
    id: message.id,
    visibleTo: message.visibleTo === 'everyone' ? 'everyone' : message.visibleTo.key,
    cards: cardsOf(message.activity).length,
    text: message.content.slice(0, 120),
  };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
