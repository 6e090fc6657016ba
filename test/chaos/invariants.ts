/** What must hold after a chaos run, whatever happened in it. Pure: a history in, what is wrong with it out. */
import type { FinalCollection, Request } from '../../src/domain/request.ts';

/** An action that Defender made: one accepted POST. */
export interface Accepted {
  readonly id: string;
  /** The Comment as it was sent. */
  readonly comment: string;
  readonly device: string;
  /** Defender's word for how it stands. */
  readonly status: string;
}

/** A closing message in a conversation. */
export interface ClosingPost {
  readonly activity: string;
  /** False when the bot may not have learnt that it was posted: its answer was lost, or the bot was stopped right then. */
  readonly hasClearOutcome: boolean;
}

/** A request as the database has it, and what its conversation shows of it. */
export interface Told {
  readonly request: Request;
  /** The card that the database knows of, as it stands there, and as it should; undefined when there is none. */
  readonly card: { readonly shown: string; readonly expected: string } | undefined;
  readonly closings: readonly ClosingPost[];
}

/** Everything that is left of a run. */
export interface History {
  readonly requests: readonly Told[];
  readonly accepted: readonly Accepted[];
  /** Reasons of the requests of which a person was told that they are confirmed. */
  readonly confirmed: ReadonlySet<string>;
  /** Jobs that wait or are at work, as text. */
  readonly jobs: readonly string[];
  readonly deadLetters: number;
  /** What breaks the audit's hash chain; undefined when nothing does. */
  readonly auditFault: string | undefined;
}

/** A promise, and where a history breaks it: a line for each place. */
export interface Finding {
  readonly promise: string;
  /** In how many places it was looked at. */
  readonly looked: number;
  readonly broken: readonly string[];
}

/** Looks at every promise. */
export function findingsOf(history: History): readonly Finding[] {
  return [
    onePostEach(history),
    collectionsAreTrue(history),
    nothingInFlight(history),
    confirmationsAreKept(history),
    cardsAreFinal(history),
    closingsAreThere(history),
    closingsAreNotDoubled(history),
    auditIsWhole(history),
  ];
}

/** How many closing messages stand there more often than once, each after an outcome that the bot could not know. */
export function excusedDoubles({ requests }: History): number {
  return requests.reduce((sum, { closings }) => sum + Math.max(0, closings.length - 1), 0);
}

function onePostEach({ requests, accepted }: History): Finding {
  const known = new Set<string>(requests.flatMap(({ request }) => collectionsOf(request).map(({ ref }) => ref)));
  const seen = new Map<string, string>();
  const broken: string[] = [];
  for (const { id, comment } of accepted) {
    const ref = refIn(comment);
    if (ref === undefined) broken.push(`action ${id} has no ref: ${comment}`);
    else if (!known.has(ref)) broken.push(`action ${id} belongs to no stored collection: ${comment}`);
    else if (seen.has(ref)) broken.push(`ref ${ref} was accepted twice: ${seen.get(ref)} and ${id}`);
    if (ref !== undefined) seen.set(ref, id);
  }
  return { promise: 'at most one accepted POST per collection', looked: accepted.length, broken };
}

function collectionsAreTrue({ requests, accepted }: History): Finding {
  const done = requests.flatMap(({ request }) => (request.state === 'done' ? request.collections : []));
  const broken = done.flatMap((collection) => {
    const why = untruth(collection, accepted);
    return why === undefined ? [] : [`collection ${collection.id} (${collection.state}): ${why}`];
  });
  return {
    promise: 'each ends as Defender has it: one POST, a join, or a stated refusal',
    looked: done.length,
    broken,
  };
}

const words = { succeeded: 'Succeeded', failed: 'Failed', timedOut: 'TimeOut', cancelled: 'Cancelled' } as const;

function untruth(collection: FinalCollection, accepted: readonly Accepted[]): string | undefined {
  const own = accepted.filter(({ comment }) => refIn(comment) === collection.ref);
  switch (collection.state) {
    case 'refused':
    case 'withdrawn':
    case 'expired':
      return own.length === 0 ? undefined : `Defender has its action ${own[0]?.id}`;
    case 'unresolved':
      return 'it was given up';
    case 'succeeded':
    case 'failed':
    case 'timedOut':
    case 'cancelled': {
      const isJoined = collection.ownership.kind === 'joined';
      if (!isJoined && own.length === 0) return 'Defender never got it';
      if (isJoined && own.length > 0) return `it says joined, and has its own action ${own[0]?.id}`;
      const action = accepted.find(({ id }) => id === collection.action.id);
      if (action === undefined) return `Defender has no action ${collection.action.id}`;
      if (!isJoined && action !== own[0]) return `it follows ${action.id}, and its own is ${own[0]?.id}`;
      if (action.device !== collection.device.id) return `its action is about ${action.device}`;
      return action.status === words[collection.state] ? undefined : `Defender says ${action.status}`;
    }
  }
}

function nothingInFlight({ requests, jobs, deadLetters }: History): Finding {
  const open = requests.filter(({ request }) => request.state === 'confirmed');
  const broken = [
    ...open.map(({ request }) => `${named(request)} is open: ${collectionsOf(request).map(({ state }) => state)}`),
    ...jobs,
    ...(deadLetters === 0 ? [] : [`${deadLetters} dead letters`]),
  ];
  return { promise: 'nothing in flight, no job, no dead letter', looked: requests.length, broken };
}

function confirmationsAreKept({ requests, confirmed }: History): Finding {
  const kept = new Set(requests.flatMap(({ request }) => ('collections' in request ? [`${request.reason}`] : [])));
  const broken = [...confirmed].filter((reason) => !kept.has(reason)).map((reason) => `'${reason}' is not confirmed`);
  return { promise: 'a confirmation that was answered is kept', looked: confirmed.size, broken };
}

function cardsAreFinal({ requests }: History): Finding {
  const broken = requests.flatMap(({ request, card }) => {
    if (card === undefined) return [`${named(request)} has no card`];
    return card.shown === card.expected ? [] : [`${named(request)} shows ${card.shown}, not ${card.expected}`];
  });
  return { promise: 'each card shows the state of its request', looked: requests.length, broken };
}

function closingsAreThere({ requests }: History): Finding {
  const done = requests.filter(({ request }) => request.state === 'done');
  const broken = done.filter(({ closings }) => closings.length === 0).map(({ request }) => named(request));
  return { promise: 'a closing message for each that is done', looked: done.length, broken };
}

function closingsAreNotDoubled({ requests }: History): Finding {
  const broken = requests.flatMap(({ request, closings }) => {
    if (request.state !== 'done' && closings.length > 0) return [`${named(request)} is not done, and has a closing`];
    const unclear = closings.filter(({ hasClearOutcome }) => !hasClearOutcome).length;
    const repeats = closings.length - 1;
    return repeats > unclear ? [`${named(request)} has ${closings.length}, ${unclear} of unknown outcome`] : [];
  });
  return { promise: 'no second closing but after an unknown outcome', looked: requests.length, broken };
}

function auditIsWhole({ auditFault }: History): Finding {
  const broken = auditFault === undefined ? [] : [auditFault];
  return { promise: 'the audit’s chain is unbroken', looked: 1, broken };
}

function collectionsOf(request: Request) {
  return 'collections' in request ? request.collections : [];
}

function named({ id, reason, state }: Request): string {
  return `request ${id} ('${reason}', ${state})`;
}

/** The ref that opens a Comment of ours. */
function refIn(comment: string): string | undefined {
  return /^\[ref ([0-9a-f]{20})\]/.exec(comment)?.[1];
}
