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
export function rowSummary(row: Listed): Words {
  return row.kind === 'request'
    ? words`${devicesTitle(deviceNames(row.request))}: ${statusOfRequest(row.request).word}.`
    : words`${deviceOf(row.action)}: ${statusOfAction(row.action.status).word}.`;
}

function requestRow({ request, isUndelivered = false }: ListedRequest, context: CardContext): CardElement {
  const status = statusOfRequest(request);
  const collections = collectionsOf(request);
  const stops = collections.map(cancellationWords).filter((each) => each !== undefined);
  return group(
    [
      text(devicesTitle(deviceNames(request)), { weight: 'bolder' }),
      text(statusWords(status), { spacing: 'none' }),
      text(
        words`Asked ${moment(request.askedAt)} ${whereWords(request.place, context)}: ${quoted(request.reason)}`,
        small,
      ),
      ...stops.slice(0, 1).map((each) => text(each, small)),
      ...(isUndelivered
        ? [text(words`Teams did not take its card or message, so there it may be missing or out of date.`, small)]
        : []),
    ],
    { style: status.tint, spacing: 'small' },
  );
}

const small = { size: 'small', spacing: 'none' } as const;

function actionRow({ action, followers }: ListedAction, subject: Subject, context: CardContext): CardElement {
  const status = statusOfAction(action.status);
  const title =
    subject.kind === 'device' ? words`Collection of ${moment(action.createdAt)}` : words`${deviceOf(action)}`;
  return group(
    [
      text(title, { weight: 'bolder' }),
      text(statusWords(status), { spacing: 'none' }),
      text(startWords(action), small),
      ...followerWords(followers, context).map((each) => text(each, small)),
      text(words`${action.id}`, { size: 'small', isSubtle: true, fontType: 'monospace', spacing: 'none' }),
    ],
    { style: status.tint, spacing: 'small' },
  );
}

/** The name that an action's device goes by. Untrusted text. */
export function deviceOf({ deviceName, machineId }: MachineAction): string {
  return deviceName ?? (machineId === undefined ? 'A device that Defender does not name' : `${machineId.slice(0, 8)}…`);
}

function startWords(action: MachineAction): Words {
  const { createdAt, updatedAt, status, comment } = action;
  const ended = isFinalStatus(status) && updatedAt !== undefined;
  const took = ended ? words`, ended after ${duration(updatedAt - createdAt)}` : words``;
  const why = comment === undefined || withoutRef(comment) === '' ? words`` : words`: ${quoted(withoutRef(comment))}`;
  return words`Started ${moment(createdAt)} by ${requestorWords(action)}${took}${why}`;
}

/** Who started an action, as Defender writes it. */
export function requestorWords({ requestor }: MachineAction): Words {
  return requestor === undefined
    ? words`somebody whom Defender does not name`
    : words`${strong(clipped(requestor, 80))}`;
}

/** What we know of it: which requests, and where their cards are. */
function followerWords(followers: readonly Follower[], context: CardContext): readonly Words[] {
  if (followers.length === 0) return [words`It was not asked for through me.`];
  const lines = followers.slice(0, mostFollowers).map(({ request, collection }) => {
    const where = whereWords(request.place, context);
    return isJoined(collection)
      ? words`${request.requester.name} follows it, too, ${where}.`
      : words`${request.requester.name} asked me for it ${where}.`;
  });
  const more = followers.length - mostFollowers;
  const stop = followers.map(({ collection }) => cancellationWords(collection)).find((each) => each !== undefined);
  return [
    ...lines,
    ...(more > 0 ? [words`It is followed by ${more} more.`] : []),
    ...(stop === undefined ? [] : [stop]),
  ];
}

/** A list is read somewhere else than the card. */
function whereWords(place: Place, context: CardContext): Words {
  return place.kind === 'personal' ? words`in a 1:1 chat with me` : placeWords(place, context);
}

function quoted(theirs: string): Words {
  return words`“${clipped(theirs, longestText)}”`;
}
