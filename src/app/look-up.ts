import type { DefenderFailure } from '../domain/defender-failure.ts';
import type { Device, DeviceQuery } from '../domain/device.ts';
import { newestEarlier } from '../domain/earlier.ts';
import type { RequestId } from '../domain/ids.ts';
import type { Problem } from '../domain/problem.ts';
import { defaultThrottleMs, problemOfFailure } from '../domain/problem-of-failure.ts';
import type { ProposalEvent } from '../domain/proposal-transition.ts';
import type { Request } from '../domain/request.ts';
import type { DefenderToken } from '../domain/secret.ts';
import type { Defender, RequestStore } from '../ports.ts';
import { type AccessPorts, askForFreshSignIn, defenderAccess } from './access.ts';
import { decide } from './decide.ts';
import { findNamed } from './named-device.ts';
import { resumeIfSignedIn } from './sign-in.ts';

/** Of more devices the card has no room for their past, and the calls are better spent on following. */
const mostInFull = 5;

/** So many devices are asked for at a time: of 50 the first ones show soon, and all of them within the time of a job. */
const atOnce = 5;

/** What a look-up needs. */
export interface LookUpPorts extends AccessPorts {
  readonly store: RequestStore;
  readonly defender: Defender;
}

/** Asks Defender, as the requester, for every proposed device that is still awaited. */
export async function lookUp(ports: LookUpPorts, id: RequestId): Promise<void> {
  const request = await ports.store.find(id);
  if (request?.state !== 'proposed') return;
  const awaited = [...request.devices.entries()].filter(([, device]) => device.sighting.step === 'looking');
  if (awaited.length === 0) return;
  const access = await defenderAccess(ports, request.requester);
  if (access.kind === 'signIn') return await wantSignIn(ports, request, access.problem);
  const isInFull = request.devices.length <= mostInFull;
  for (let from = 0; from < awaited.length; from += atOnce) {
    const asked = awaited
      .slice(from, from + atOnce)
      .map(([index, { query }]): Promise<ProposalEvent> | ProposalEvent =>
        access.kind === 'problem'
          ? { type: 'deviceProblem', index, problem: access.problem }
          : sightingOf(ports, { token: access.token, isInFull }, index, query),
      );
    for (const event of await Promise.all(asked)) {
      if (event.type === 'deviceProblem' && event.problem.kind === 'moreProofNeeded') {
        await askForFreshSignIn(ports, request.requester, event.problem);
        return await wantSignIn(ports, request, event.problem);
      }
      await decide(ports.store, id, event);
    }
  }
}

async function wantSignIn(ports: LookUpPorts, { id, requester }: Request, problem: Problem | undefined): Promise<void> {
  await decide(ports.store, id, { type: 'signInWanted', ...(problem === undefined ? {} : { problem }) });
  await resumeIfSignedIn(ports, requester);
}

async function sightingOf(
  ports: LookUpPorts,
  { token, isInFull }: LookUpScope,
  index: number,
  query: DeviceQuery,
): Promise<ProposalEvent> {
  if (query.by === 'name') return await sightingOfName(ports, { token, isInFull }, index, query.name);
  const result = await ports.defender.device(token, query.id);
  if (!result.ok) return await failed(ports, index, result.failure);
  return await sightingOfDevice(ports, { token, isInFull }, index, result.value);
}

/** As whom Defender is asked, and whether also for what it has of the device. */
interface LookUpScope {
  readonly token: DefenderToken;
  readonly isInFull: boolean;
}

async function sightingOfName(
  ports: LookUpPorts,
  scope: LookUpScope,
  index: number,
  name: string,
): Promise<ProposalEvent> {
  const named = await findNamed(ports.defender, scope.token, name);
  switch (named.kind) {
    case 'device':
      return await sightingOfDevice(ports, scope, index, named.device);
    case 'offer':
      return { type: 'devicesOffered', index, offer: named.offer };
    case 'none':
      return { type: 'deviceProblem', index, problem: { kind: 'deviceNotFound' } };
    case 'failed':
      return await failed(ports, index, named.failure);
  }
}

/** A list that cannot be read never stands in the way of the confirmation. */
async function sightingOfDevice(
  { defender }: LookUpPorts,
  { token, isInFull }: LookUpScope,
  index: number,
  device: Device,
): Promise<ProposalEvent> {
  const actions = isInFull ? await defender.actionsOnDevice(token, device.id, undefined) : undefined;
  const earlier = actions?.ok === true ? { earlier: newestEarlier(actions.value) } : {};
  return { type: 'deviceFound', index, device, ...earlier };
}

async function failed({ store }: LookUpPorts, index: number, failure: DefenderFailure): Promise<ProposalEvent> {
  const problem = problemOfFailure(failure, await store.now());
  const retryMs = waitAfter(failure);
  if (retryMs !== undefined) return { type: 'deviceDelayed', index, problem, retryMs };
  return { type: 'deviceProblem', index, problem };
}

/** How long Defender takes no more calls; undefined for a failure of another kind. Then it is asked again by itself. */
function waitAfter(failure: DefenderFailure): number | undefined {
  if (failure.kind === 'noBudget') return failure.retryAfterMs;
  if (failure.kind !== 'answered' || failure.status !== 429) return undefined;
  return failure.retryAfterMs ?? defaultThrottleMs;
}
