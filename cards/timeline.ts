import { type AwaitingApproval, type Collection, questionOf, type Request } from '../src/domain/request.ts';
import { type FactSet, facts } from './adaptive-card.ts';
import { duration } from './dates.ts';
import type { Catalogue } from './language/catalogue.ts';
import { isJoined } from './ownership-words.ts';
import { statusOfCollection } from './status.ts';
import { moment, type Words, words } from './words.ts';

type Fact = readonly [title: string, value: Words];

/**
 * What happened when, oldest first: of the request, and of its collection where it has only one. Moments only: a fact
 * does not break a long word, so a long name would stick out of the card on a phone.
 */
export function timeline(say: Catalogue, request: Request): FactSet {
  const titles = say.timeline;
  const asked: Fact = [titles.asked, words`${moment(request.askedAt)}`];
  switch (request.state) {
    case 'proposed':
      return facts([asked]);
    case 'awaitingApproval':
      return facts([asked, ...confirmation(say, request), ...reminder(say, request)]);
    case 'denied':
      return facts([asked, ...confirmation(say, request), [titles.denied, words`${moment(request.denial.at)}`]]);
    case 'cancelled':
      return facts([asked, ...confirmation(say, request), [titles.cancelled, words`${moment(request.cancelledAt)}`]]);
    case 'expired':
      return facts([asked, ...confirmation(say, request), [titles.expired, words`${moment(request.expiredAt)}`]]);
    case 'confirmed':
    case 'done': {
      const begun = [asked, ...release(say, request)];
      const [first, ...more] = request.collections;
      if (first !== undefined && more.length === 0) return facts([...begun, ...ofCollection(say, first)]);
      return facts([...begun, ...(request.state === 'done' ? [finished(say, request)] : [])]);
    }
  }
}

/** Without approval, confirming it lets it go. */
function release(say: Catalogue, request: Extract<Request, { readonly state: 'confirmed' | 'done' }>): readonly Fact[] {
  const { approval, confirmedAt } = request;
  if (approval === undefined) return [[say.timeline.confirmed, words`${moment(confirmedAt)}`]];
  return [...confirmation(say, request), [say.timeline.approved, words`${moment(approval.at)}`]];
}

function confirmation({ timeline: titles }: Catalogue, request: Request): readonly Fact[] {
  const question = questionOf(request);
  return question === undefined ? [] : [[titles.confirmed, words`${moment(question.askedAt)}`]];
}

function reminder({ timeline: titles }: Catalogue, { remindedAt }: AwaitingApproval): readonly Fact[] {
  return remindedAt === undefined ? [] : [[titles.reminded, words`${moment(remindedAt)}`]];
}

function finished(say: Catalogue, { confirmedAt, finishedAt }: Extract<Request, { readonly state: 'done' }>): Fact {
  const took = duration(say, finishedAt - confirmedAt);
  return [say.timeline.finished, say.timeline.endedAfter(moment(finishedAt), took)];
}

function ofCollection(say: Catalogue, collection: Collection): readonly Fact[] {
  const titles = say.timeline;
  switch (collection.state) {
    case 'queued':
      return [];
    case 'submitting':
      return [
        collection.blockedSince === undefined
          ? [titles.sending, words`${moment(collection.startedAt)}`]
          : [titles.waiting, words`${moment(collection.blockedSince)}`],
      ];
    case 'awaitingSignIn':
      return [[titles.waiting, words`${moment(collection.since)}`]];
    case 'running':
      return [sent(say, collection)];
    case 'unwatched':
      return [sent(say, collection), [titles.notFollowed, words`${moment(collection.since)}`]];
    case 'succeeded':
    case 'failed':
    case 'timedOut':
    case 'cancelled':
    case 'unresolved': {
      const took = duration(say, collection.finishedAt - collection.sentAt);
      const title = collection.state === 'unresolved' ? titles.givenUp : titles.finished;
      return [sent(say, collection), [title, titles.endedAfter(moment(collection.finishedAt), took)]];
    }
    case 'refused':
      return [[statusOfCollection(say, collection).word, words`${moment(collection.finishedAt)}`]];
    case 'withdrawn':
      return [[titles.cancelled, words`${moment(collection.finishedAt)}`]];
    case 'expired':
      return [[titles.expired, words`${moment(collection.finishedAt)}`]];
  }
}

/** A joined action was not sent by us: there the request follows since that moment. */
function sent({ timeline: titles }: Catalogue, collection: Extract<Collection, { readonly action: unknown }>): Fact {
  const title = collection.action.status === 'InProgress' ? titles.runningSince : titles.sent;
  return [isJoined(collection) ? titles.followed : title, words`${moment(collection.sentAt)}`];
}
