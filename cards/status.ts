/**
 * The one visual language of every card: an icon, a word and a tint for each status. The word alone says it all.
 * The tint is the background: coloured letters are hard to read in some themes.
 */
import type { ActionStatus } from '../src/domain/machine-action.ts';
import type { Problem } from '../src/domain/problem.ts';
import type { Collection, Request, Sighting } from '../src/domain/request.ts';
import type { Tint } from './adaptive-card.ts';
import { strong, type Words, words } from './words.ts';

/** How a status looks. */
export interface Status {
  readonly icon: string;
  readonly word: string;
  readonly tint: Tint;
}

const waitsForYou = { icon: '◆', tint: 'warning' } as const;
const unclear = { icon: '▲', tint: 'warning' } as const;
const atWork = { icon: '●', tint: 'accent' } as const;
const good = { icon: '✔', tint: 'good' } as const;
const bad = { icon: '✖', tint: 'attention' } as const;
const over = { icon: '■', tint: 'emphasis' } as const;

/** The status of a device that is not confirmed yet. */
export function statusOfSighting(sighting: Sighting): Status {
  switch (sighting.step) {
    case 'signInNeeded':
      return { ...waitsForYou, word: 'Sign-in needed' };
    case 'looking':
      return sighting.delayedBy === undefined
        ? { ...atWork, word: 'Looking up the device' }
        : statusOfDelay(sighting.delayedBy);
    case 'choosing':
      return { ...waitsForYou, word: 'Which device?' };
    case 'found':
      return { ...waitsForYou, word: 'Waiting for confirmation' };
    case 'problem':
      return { ...bad, word: 'Cannot go on' };
  }
}

/** The status of a collection. */
export function statusOfCollection(collection: Collection): Status {
  switch (collection.state) {
    case 'queued':
      return collection.delayedBy === undefined ? { ...atWork, word: 'Sending' } : statusOfDelay(collection.delayedBy);
    case 'submitting':
      return collection.blockedSince === undefined
        ? { ...atWork, word: 'Sending' }
        : { ...waitsForYou, word: 'Sign-in needed' };
    case 'awaitingSignIn':
      return { ...waitsForYou, word: 'Sign-in needed' };
    case 'running':
      return { ...atWork, word: wordOfAction[collection.action.status] };
    case 'unwatched':
      return { ...waitsForYou, word: 'Not followed' };
    case 'succeeded':
      return { ...good, word: wordOfAction.Succeeded };
    case 'failed':
      return { ...bad, word: wordOfAction.Failed };
    case 'timedOut':
      return { ...bad, word: wordOfAction.TimeOut };
    case 'cancelled':
      return { ...over, word: wordOfAction.Cancelled };
    case 'refused':
      return collection.problem.kind === 'outcomeUnknown'
        ? { ...unclear, word: 'Outcome unknown' }
        : { ...bad, word: 'Refused' };
    case 'withdrawn':
      return { ...over, word: 'Cancelled before sending' };
    case 'expired':
      return { ...over, word: 'Expired' };
    case 'unresolved':
      return { ...unclear, word: 'No end seen' };
  }
}

function statusOfDelay({ kind }: Problem): Status {
  return kind === 'noBudget' ? { ...atWork, word: 'Queued' } : { ...unclear, word: 'Delayed' };
}

/** Defender’s words for where an action stands, in ours. */
export const wordOfAction = {
  Pending: 'Pending',
  InProgress: 'In progress',
  Succeeded: 'Succeeded',
  Failed: 'Failed',
  TimeOut: 'Timed out',
  Cancelled: 'Cancelled',
} as const satisfies Record<ActionStatus, string>;

/** The status of an action that may be nobody's request. */
export function statusOfAction(status: ActionStatus): Status {
  return { ...lookOfAction[status], word: wordOfAction[status] };
}

const lookOfAction = {
  Pending: atWork,
  InProgress: atWork,
  Succeeded: good,
  Failed: bad,
  TimeOut: bad,
  Cancelled: over,
} as const satisfies Record<ActionStatus, Omit<Status, 'word'>>;

/** The status of a whole request: its device's where it has one, else how far it is as a whole. */
export function statusOfRequest(request: Request): Status {
  switch (request.state) {
    case 'proposed':
      return mostPressing(request.devices.map(({ sighting }) => statusOfSighting(sighting)));
    case 'awaitingApproval':
      return { ...waitsForYou, word: 'Waiting for approval' };
    case 'denied':
      return { ...bad, word: 'Denied' };
    case 'cancelled':
      return { ...over, word: 'Cancelled' };
    case 'expired':
      return { ...over, word: 'Expired' };
    case 'confirmed':
      return mostPressing(request.collections.map(statusOfCollection));
    case 'done':
      return sumOf(request.collections.map(statusOfCollection));
  }
}

/** A status as a line: icon and word. */
export function statusWords({ icon, word }: Status): Words {
  return words`${icon} ${strong(word)}`;
}

const pressing: readonly Tint[] = ['warning', 'accent', 'attention', 'emphasis', 'good'];

/** While it goes on, what waits for a person comes before what is at work. */
function mostPressing(statuses: readonly Status[]): Status {
  const [first] = statuses.toSorted((one, other) => pressing.indexOf(one.tint) - pressing.indexOf(other.tint));
  return first ?? { ...over, word: 'Nothing to do' };
}

/** At the end, devices that all ended alike share one word; others are counted in the rows. */
function sumOf(statuses: readonly Status[]): Status {
  const [first] = statuses;
  if (first !== undefined && statuses.every(({ word }) => word === first.word)) return first;
  return statuses.some(({ tint }) => tint === 'good')
    ? { ...unclear, word: 'Finished in part' }
    : { ...bad, word: 'Finished without a package' };
}
