/** The rows of the tab's list. The page shows their texts as they are, so nothing in them is markup. */
import { withoutRef } from '../src/domain/comment.ts';
import type { MachineActionId } from '../src/domain/ids.ts';
import type { Instant } from '../src/domain/instant.ts';
import type { Follower, Listed, ListedAction } from '../src/domain/listing.ts';
import { isSamePerson, type Person } from '../src/domain/person.ts';
import { deviceNames } from './device-names.ts';
import { devicesTitle } from './device-words.ts';
import type { Catalogue } from './language/catalogue.ts';
import { deviceOf } from './list-rows.ts';
import { oneLine } from './markdown.ts';
import { isJoined } from './ownership-words.ts';
import { plainText } from './plain-text.ts';
import { type Status, statusOfAction, statusOfRequest } from './status.ts';
import { type CardId, cardIdText } from './tab-card-id.ts';

/** One row. */
export interface TabRow {
  readonly id: string;
  readonly opens: string;
  readonly device: string;
  readonly status: Status;
  readonly who: string;
  readonly reason: string;
  readonly at: Instant;
}

/**
 * @param mayOpen whether the person may see the whole card of a request
 */
export function tabRow(say: Catalogue, person: Person, row: Listed, mayOpen: (follower: Follower) => boolean): TabRow {
  if (row.kind === 'action') return actionRow(say, person, row, mayOpen);
  const { request } = row;
  const id = cardIdText({ kind: 'request', id: request.id });
  return {
    ...{ id, opens: id, at: request.askedAt },
    device: plainText(devicesTitle(say, deviceNames(request))),
    status: statusOfRequest(say, request),
    who: oneLine(request.requester.name),
    reason: oneLine(request.reason),
  };
}

function actionRow(
  say: Catalogue,
  person: Person,
  { action, followers }: ListedAction,
  mayOpen: (follower: Follower) => boolean,
): TabRow {
  const own = followers.find(({ request }) => isSamePerson(request.requester, person));
  const starter = followers.find(({ collection }) => !isJoined(collection));
  const opened = [own, starter].find((each) => each !== undefined && mayOpen(each));
  return {
    id: cardIdText({ kind: 'action', id: action.id }),
    opens: cardIdText(openedCard(opened, action.id)),
    device: oneLine(deviceOf(say, action)),
    status: statusOfAction(say, action.status),
    who: oneLine(starter?.request.requester.name ?? action.requestor ?? say.tabAnswers.namelessStarter),
    reason: oneLine(starter?.request.reason ?? withoutRef(action.comment ?? '')),
    at: action.createdAt,
  };
}

function openedCard(opened: Follower | undefined, action: MachineActionId): CardId {
  return opened === undefined ? { kind: 'action', id: action } : { kind: 'request', id: opened.request.id };
}
