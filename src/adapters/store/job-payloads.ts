/** The queues, what a job of each carries, and how it is read back: a payload comes from a table, so it is parsed. */
import { z } from 'zod';
import { aadObjectId, collectionId, person, requestId } from './wire-values.ts';

/** One schema per queue. A new queue is a line here, a line in `queues.ts`, and a handler. */
const jobPayloads = {
  /** Edit the card to the newest state, and post the messages that are due. */
  announce: z.strictObject({ request: requestId }),
  /** Ask Defender for the proposed devices. */
  lookUp: z.strictObject({ request: requestId }),
  /** Bring one collection to Defender, or find out whether it got there; a job of an earlier round has nothing to do. */
  submit: z.strictObject({ request: requestId, collection: collectionId, round: z.int().nonnegative().default(0) }),
  /** Sweep everything followed with this watcher's token. */
  follow: z.strictObject({ watcher: aadObjectId }),
  /** Look at the clock for this request. */
  expire: z.strictObject({ request: requestId }),
  /** If this person still has no token, send them a way to sign in that needs no card. */
  offerSignIn: z.strictObject({ request: requestId, person }),
  /** Delete what is older than it may become; plans itself for the next day. */
  retain: z.strictObject({}),
  /** Seal rows of the audit in its hash chain. */
  chainAudit: z.strictObject({ numbers: z.array(z.int().positive()).readonly() }),
} as const;

/** A queue's name. */
export type QueueName = keyof typeof jobPayloads;
/** What a job of each queue carries. */
export type JobPayloads = { readonly [Queue in QueueName]: Readonly<z.output<(typeof jobPayloads)[Queue]>> };
/** A job of one queue, or of any. */
export type Job<Queue extends QueueName = QueueName> = {
  readonly [Each in QueueName]: { readonly queue: Each; readonly payload: JobPayloads[Each] };
}[Queue];

/**
 * Who does the work, one handler per queue. A handler that throws is called again later, and more than once after a
 * crash, so each must be safe to repeat.
 */
export type JobHandlers = {
  /** @param signal aborts when the job's time (60 s) is up: another worker may then be at it already */
  readonly [Queue in QueueName]: (payload: JobPayloads[Queue], signal: AbortSignal) => Promise<void>;
};

/** `jobPayloads` again, typed so that the queue's name decides what comes out. */
export const payloadReaders: { readonly [Queue in QueueName]: { parse(data: unknown): JobPayloads[Queue] } } =
  jobPayloads;

/** Every queue, in the order of `jobPayloads`. */
export const queueNames = [
  'announce',
  'lookUp',
  'submit',
  'follow',
  'expire',
  'offerSignIn',
  'retain',
  'chainAudit',
] as const satisfies readonly QueueName[];
