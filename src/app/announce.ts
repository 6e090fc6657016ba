import { ConversationError, type ConversationFault } from '../domain/conversation-error.ts';
import { GivenUp } from '../domain/given-up.ts';
import type { RequestId } from '../domain/ids.ts';
import { isForApprovers, type Notice, noticesDue } from '../domain/notice.ts';
import type { Place } from '../domain/place.ts';
import { askedElsewhere, isOver, type Request } from '../domain/request.ts';
import type { Announcer, Log, Posted, PostKind, PostStore, RequestStore } from '../ports.ts';

/** What announcing needs. */
export interface AnnouncePorts {
  readonly store: RequestStore;
  readonly posts: PostStore;
  readonly announcer: Announcer;
  readonly log: Log;
  /** Announces the request again, after so many milliseconds. */
  readonly announceLater: (request: RequestId, afterMs: number) => Promise<void>;
}

/**
 * Brings the conversation up to the request's newest state: the card is posted once and edited from then on,
 * and each message that is due is posted once, after it. Safe to run again at any time; a crash between a post and its
 * note can repeat that one post, and nothing else.
 * @throws GivenUp when part of it is refused for good; the rest was told nevertheless
 * @throws ConversationError when trying again may help
 */
export async function announce(ports: AnnouncePorts, id: RequestId): Promise<void> {
  const request = await ports.store.find(id);
  if (request === undefined) return;
  try {
    await bringUpToDate(ports, request);
  } catch (error) {
    if (!(error instanceof ConversationError) || error.retryAfterMs === undefined) throw error;
    // Nothing failed: it is not its turn yet. A failed attempt would count, and come again by its own clock.
    ports.log.info({ request: id, afterMs: error.retryAfterMs }, 'a post waits for its turn in the conversation');
    await ports.announceLater(id, error.retryAfterMs);
  }
}

async function bringUpToDate(ports: AnnouncePorts, request: Request): Promise<void> {
  const shown = await showCard(ports, request);
  if (shown.fault === 'botRemoved' && shown.card === undefined) return await tellOfNoCard(ports, request);
  if (shown.card !== undefined) await tellOfMove(ports, request, shown);
  await showOrphan(ports, request);
  const asked = (await showApprovalCard(ports, request)) ?? shown;
  for (const notice of noticesDue(request)) {
    await tellOnce(ports, request, notice, isForApprovers(notice) ? asked : shown);
  }
  if (shown.refusal !== undefined) throw new GivenUp('the chat refuses the card for good', { cause: shown.refusal });
}

/** Where the card stands, and what stood in the way of showing its newest state. */
interface Shown {
  readonly card: Posted | undefined;
  readonly fault?: ConversationFault;
  /** Nobody has seen the newest state, and no repeat will change that. */
  readonly refusal?: ConversationError;
}

async function showCard(ports: AnnouncePorts, request: Request): Promise<Shown> {
  const before = await ports.posts.posted(request.id, 'card');
  if (before === undefined) return await posted(ports, request, ['card']);
  try {
    const card = await ports.announcer.editCard(request, before);
    if (card.fingerprint !== before.fingerprint) await ports.posts.noteEdit(request.id, 'card', card);
    return { card };
  } catch (error) {
    const failure = lasting(error);
    if (failure.fault !== 'postGone') return stopped(before, failure);
    // Somebody does not want it here: once may be a slip, twice is a wish.
    if ((await ports.posts.posted(request.id, 'cardAnew')) !== undefined) return { card: before, fault: 'postGone' };
    return await posted(ports, request, ['card', 'cardAnew'], before);
  }
}

async function posted(
  ports: AnnouncePorts,
  request: Request,
  as: readonly PostKind[],
  before?: Posted,
): Promise<Shown> {
  try {
    const card = await ports.announcer.postCard(request);
    for (const what of as) await ports.posts.note(request.id, what, card);
    return { card };
  } catch (error) {
    return stopped(before, lasting(error));
  }
}

function stopped(card: Posted | undefined, failure: ConversationError): Shown {
  return failure.fault === 'botRemoved'
    ? { card, fault: 'botRemoved' }
    : { card, fault: failure.fault, refusal: failure };
}

/** A second card that a lost answer left behind: it follows the first, as far as the chat lets it. */
async function showOrphan({ posts, announcer, log }: AnnouncePorts, request: Request): Promise<void> {
  const before = await posts.posted(request.id, 'orphan');
  if (before === undefined) return;
  try {
    const orphan = await announcer.editCard(request, before);
    if (orphan.fingerprint !== before.fingerprint) await posts.noteEdit(request.id, 'orphan', orphan);
  } catch (error) {
    log.info({ request: request.id, fault: lasting(error).fault }, 'a second card of a request stays as it is');
  }
}

/**
 * Where approval is asked in another conversation, its card stands there, and shows what came of it.
 * @returns undefined where approval is asked under the card of the request, or by nobody
 */
async function showApprovalCard(ports: AnnouncePorts, request: Request): Promise<Shown | undefined> {
  const askedIn = askedElsewhere(request);
  const before = askedIn && (await ports.posts.posted(request.id, 'approvalCard'));
  const isAwaited = request.state === 'awaitingApproval';
  if (askedIn === undefined || (before === undefined && !isAwaited)) return undefined;
  try {
    return { card: await approvalCardShown(ports, request, askedIn, before) };
  } catch (error) {
    const failure = lasting(error);
    const what = 'the card for those who may approve cannot be shown where they are asked';
    ports.log.error({ request: request.id, conversation: askedIn.conversation, err: failure }, what);
    // Whatever it is, there nobody can be asked: then the requester is told.
    return { card: before, fault: 'botRemoved' };
  }
}

async function approvalCardShown(
  { posts, announcer }: AnnouncePorts,
  request: Request,
  askedIn: Place,
  before: Posted | undefined,
): Promise<Posted> {
  const card =
    before === undefined
      ? await announcer.postApprovalCard(request, askedIn)
      : await announcer.editApprovalCard(request, askedIn, before);
  if (card.fingerprint !== before?.fingerprint) await posts.note(request.id, 'approvalCard', card);
  return card;
}

async function tellOnce(ports: AnnouncePorts, request: Request, notice: Notice, shown: Shown): Promise<void> {
  if ((await ports.posts.posted(request.id, notice.key)) !== undefined) return;
  await ports.posts.note(request.id, notice.key, await told(ports, request, notice, shown));
}

async function told(ports: AnnouncePorts, request: Request, notice: Notice, shown: Shown): Promise<Posted> {
  const { announcer, log } = ports;
  try {
    if (shown.fault === 'botRemoved') return await announcer.tellPrivately(request, notice);
    return await announcer.tell(request, notice, shown.card);
  } catch (error) {
    const failure = lasting(error);
    if (failure.fault !== 'botRemoved' || shown.fault === 'botRemoved') {
      throw new GivenUp('nobody can be told: the chat refuses the message for good', { cause: failure });
    }
    log.warn({ request: request.id }, 'the bot is no longer in the conversation; the requester is told in 1:1');
    return await told(ports, request, notice, { ...shown, fault: 'botRemoved' });
  }
}

/**
 * Where the bot was removed the card stays as it was, and nobody would learn that the request goes on. An equal card makes
 * no call that would fail, so it is asked.
 */
async function tellOfMove({ posts, announcer, log }: AnnouncePorts, request: Request, { fault }: Shown): Promise<void> {
  // Who takes the bot out of their own 1:1 chat does not want to read there.
  if (isOver(request) || request.place.kind === 'personal') return;
  if (fault !== 'botRemoved' && (await announcer.isThere(request))) return;
  if ((await posts.posted(request.id, 'moved')) !== undefined) return;
  log.warn({ request: request.id }, 'the bot is no longer where a request goes on; the requester is told in 1:1');
  try {
    await posts.note(request.id, 'moved', await announcer.tellMoved(request));
  } catch (error) {
    log.error(
      { request: request.id, err: lasting(error) },
      'nobody can be told that a request goes on without its card',
    );
  }
}

/** Without a card nobody can confirm: only a proposal is left without one. */
async function tellOfNoCard({ posts, announcer, log }: AnnouncePorts, request: Request): Promise<void> {
  if ((await posts.posted(request.id, 'noCard')) !== undefined) return;
  log.warn({ request: request.id }, 'the bot is not in the conversation of a request; the requester is told in 1:1');
  try {
    await posts.note(request.id, 'noCard', await announcer.tellNoCard(request));
  } catch (error) {
    throw new GivenUp('nobody can be told that there is no card', { cause: lasting(error) });
  }
}

/** A fault that no repeat mends; anything else is thrown on, to be tried again. */
function lasting(error: unknown): ConversationError {
  if (!(error instanceof ConversationError)) throw error;
  switch (error.fault) {
    case 'throttled':
    case 'unavailable':
      throw error;
    case 'botRemoved':
    case 'postGone':
    case 'tooLarge':
    case 'refused':
      return error;
  }
}
