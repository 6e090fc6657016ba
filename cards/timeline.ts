import { type AwaitingApproval, type Collection, questionOf, type Request } from '../src/domain/request.ts';
import { type FactSet, facts } from './adaptive-card.ts';
import { duration } from './dates.ts';
import { isJoined } from './ownership-words.ts';
import { statusOfCollection } from './status.ts';
import { moment, type Words, words } from './words.ts';

type Fact = readonly [title: string, value: Words];

/**
 * What happened when, oldest first: of the request, and of its collection where it has only one. Moments only: a fact
 * does not break a long word, so a long name would stick out of the card on a phone.
 */
export function timeline(request: Request): FactSet {
  const asked: Fact = ['Asked', words`${moment(request.askedAt)}`];
  switch (request.state) {
    case 'proposed':
      return facts([asked]);
    case 'awaitingApproval':
      return facts([asked, ...confirmation(request), ...reminder(request)]);
    case 'denied':
      return facts([asked, ...confirmation(request), ['Denied', words`${moment(request.denial.at)}`]]);
    case 'cancelled':
      return facts([asked, ...confirmation(request), ['Cancelled', words`${moment(request.cancelledAt)}`]]);
    case 'expired':
      return facts([asked, ...confirmation(request), ['Expired', words`${moment(request.expiredAt)}`]]);
    case 'confirmed':
    case 'done': {
      const begun = [asked, ...release(request)];
      const [first, ...more] = request.collections;
      if (first !== undefined && more.length === 0) return facts([...begun, ...ofCollection(first)]);
      return facts([...begun, ...(request.state === 'done' ? [finished(request)] : [])]);
    }
  }
}

/** Without approval, confirming it lets it go. */
function release(request: Extract<Request, { readonly state: 'confirmed' | 'done' }>): readonly Fact[] {
  const { approval, confirmedAt } = request;
  if (approval === undefined) return [['Confirmed', words`${moment(confirmedAt)}`]];
  return [...confirmation(request), ['Approved', words`${moment(approval.at)}`]];
}

function confirmation(request: Request): readonly Fact[] {
  const question = questionOf(request);
  return question === undefined ? [] : [['Confirmed', words`${moment(question.askedAt)}`]];
}

function reminder({ remindedAt }: AwaitingApproval): readonly Fact[] {
  return remindedAt === undefined ? [] : [['Reminded', words`${moment(remindedAt)}`]];
}

function finished({ confirmedAt, finishedAt }: Extract<Request, { readonly state: 'done' }>): Fact {
  return ['Finished', words`${moment(finishedAt)}, after ${duration(finishedAt - confirmedAt)}`];
}

function ofCollection(collection: Collection): readonly Fact[] {
  switch (collection.state) {
    case 'queued':
      return [];
    case 'submitting':
      return [
        collection.blockedSince === undefined
          ? ['Sending', words`${moment(collection.startedAt)}`]
          : ['Waiting', words`${moment(collection.blockedSince)}`],
      ];
    case 'awaitingSignIn':
      return [['Waiting', words`${moment(collection.since)}`]];
    case 'running':
      return [sent(collection)];
    case 'unwatched':
      return [sent(collection), ['Not followed', words`${moment(collection.since)}`]];
    case 'succeeded':
    case 'failed':
    case 'timedOut':
    case 'cancelled':
    case 'unresolved': {
      const took = duration(collection.finishedAt - collection.sentAt);
      const title = collection.state === 'unresolved' ? 'Given up' : 'Finished';
      return [sent(collection), [title, words`${moment(collection.finishedAt)}, after ${took}`]];
    }
    case 'refused':
      return [[statusOfCollection(collection).word, words`${moment(collection.finishedAt)}`]];
    case 'withdrawn':
      return [['Cancelled', words`${moment(collection.finishedAt)}`]];
    case 'expired':
      return [['Expired', words`${moment(collection.finishedAt)}`]];
  }
}

/** A joined action was not sent by us: there the request follows since that moment. */
function sent(collection: Extract<Collection, { readonly action: unknown }>): Fact {
  const title = collection.action.status === 'InProgress' ? 'Running since' : 'Sent';
  return [isJoined(collection) ? 'Followed' : title, words`${moment(collection.sentAt)}`];
}
