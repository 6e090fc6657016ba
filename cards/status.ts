/**
 * The one visual language of every card: an icon, a word and a tint for each status. The word alone says it all.
 * The tint is the background: coloured letters are hard to read in some themes.
 */
import type { ActionStatus } from '../src/domain/machine-action.ts';
import type { Problem } from '../src/domain/problem.ts';
import type { Collection, Request, Sighting } from '../src/domain/request.ts';
import type { Tint } from './adaptive-card.ts';
import type { Catalogue } from './language/catalogue.ts';
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
export function statusOfSighting(say: Catalogue, sighting: Sighting): Status {
  const { status } = say;
  switch (sighting.step) {
    case 'signInNeeded':
      return { ...waitsForYou, word: status.signInNeeded };
    case 'looking':
      return sighting.delayedBy === undefined
        ? { ...atWork, word: status.looking }
        : statusOfDelay(say, sighting.delayedBy);
    case 'choosing':
      return { ...waitsForYou, word: status.whichDevice };
    case 'found':
      return { ...waitsForYou, word: status.waitsForConfirmation };
    case 'problem':
      return { ...bad, word: status.cannotGoOn };
  }
}

/** The status of a collection. */
export function statusOfCollection(say: Catalogue, collection: Collection): Status {
  const { status } = say;
  switch (collection.state) {
    case 'queued':
      return collection.delayedBy === undefined
        ? { ...atWork, word: status.sending }
        : statusOfDelay(say, collection.delayedBy);
    case 'submitting':
      return collection.blockedSince === undefined
        ? { ...atWork, word: status.sending }
        : { ...waitsForYou, word: status.signInNeeded };
    case 'awaitingSignIn':
      return { ...waitsForYou, word: status.signInNeeded };
    case 'running':
      return { ...atWork, word: status.ofAction[collection.action.status] };
    case 'unwatched':
      return { ...waitsForYou, word: status.notFollowed };
    case 'succeeded':
      return { ...good, word: status.ofAction.Succeeded };
    case 'failed':
      return { ...bad, word: status.ofAction.Failed };
    case 'timedOut':
      return { ...bad, word: status.ofAction.TimeOut };
    case 'cancelled':
      return { ...over, word: status.ofAction.Cancelled };
    case 'refused':
      return collection.problem.kind === 'outcomeUnknown'
        ? { ...unclear, word: status.outcomeUnknown }
        : { ...bad, word: status.refused };
    case 'withdrawn':
      return { ...over, word: status.withdrawn };
    case 'expired':
      return { ...over, word: status.expired };
    case 'unresolved':
      return { ...unclear, word: status.noEndSeen };
  }
}

function statusOfDelay({ status }: Catalogue, { kind }: Problem): Status {
  return kind === 'noBudget' ? { ...atWork, word: status.queued } : { ...unclear, word: status.delayed };
}

/** The status of an action that may be nobody's request. */
export function statusOfAction({ status }: Catalogue, of: ActionStatus): Status {
  return { ...lookOfAction[of], word: status.ofAction[of] };
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
export function statusOfRequest(say: Catalogue, request: Request): Status {
  const { status } = say;
  switch (request.state) {
    case 'proposed':
      return mostPressing(
        say,
        request.devices.map(({ sighting }) => statusOfSighting(say, sighting)),
      );
    case 'awaitingApproval':
      return { ...waitsForYou, word: status.waitsForApproval };
    case 'denied':
      return { ...bad, word: status.denied };
    case 'cancelled':
      return { ...over, word: status.cancelled };
    case 'expired':
      return { ...over, word: status.expired };
    case 'confirmed':
      return mostPressing(
        say,
        request.collections.map((each) => statusOfCollection(say, each)),
      );
    case 'done':
      return sumOf(
        say,
        request.collections.map((each) => statusOfCollection(say, each)),
      );
  }
}

/** A status as a line: icon and word. */
export function statusWords({ icon, word }: Status): Words {
  return words`${icon} ${strong(word)}`;
}

const pressing: readonly Tint[] = ['warning', 'accent', 'attention', 'emphasis', 'good'];

/** While it goes on, what waits for a person comes before what is at work. */
function mostPressing({ status }: Catalogue, statuses: readonly Status[]): Status {
  const [first] = statuses.toSorted((one, other) => pressing.indexOf(one.tint) - pressing.indexOf(other.tint));
  return first ?? { ...over, word: status.nothingToDo };
}

/** At the end, devices that all ended alike share one word; others are counted in the rows. */
function sumOf({ status }: Catalogue, statuses: readonly Status[]): Status {
  const [first] = statuses;
  if (first !== undefined && statuses.every(({ word }) => word === first.word)) return first;
  return statuses.some(({ tint }) => tint === 'good')
    ? { ...unclear, word: status.finishedInPart }
    : { ...bad, word: status.finishedWithoutPackage };
}
