/** What **Collect** does: send, follow what runs already, or ask a second person. */
import { type Approval, type ApprovalRule, sealOf } from './approval.ts';
import { submit } from './collection-change.ts';
import { changeCollection } from './collection-transition.ts';
import { type Device, withoutDetails } from './device.ts';
import { runningOf } from './earlier.ts';
import { type Instant, later } from './instant.ts';
import type { MachineAction } from './machine-action.ts';
import { type ApprovalWhy, whyApproval } from './policy.ts';
import type { CollectionName, ProposalEvent } from './proposal-transition.ts';
import { divide, type FoundDevice } from './proposed-devices.ts';
import type { AwaitingApproval, Collection, Confirmed, Proposed, Queued, Request, SeenDevice } from './request.ts';
import { changed, headOf } from './request-change.ts';
import type { Outcome } from './transition.ts';

type Confirmation = Extract<ProposalEvent, { readonly type: 'confirmed' }>;

/** Nobody confirms a device that they have not seen: each that is not left out must have been found. */
export function confirm(request: Proposed, event: Confirmation, now: Instant): Outcome<Request> {
  const { names, rule, unticked = request.unticked ?? [] } = event;
  const division = divide(request.devices, unticked);
  if (division === undefined) return { kind: 'unchanged', why: 'notNow' };
  const { kept, leftOut } = division;
  if (kept.length === 0) return { kind: 'unchanged', why: unticked.length === 0 ? 'notNow' : 'nothingTicked' };
  const chosen = leftOut.length === 0 ? request : { ...request, leftOut };
  const devices = kept.map(({ sighting }) => sighting.device);
  const why = whyApproval(rule.policy, devices);
  if (why === undefined) return released(chosen, devices.map(withoutDetails), names, now);
  const running = kept.flatMap(({ sighting }) => runningOn(sighting));
  if (running.length === kept.length) return followed(chosen, running, names, now);
  return askApproval(chosen, kept.map(seen), why, rule, now);
}

/** Sends each device's collection on its way. */
export function released(
  request: Proposed | AwaitingApproval,
  devices: readonly Device[],
  names: readonly CollectionName[],
  now: Instant,
  approval?: Approval,
): Outcome<Request> {
  const collections = queued(devices, names, now);
  if (collections === undefined) return { kind: 'unchanged', why: 'notNow' };
  return changed(
    { ...confirmed(request, collections, now), ...(approval === undefined ? {} : { approval }) },
    ...collections.map((each) => submit(each, 0)),
  );
}

function queued(
  devices: readonly Device[],
  names: readonly CollectionName[],
  now: Instant,
): readonly Queued[] | undefined {
  const collections = devices.flatMap((device, i): readonly Queued[] => {
    const name = names[i];
    return name === undefined ? [] : [{ ...name, device, state: 'queued', attempts: { count: 0 }, queuedAt: now }];
  });
  return collections.length === devices.length ? collections : undefined;
}

function confirmed(request: Proposed | AwaitingApproval, collections: readonly Collection[], now: Instant): Confirmed {
  return { ...headOf(request), state: 'confirmed', confirmedAt: now, collections };
}

interface RunningOn {
  readonly device: Device;
  readonly action: MachineAction;
}

function runningOn({ device, earlier }: FoundDevice['sighting']): readonly RunningOn[] {
  const running = runningOf(earlier);
  return running === undefined ? [] : [{ device, action: { ...running, machineId: device.id } }];
}

/**
 * Where a second person would have to approve, following what runs already needs none, because nothing is sent: not
 * even when it has ended meanwhile.
 */
function followed(
  request: Proposed,
  running: readonly RunningOn[],
  names: readonly CollectionName[],
  now: Instant,
): Outcome<Request> {
  const { requester } = request;
  const waiting = queued(
    running.map(({ device }) => withoutDetails(device)),
    names,
    now,
  );
  if (waiting === undefined) return { kind: 'unchanged', why: 'notNow' };
  const outcomes = waiting.map((each, i) => {
    const action = running[i]?.action;
    const joined = action && changeCollection(each, { type: 'joined', action, watcher: requester }, requester, now);
    return joined?.kind === 'changed' ? joined : { to: each, effects: [] };
  });
  const collections = outcomes.map(({ to }) => to);
  return {
    kind: 'changed',
    to: confirmed(request, collections, now),
    effects: outcomes.flatMap(({ effects }) => effects),
  };
}

function askApproval(
  request: Proposed,
  devices: readonly SeenDevice[],
  why: ApprovalWhy,
  rule: ApprovalRule,
  now: Instant,
): Outcome<Request> {
  const { askedIn, ttlMs } = rule;
  if (askedIn === undefined) return { kind: 'unchanged', why: 'nobodyToApprove' };
  const { requester, reason } = request;
  const seal = sealOf({ requester, reason, devices: devices.map(({ sighting }) => sighting.device.id) });
  const [remindAt, expiresAt] = [later(now, Math.floor(ttlMs / 2)), later(now, ttlMs)];
  const to: AwaitingApproval = {
    ...headOf(request),
    state: 'awaitingApproval',
    devices,
    question: { why, seal, askedAt: now, askedIn },
    remindAt,
    expiresAt,
  };
  return changed(to, { kind: 'expire', at: remindAt }, { kind: 'expire', at: expiresAt });
}

function seen({ query, sighting }: FoundDevice): SeenDevice {
  return { query, sighting: { step: 'found', device: withoutDetails(sighting.device) } };
}
