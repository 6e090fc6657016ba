/** The rows of a list of collections: how each stands, who asked for it and where. */
import { withoutRef } from '../src/domain/comment.ts';
import type { Follower, Listed, ListedAction, ListedRequest, Subject } from '../src/domain/listing.ts';
import { isFinalStatus, type MachineAction } from '../src/domain/machine-action.ts';
import type { Place } from '../src/domain/place.ts';
import { collectionsOf } from '../src/domain/request.ts';
import { type CardElement, group, text } from './adaptive-card.ts';
import { cancellationWords } from './cancellation-words.ts';
import { clipped } from './clipped.ts';
import type { CardContext } from './context.ts';
import { duration } from './dates.ts';
import { deviceNames } from './device-names.ts';
import { devicesTitle } from './device-words.ts';
import type { Catalogue } from './language/catalogue.ts';
import { isJoined } from './ownership-words.ts';
import { placeWords } from './place-words.ts';
import { statusOfAction, statusOfRequest, statusWords } from './status.ts';
import { moment, strong, type Words, words } from './words.ts';

/** A list is for finding something again; its card has the whole text. */
const longestText = 120;
/** Of more requests than these that follow one action the row says how many there are. */
const mostFollowers = 3;

/** One row. */
export function listRow(row: Listed, subject: Subject, context: CardContext): CardElement {
  return row.kind === 'request' ? requestRow(row, context) : actionRow(row, subject, context);
}

/** What a row is about, in one word: for the summary of the card. */
export function rowSummary(say: Catalogue, row: Listed): Words {
  return row.kind === 'request'
    ? words`${devicesTitle(say, deviceNames(row.request))}: ${statusOfRequest(say, row.request).word}.`
    : words`${deviceOf(say, row.action)}: ${statusOfAction(say, row.action.status).word}.`;
}

function requestRow({ request, isUndelivered = false }: ListedRequest, context: CardContext): CardElement {
  const { say } = context;
  const { lists } = say;
  const status = statusOfRequest(say, request);
  const collections = collectionsOf(request);
  const stops = collections.map((each) => cancellationWords(say, each)).filter((each) => each !== undefined);
  return group(
    [
      text(devicesTitle(say, deviceNames(request)), { weight: 'bolder' }),
      text(statusWords(status), { spacing: 'none' }),
      text(
        lists.asked(moment(request.askedAt), whereWords(request.place, context), quoted(say, request.reason)),
        small,
      ),
      ...stops.slice(0, 1).map((each) => text(each, small)),
      ...(isUndelivered ? [text(lists.undelivered, small)] : []),
    ],
    { style: status.tint, spacing: 'small' },
  );
}

const small = { size: 'small', spacing: 'none' } as const;

function actionRow({ action, followers }: ListedAction, subject: Subject, context: CardContext): CardElement {
  const { say } = context;
  const status = statusOfAction(say, action.status);
  const title =
    subject.kind === 'device' ? say.lists.collectionOf(moment(action.createdAt)) : words`${deviceOf(say, action)}`;
  return group(
    [
      text(title, { weight: 'bolder' }),
      text(statusWords(status), { spacing: 'none' }),
      text(startWords(say, action), small),
      ...followerWords(followers, context).map((each) => text(each, small)),
      text(words`${action.id}`, { size: 'small', isSubtle: true, fontType: 'monospace', spacing: 'none' }),
    ],
    { style: status.tint, spacing: 'small' },
  );
}

/** The name that an action's device goes by. Untrusted text. */
export function deviceOf({ lists }: Catalogue, { deviceName, machineId }: MachineAction): string {
  return deviceName ?? (machineId === undefined ? lists.namelessDevice : `${machineId.slice(0, 8)}…`);
}

function startWords(say: Catalogue, action: MachineAction): Words {
  const { lists } = say;
  const { createdAt, updatedAt, status, comment } = action;
  const ended = isFinalStatus(status) && updatedAt !== undefined;
  const took = ended ? lists.endedAfter(duration(say, updatedAt - createdAt)) : words``;
  const why =
    comment === undefined || withoutRef(comment) === '' ? words`` : words`: ${quoted(say, withoutRef(comment))}`;
  return words`${lists.started(moment(createdAt), requestorWords(say, action))}${took}${why}`;
}

/** Who started an action, as Defender writes it. */
export function requestorWords({ lists }: Catalogue, { requestor }: MachineAction): Words {
  return requestor === undefined ? lists.nobodyNamed : words`${strong(clipped(requestor, 80))}`;
}

/** What we know of it: which requests, and where their cards are. */
function followerWords(followers: readonly Follower[], context: CardContext): readonly Words[] {
  const { say } = context;
  const { lists } = say;
  if (followers.length === 0) return [lists.notThroughMe];
  const lines = followers.slice(0, mostFollowers).map(({ request, collection }) => {
    const where = whereWords(request.place, context);
    return isJoined(collection)
      ? lists.followsToo(request.requester.name, where)
      : lists.askedMe(request.requester.name, where);
  });
  const more = followers.length - mostFollowers;
  const stop = followers.map(({ collection }) => cancellationWords(say, collection)).find((each) => each !== undefined);
  return [...lines, ...(more > 0 ? [lists.followedByMore(more)] : []), ...(stop === undefined ? [] : [stop])];
}

/** A list is read somewhere else than the card. */
function whereWords(place: Place, context: CardContext): Words {
  return place.kind === 'personal' ? context.say.lists.inPersonalChat : placeWords(place, context);
}

function quoted({ lists }: Catalogue, theirs: string): Words {
  return lists.quoted(clipped(theirs, longestText));
}
