import type { DefenderResult } from '../domain/defender-failure.ts';
import type { Device, DeviceQuery } from '../domain/device.ts';
import type { RequestId } from '../domain/ids.ts';
import type { Problem } from '../domain/problem.ts';
import { problemOfFailure } from '../domain/problem-of-failure.ts';
import type { ProposalEvent } from '../domain/proposal-transition.ts';
import type { Request } from '../domain/request.ts';
import type { DefenderToken } from '../domain/secret.ts';
import type { Defender, RequestStore } from '../ports.ts';
import { type AccessPorts, askForFreshSignIn, defenderAccess } from './access.ts';
import { decide } from './decide.ts';
import { resumeIfSignedIn } from './sign-in.ts';

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
  for (const [index, { query }] of awaited) {
    const event: ProposalEvent =
      access.kind === 'problem'
        ? { type: 'deviceProblem', index, problem: access.problem }
        : await sightingOf(ports, access.token, index, query);
    if (event.type === 'deviceProblem' && event.problem.kind === 'moreProofNeeded') {
      await askForFreshSignIn(ports, request.requester, event.problem);
      return await wantSignIn(ports, request, event.problem);
    }
    await decide(ports.store, id, event);
  }
}

async function wantSignIn(ports: LookUpPorts, { id, requester }: Request, problem: Problem | undefined): Promise<void> {
  await decide(ports.store, id, { type: 'signInWanted', ...(problem === undefined ? {} : { problem }) });
  await resumeIfSignedIn(ports, requester);
}

async function sightingOf(
  ports: LookUpPorts,
  token: DefenderToken,
  index: number,
  query: DeviceQuery,
): Promise<ProposalEvent> {
  if (query.by === 'id') {
    const result = await ports.defender.device(token, query.id);
    return result.ok ? { type: 'deviceFound', index, device: result.value } : await failed(ports, index, result);
  }
  const result = await ports.defender.devicesNamed(token, query.name);
  if (!result.ok) return await failed(ports, index, result);
  return pickNamed(index, result.value);
}

/** Names are not unique: re-imaged devices keep old records. Several are never picked from silently. */
function pickNamed(index: number, devices: readonly Device[]): ProposalEvent {
  const [only, ...others] = devices;
  if (only !== undefined && others.length === 0) return { type: 'deviceFound', index, device: only };
  const problem: Problem =
    only === undefined ? { kind: 'deviceNotFound' } : { kind: 'deviceAmbiguous', count: devices.length };
  return { type: 'deviceProblem', index, problem };
}

async function failed(
  { store }: LookUpPorts,
  index: number,
  { failure }: Extract<DefenderResult<unknown>, { readonly ok: false }>,
): Promise<ProposalEvent> {
  return { type: 'deviceProblem', index, problem: problemOfFailure(failure, await store.now()) };
}
