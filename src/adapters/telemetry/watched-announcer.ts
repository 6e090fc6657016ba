import type { Instant } from '../../domain/instant.ts';
import type { Notice } from '../../domain/notice.ts';
import type { Request } from '../../domain/request.ts';
import type { Announcer, Posted } from '../../ports.ts';
import type { Telemetry } from './telemetry.ts';

/** What the watching of posts needs besides. */
interface AnnouncerWatch extends Telemetry {
  /** The database's clock, by which requests end. */
  readonly now: () => Promise<Instant>;
}

/** The same conversation: each post is a span of its request's trace, and the closing message is timed. */
export function watchedAnnouncer(announcer: Announcer, { metrics, tracing, now }: AnnouncerWatch): Announcer {
  const watch = ({ id }: Request, what: string, work: () => Promise<Posted>) =>
    tracing.inRequest(id, `Teams ${what}`, work);
  const tell = async (request: Request, notice: Notice, work: () => Promise<Posted>) => {
    const told = await watch(request, `tell ${wordOf(notice)}`, work);
    if (notice.key === 'closing') metrics.took('finalToTold', (await now()) - notice.request.finishedAt, {});
    return told;
  };
  return {
    postCard: (request) => watch(request, 'postCard', () => announcer.postCard(request)),
    editCard: (request, posted) => watch(request, 'editCard', () => announcer.editCard(request, posted)),
    postApprovalCard: (request, askedIn) =>
      watch(request, 'postApprovalCard', () => announcer.postApprovalCard(request, askedIn)),
    editApprovalCard: (request, askedIn, posted) =>
      watch(request, 'editApprovalCard', () => announcer.editApprovalCard(request, askedIn, posted)),
    tell: (request, notice, card) => tell(request, notice, () => announcer.tell(request, notice, card)),
    tellPrivately: (request, notice) => tell(request, notice, () => announcer.tellPrivately(request, notice)),
    isThere: (request) => announcer.isThere(request),
    tellMoved: (request) => watch(request, 'tellMoved', () => announcer.tellMoved(request)),
    tellNoCard: (request) => watch(request, 'tellNoCard', () => announcer.tellNoCard(request)),
  };
}

/** The kind of a message; what follows the colon of its key is a moment. */
function wordOf({ key }: Notice): string {
  return key.split(':')[0] ?? key;
}
