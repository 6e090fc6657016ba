import { ConversationError } from '../domain/conversation-error.ts';
import type { RequestId } from '../domain/ids.ts';
import { noticesDue } from '../domain/notice.ts';
import type { Request } from '../domain/request.ts';
import type { Announcer, Posted, PostStore, RequestStore } from '../ports.ts';

/** What announcing needs. */
export interface AnnouncePorts {
  readonly store: RequestStore;
  readonly posts: PostStore;
  readonly announcer: Announcer;
}

/**
 * Brings the conversation up to the request's newest state: the card is posted once and edited from then on,
 * and each message that is due is posted once. Safe to run again at any time; a crash between a post and its note
 * can repeat that one post, and nothing else.
 */
export async function announce({ store, posts, announcer }: AnnouncePorts, id: RequestId): Promise<void> {
  const request = await store.find(id);
  if (request === undefined) return;
  const before = await posts.posted(id, 'card');
  const card = await showCard(announcer, request, before);
  if (card.activity !== before?.activity || card.fingerprint !== before.fingerprint) await posts.note(id, 'card', card);
  for (const notice of noticesDue(request)) {
    if ((await posts.posted(id, notice.key)) !== undefined) continue;
    await posts.note(id, notice.key, await announcer.tell(request, notice, card));
  }
}

/** A bot that was removed cannot edit its card, but the requester is still told, in 1:1. */
async function showCard(announcer: Announcer, request: Request, before: Posted | undefined): Promise<Posted> {
  try {
    return await announcer.showCard(request, before);
  } catch (error) {
    if (before === undefined || !(error instanceof ConversationError) || error.fault !== 'botRemoved') throw error;
    return before;
  }
}
