/**
 * A second person's decision. Who may decide is checked with that person's own sign-in, at the moment of the click, and
 * the same rule holds for a denial: nobody who may not approve can stop a request either.
 */
import type { DefenderResult } from '../domain/defender-failure.ts';
import type { Device } from '../domain/device.ts';
import { newCollectionId, newCollectionRef } from '../domain/ids.ts';
import type { Problem } from '../domain/problem.ts';
import { problemOfFailure } from '../domain/problem-of-failure.ts';
import type { Click } from '../domain/proposal-transition.ts';
import type { Reason } from '../domain/reason.ts';
import type { AwaitingApproval } from '../domain/request.ts';
import type { Changed, Defender, RequestStore } from '../ports.ts';
import { type AccessPorts, askForFreshSignIn, defenderAccess, type SignIn } from './access.ts';
import { decide } from './decide.ts';

/** What deciding needs. */
export interface ApprovePorts extends AccessPorts {
  readonly store: RequestStore;
  readonly defender: Defender;
  /** App role that the decider's sign-in must carry; undefined: none. */
  readonly approverRole: string | undefined;
}

/** What somebody decides. */
export type Verdict = { readonly kind: 'approve' } | { readonly kind: 'deny'; readonly reason: Reason };

/** How it ended. All but `decided` concern the one who clicked, and change nothing. */
export type DecisionResult =
  /** The request took the decision, or says why it does not. */
  | { readonly kind: 'decided'; readonly changed: Changed | undefined }
  | { readonly kind: 'signIn'; readonly problem?: Problem }
  | { readonly kind: 'problem'; readonly problem: Problem }
  /** Their sign-in does not carry the role that the administrators ask for. */
  | { readonly kind: 'roleMissing'; readonly role: string }
  /** Defender does not show them this device. */
  | { readonly kind: 'deviceHidden'; readonly device: Device };

/** Decides, if this person may. Only the transition, under its lock, says whether the request still waits. */
export async function decideApproval(
  ports: ApprovePorts,
  request: AwaitingApproval,
  click: Click,
  verdict: Verdict,
): Promise<DecisionResult> {
  const access = await defenderAccess(ports, click.by);
  if (access.kind !== 'token') return access;
  const { approverRole, store } = ports;
  if (approverRole !== undefined && !access.signIn.roles.includes(approverRole)) {
    return { kind: 'roleMissing', role: approverRole };
  }
  for (const { sighting } of request.devices) {
    const seen = await ports.defender.device(access.token, sighting.device.id);
    if (!seen.ok) return await unseen(ports, click, sighting.device, seen);
  }
  return { kind: 'decided', changed: await decide(store, request.id, eventOf(request, click, verdict, access.signIn)) };
}

function eventOf(request: AwaitingApproval, click: Click, verdict: Verdict, { upn }: SignIn) {
  switch (verdict.kind) {
    case 'approve': {
      const names = request.devices.map(() => ({ id: newCollectionId(), ref: newCollectionRef() }));
      return { type: 'approved', click, names, ...(upn === undefined ? {} : { upn }) } as const;
    }
    case 'deny':
      return { type: 'denied', click, reason: verdict.reason } as const;
  }
}

/** A device of a group that the person may not see is 404 to them, or 403 (defender-api, 'Calls'). */
async function unseen(
  ports: ApprovePorts,
  { by }: Click,
  device: Device,
  { failure }: Extract<DefenderResult<Device>, { readonly ok: false }>,
): Promise<DecisionResult> {
  const problem = problemOfFailure(failure, await ports.store.now());
  if (problem.kind === 'deviceNotFound' || problem.kind === 'notPermitted') return { kind: 'deviceHidden', device };
  if (problem.kind !== 'moreProofNeeded') return { kind: 'problem', problem };
  await askForFreshSignIn(ports, by, problem);
  return { kind: 'signIn', problem };
}
