/** What a request shows in its conversations: the `Announcer` of Teams. */
import { createHash } from 'node:crypto';
import { approvalCall } from '../../cards/approval-call.ts';
import { approvalCardButtons } from '../../cards/approval-card.ts';
import { briefCard } from '../../cards/brief-card.ts';
import type { ChatMessage } from '../../cards/chat-message.ts';
import { type CardContext, cardsIn } from '../../cards/context.ts';
import { sharedApprovalCard, sharedCard, sharedNotice } from '../../cards/guarded-card.ts';
import { briefNotice, movedMessage, noCardMessage, removedBotMessage } from '../../cards/messages.ts';
import type { Audience } from '../../src/domain/audience.ts';
import { ConversationError } from '../../src/domain/conversation-error.ts';
import type { ConversationId } from '../../src/domain/ids.ts';
import { isForApprovers } from '../../src/domain/notice.ts';
import { type Place, threadOf } from '../../src/domain/place.ts';
import type { Request } from '../../src/domain/request.ts';
import type { Announcer, Posted } from '../../src/ports.ts';
import type { Content } from './connector-rest.ts';
import { cardContent, textContent } from './content.ts';
import { rootOf } from './incoming.ts';
import { edit, type PosterPorts, personalOf, post } from './posting.ts';

/** What announcing needs. */
export interface AnnouncerPorts extends PosterPorts {
  /** Who reads along there. */
  readonly audience: (place: Place) => Promise<Audience>;
}

/** A card, and what stands for it where Teams finds it too large. */
interface Both {
  readonly content: Content;
  readonly brief: Content;
}

/**
 * The `Announcer` of Teams. What a card or a message says is chosen by who reads along; it says it in the requester's
 * language.
 */
export function createPoster(ports: AnnouncerPorts): Announcer {
  async function cardsOf(request: Request): Promise<Both> {
    const audience = await ports.audience(request.place);
    const context = cardsOn(ports, request);
    const content = cardContent(sharedCard(request, context, audience));
    return { content, brief: audience === 'own' ? cardContent(briefCard(request, context)) : content };
  }
  async function approvalCardOf(request: Request, askedIn: Place): Promise<Both> {
    const audience = await ports.audience(askedIn);
    const context = cardsOn(ports, request);
    const content = cardContent(sharedApprovalCard(request, context, audience));
    const brief = briefCard(request, context, approvalCardButtons(request, context));
    return { content, brief: audience === 'own' ? cardContent(brief) : content };
  }
  return {
    postCard: async (request) => await postBoth(ports, request.place, await cardsOf(request)),
    editCard: async (request, posted) => await editBoth(ports, posted, await cardsOf(request)),
    postApprovalCard: async (request, askedIn) =>
      await postBoth(ports, askedIn, await approvalCardOf(request, askedIn)),
    editApprovalCard: async (request, askedIn, posted) =>
      await editBoth(ports, posted, await approvalCardOf(request, askedIn)),
    async tell(request, notice, card) {
      const context = cardsOn(ports, request);
      const conversation = card?.conversation ?? request.place.conversation;
      if (!isForApprovers(notice)) {
        const message = sharedNotice(context.say, notice, await ports.audience(request.place));
        return await postMessage(ports, conversation, textContent(message), briefNotice(context.say, notice));
      }
      const call = approvalCall(notice, context, await ports.audience(notice.request.question.askedIn));
      return await postMessage(ports, conversation, cardContent(call), briefNotice(context.say, notice));
    },
    async tellPrivately(request, notice) {
      const conversation = await personalOf(ports, request.requester, request.place.conversation);
      const context = cardsOn(ports, request);
      const message = removedBotMessage(notice, context);
      return await postMessage(ports, conversation, textContent(message), briefNotice(context.say, notice));
    },
    isThere: async ({ place }) => (await ports.conversations.find(rootOf(place.conversation))) !== undefined,
    async tellMoved(request) {
      const conversation = await personalOf(ports, request.requester, request.place.conversation);
      const message = movedMessage(request, cardsOn(ports, request));
      return await postMessage(ports, conversation, textContent(message), message);
    },
    async tellNoCard(request) {
      const conversation = await personalOf(ports, request.requester, request.place.conversation);
      const message = noCardMessage(request, cardsOn(ports, request));
      return await postMessage(ports, conversation, textContent(message), message);
    },
  };
}

function cardsOn({ cards }: PosterPorts, { language }: Request): CardContext {
  return cardsIn(language, cards);
}

async function postBoth(ports: PosterPorts, place: Place, { content, brief }: Both): Promise<Posted> {
  const activity = await orBriefly(content, brief, (each) => post(ports, place.conversation, each));
  return { conversation: threadOf(place, activity), activity, fingerprint: fingerprintOf(content) };
}

/** Equal content makes no call. */
async function editBoth(ports: PosterPorts, posted: Posted, { content, brief }: Both): Promise<Posted> {
  const fingerprint = fingerprintOf(content);
  if (posted.fingerprint === fingerprint) return posted;
  await orBriefly(content, brief, (each) => edit(ports, posted, each));
  return { ...posted, fingerprint };
}

async function postMessage(
  ports: PosterPorts,
  conversation: ConversationId,
  content: Content,
  brief: ChatMessage,
): Promise<Posted> {
  const activity = await orBriefly(content, textContent(brief), (each) => post(ports, conversation, each));
  return { conversation, activity, fingerprint: fingerprintOf(content) };
}

/** What is too large for the chat is said in short: better than not at all. */
async function orBriefly<Value>(
  content: Content,
  brief: Content,
  send: (content: Content) => Promise<Value>,
): Promise<Value> {
  try {
    return await send(content);
  } catch (error) {
    if (!(error instanceof ConversationError) || error.fault !== 'tooLarge') throw error;
    return await send(brief);
  }
}

function fingerprintOf(content: Content): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('base64url');
}
