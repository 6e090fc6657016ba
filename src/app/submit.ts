/**
 * Brings one collection to Defender, at most once. The API has no idempotency key, so the attempt is stored before
 * the POST, the POST has a hard deadline, and whatever ends unclearly is looked up, never resent
 * (how-it-works, 'One collection per Collection').
 */
import { isAsApproved } from '../domain/approval.ts';
import { type CollectOutcome, judgeCollectAnswer } from '../domain/collect-outcome.ts';
import type { CollectionEvent } from '../domain/collection-event.ts';
import { composeComment } from '../domain/comment.ts';
import type { CollectionId, RequestId } from '../domain/ids.ts';
import { later, second } from '../domain/instant.ts';
import { type Claim, clockTolerance, findActive, findOurs } from '../domain/ownership.ts';
import type { Problem } from '../domain/problem.ts';
import { problemOfFailure } from '../domain/problem-of-failure.ts';
import { type Confirmed, type Queued, type Request, roundOf, type Submitting } from '../domain/request.ts';
import type { DefenderToken } from '../domain/secret.ts';
import type { Changed, Defender, RequestStore } from '../ports.ts';
import { type AccessPorts, askForFreshSignIn, defenderAccess } from './access.ts';
import { decide } from './decide.ts';
import { resumeIfSignedIn } from './sign-in.ts';

/** The POST is sent, and its answer awaited, no later than this after its attempt was about to be stored. */
export const postDeadline = 10 * second;
/** Pause after Entra or the Token Service did not answer. */
const signInRetry = 10 * second;

/** What a submission needs. */
export interface SubmitPorts extends AccessPorts {
  readonly store: RequestStore;
  readonly defender: Defender;
  /** Milliseconds on a clock that never jumps (`performance.now()`): the deadline holds over a stopped process. */
  readonly monotonic: () => number;
}

/**
 * Sends a queued collection, or finds out what became of one whose POST had no clear end.
 * @param round the round of the collection that this work is for; in a later one another job has taken over
 */
export async function submit(
  ports: SubmitPorts,
  id: RequestId,
  collectionId: CollectionId,
  round: number,
): Promise<void> {
  const request = await ports.store.find(id);
  if (request?.state !== 'confirmed') return;
  const collection = request.collections.find((each) => each.id === collectionId);
  if (collection?.state !== 'queued' && collection?.state !== 'submitting') return;
  if (roundOf(collection) !== round) return;
  if (collection.state === 'queued') await send(ports, request, collection);
  else await look(ports, request, collection);
}

async function send(ports: SubmitPorts, request: Confirmed, queued: Queued): Promise<void> {
  if (!isAsApproved(request)) {
    ports.log.error({ request: request.id }, 'a request differs from what was approved; nothing is sent');
    const problem: Problem = { kind: 'notAsApproved' };
    await tell(ports, request, queued, { type: 'refused', attempt: queued.attempts.count, problem });
    return;
  }
  const open = await ports.store.openOnDevice(queued.device.id, queued.id);
  if (open?.collection.state === 'running') {
    await tell(ports, request, queued, { type: 'joined', action: open.collection.action, watcher: request.requester });
    return;
  }
  if (open !== undefined) {
    await tell(ports, request, queued, { type: 'deviceBusy' });
    return;
  }
  const access = await defenderAccess(ports, request.requester);
  if (access.kind === 'signIn') {
    await tell(ports, request, queued, tokenMissing(access.problem));
    await resumeIfSignedIn(ports, request.requester);
    return;
  }
  if (access.kind === 'problem') {
    await tell(ports, request, queued, noAccess(access.problem, queued.attempts.count));
    return;
  }
  await post(ports, request, queued, access.token);
}

/** The deadline counts from before the attempt is stored: a stall in between cannot push the POST past it. */
async function post(ports: SubmitPorts, request: Confirmed, queued: Queued, token: DefenderToken): Promise<void> {
  const sendBefore = ports.monotonic() + postDeadline;
  const started = await tell(ports, request, queued, { type: 'attemptStarted' });
  const attempt = startedAttempt(started, queued.id);
  if (attempt === undefined) return;
  const comment = composeComment(queued.ref, request);
  const result = await ports.defender.collect(token, queued.device.id, comment, sendBefore);
  const claim = await claimOf(ports, request, attempt);
  await record(ports, request, attempt, judgeCollectAnswer(result, claim, await ports.store.now()));
}

function startedAttempt(changed: Changed | undefined, id: CollectionId): Submitting | undefined {
  if (changed?.outcome.kind !== 'changed' || changed.request.state !== 'confirmed') return undefined;
  const collection = changed.request.collections.find((each) => each.id === id);
  return collection?.state === 'submitting' ? collection : undefined;
}

async function claimOf(ports: SubmitPorts, request: Request, submitting: Submitting): Promise<Claim> {
  const knownRequestor = await ports.store.requestorName(request.requester.oid);
  return {
    ref: submitting.ref,
    device: submitting.device.id,
    firstAttemptAt: submitting.attempts.firstAt,
    ...(knownRequestor === undefined ? {} : { knownRequestor }),
  };
}

async function record(
  ports: SubmitPorts,
  request: Request,
  submitting: Submitting,
  outcome: CollectOutcome,
): Promise<void> {
  const attempt = submitting.attempts.count;
  switch (outcome.kind) {
    case 'accepted': {
      const { action, ownership } = outcome;
      if (ownership.kind === 'ours' && action.requestor !== undefined) {
        await ports.store.rememberRequestorName(request.requester.oid, action.requestor);
      }
      const watcher = request.requester;
      await tell(ports, request, submitting, { type: 'accepted', attempt, action, ownership, watcher });
      return;
    }
    case 'alreadyRunning':
      await tell(ports, request, submitting, { type: 'saidAlreadyRunning', attempt });
      return;
    case 'refused':
      await tell(ports, request, submitting, { type: 'refused', attempt, problem: outcome.problem });
      return;
    case 'notSent':
      await tell(ports, request, submitting, { ...outcome, type: 'notSent', attempt });
      return;
    case 'tokenRejected':
      await askForFreshSignIn(ports, request.requester, outcome.problem);
      await tell(ports, request, submitting, { type: 'tokenRejected', attempt, problem: outcome.problem });
      return;
    case 'unclear':
      await tell(ports, request, submitting, { type: 'unclear', attempt });
      return;
  }
  outcome satisfies never;
}

/** Ours by its ref wins; an action that Defender said is running is joined; else it was an empty look. */
async function look(ports: SubmitPorts, request: Request, submitting: Submitting): Promise<void> {
  const attempt = submitting.attempts.count;
  const access = await defenderAccess(ports, request.requester);
  if (access.kind === 'signIn') return await lookNeedsSignIn(ports, request, submitting, access.problem);
  if (access.kind === 'problem') {
    await tell(ports, request, submitting, { type: 'lookFailed', attempt });
    return;
  }
  const since = later(submitting.attempts.firstAt, -clockTolerance);
  // Somebody else's running action may be much older than ours, so the list for joining has no lower bound in time.
  const listed = await ports.defender.actionsOnDevice(
    access.token,
    submitting.device.id,
    submitting.saidAlreadyRunning ? undefined : since,
  );
  if (!listed.ok) {
    const problem = problemOfFailure(listed.failure, await ports.store.now());
    if (problem.kind === 'moreProofNeeded') {
      await askForFreshSignIn(ports, request.requester, problem);
      return await lookNeedsSignIn(ports, request, submitting, problem);
    }
    await tell(ports, request, submitting, { type: 'lookFailed', attempt });
    return;
  }
  const ours = findOurs(listed.value, await claimOf(ports, request, submitting));
  if (ours !== undefined) {
    await record(ports, request, submitting, { kind: 'accepted', ...ours });
    return;
  }
  const active = submitting.saidAlreadyRunning ? findActive(listed.value) : undefined;
  if (active !== undefined) {
    await record(ports, request, submitting, { kind: 'accepted', action: active, ownership: { kind: 'joined' } });
    return;
  }
  await tell(ports, request, submitting, { type: 'lookedInVain', attempt });
}

async function lookNeedsSignIn(
  ports: SubmitPorts,
  request: Request,
  submitting: Submitting,
  problem: Problem | undefined,
): Promise<void> {
  const why = problem === undefined ? {} : { problem };
  await tell(ports, request, submitting, { type: 'lookNeedsSignIn', attempt: submitting.attempts.count, ...why });
  await resumeIfSignedIn(ports, request.requester);
}

function tokenMissing(problem: Problem | undefined): CollectionEvent {
  return problem === undefined ? { type: 'tokenMissing' } : { type: 'tokenMissing', problem };
}

/** An outage passes by itself; anything else needs a human. */
function noAccess(problem: Problem, attempt: number): CollectionEvent {
  return problem.kind === 'signInUnavailable'
    ? { type: 'notSent', attempt, problem, retryMs: signInRetry }
    : { type: 'refused', attempt, problem };
}

function tell(
  { store }: SubmitPorts,
  request: Request,
  { id }: Queued | Submitting,
  event: CollectionEvent,
): Promise<Changed | undefined> {
  return decide(store, request.id, { type: 'collection', collection: id, event });
}
