/** Every moment at which the bot is killed, by name. */
import type { Operation } from '../sandbox/operations.ts';
import type { WireRequest } from '../sandbox/wire.ts';
import type { StatementMoment } from './postgres-proxy.ts';
import { queues, type StatementName, steps } from './statement-names.ts';

/**
 * A call to the cloud. `lost`: it never arrives, the process dies waiting for its answer. `acted`: the other side has
 * done it, and the process dies before it learns.
 */
export interface WirePoint {
  readonly on: 'wire';
  readonly what: string;
  readonly moment: 'lost' | 'acted';
  readonly operation: Operation;
  readonly when: (request: WireRequest) => boolean;
  /** So many such calls go well before it. */
  readonly skip: number;
  /** Only a process that has just started makes this call: later ones have its answer in memory. */
  readonly isFirst: boolean;
  readonly story: Story;
}

/** A statement to PostgreSQL. */
export interface StatementPoint {
  readonly on: 'statement';
  readonly what: StatementName;
  readonly moment: StatementMoment;
  readonly story: Story;
}

/**
 * Which way the collection takes. `plain`: signed in, all goes well. `sign-in`: by the card. `unclear`: Defender's answer
 * to the POST is lost, and has to be looked for.
 */
export type Story = 'plain' | 'sign-in' | 'unclear';
export type CrashPoint = WirePoint | StatementPoint;

/** As the tests and the progress print it. */
export function titleOf({ on, what, moment, story }: CrashPoint): string {
  return `${on} · ${what} · ${moment}${story === 'plain' ? '' : ` (${story})`}`;
}

type Wire = Pick<WirePoint, 'what' | 'operation'> & Partial<Pick<WirePoint, 'when' | 'skip' | 'isFirst' | 'story'>>;
const always = () => true;
const says = (text: string) => (request: WireRequest) => request.rawBody.includes(text);
const asks = (text: string) => (request: WireRequest) => (request.query.get('$filter') ?? '').includes(text);
const isCard = says('"attachments":[{');

const wires: readonly Wire[] = [
  { what: 'signing keys', operation: 'botFramework.keys', isFirst: true },
  { what: 'token of the bot itself', operation: 'entra.clientCredentials', isFirst: true },
  { what: 'sign-in, for the look-up', operation: 'tokenService.getToken' },
  { what: 'sign-in, for the click', operation: 'tokenService.getToken', skip: 1 },
  { what: 'sign-in, for the POST', operation: 'tokenService.getToken', skip: 2 },
  { what: 'sign-in, for the sweep', operation: 'tokenService.getToken', skip: 3 },
  { what: 'sign-in by the card', operation: 'tokenService.exchange', story: 'sign-in' },
  { what: 'token for Defender', operation: 'entra.obo', isFirst: true },
  { what: 'device', operation: 'defender.getMachine' },
  { what: 'earlier collections', operation: 'defender.listActions', when: asks('machineId eq') },
  { what: 'card posted', operation: 'connector.send', when: isCard },
  {
    what: 'card posted, with a sign-in',
    operation: 'connector.send',
    when: isCard,
    story: 'sign-in',
  },
  { what: 'card edited, to be confirmed', operation: 'connector.update', when: says('"title":"Collect"') },
  { what: 'POST', operation: 'defender.collect' },
  {
    what: 'look for the POST',
    operation: 'defender.listActions',
    when: asks('machineId eq'),
    skip: 1,
    story: 'unclear',
  },
  { what: 'card edited, action running', operation: 'connector.update', when: says('Pending') },
  { what: 'sweep', operation: 'defender.listActions', when: asks('requestor eq') },
  { what: 'card edited, at its end', operation: 'connector.update', when: says('Get download link') },
  {
    what: 'closing message',
    operation: 'connector.send',
    when: (request) => !isCard(request) && says('Succeeded')(request),
  },
];

/** Points that the sandbox sees: on every store. */
export const wirePoints: readonly WirePoint[] = wires.flatMap((wire) => {
  const base = { on: 'wire', when: always, skip: 0, isFirst: false, story: 'plain', ...wire } as const;
  return [
    { ...base, moment: 'lost' },
    { ...base, moment: 'acted' },
  ] as const;
});

const bothMoments = ['sent', 'answered'] as const;

const statements: readonly StatementName[] = [
  'person let in',
  'address of the conversation',
  'address of the tenant',
  ...steps.flatMap((step) => [`request: ${step}`, `commit of request: ${step}`] as const),
  // Where it says that the POST is about to be sent, the job that sends it is at work already.
  ...steps.flatMap((step) => (step === 'submitting' ? [] : [`jobs of request: ${step}` as const])),
  'collection: queued',
  'collection: submitting',
  'collection: running',
  'collection: succeeded',
  'audit entry',
  'commit of audit chain',
  'call counted',
  'commit of call counted',
  'commit of turn in the chat',
  'post: card',
  'commit of post: card',
  'post edited',
  "Defender's name for the requester",
  'sweep planned',
  'sweep begun',
  ...queues.map((queue) => `job done: ${queue}` as const),
  'post: closing',
  'commit of post: closing',
];

/** Points that a proxy before PostgreSQL sees. */
export const statementPoints: readonly StatementPoint[] = [
  ...statements.flatMap((what) => bothMoments.map((moment) => statementPoint(what, moment))),
  ...queues.map((queue) => statementPoint(`job taken: ${queue}`, 'gave rows')),
];

function statementPoint(what: StatementName, moment: StatementMoment): StatementPoint {
  return { on: 'statement', what, moment, story: 'plain' };
}
