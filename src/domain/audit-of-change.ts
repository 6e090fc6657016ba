/**
 * The decisions between two states of a request. Found by comparing the states, not by listening to events: a new event
 * cannot be forgotten here, and a new state does not compile until it says what it tells the audit.
 */
import { type AuditEntry, type AuditSubject, isRefusal } from './audit-entry.ts';
import { queryText } from './device.ts';
import type { Problem } from './problem.ts';
import type {
  AwaitingApproval,
  Collection,
  Confirmed,
  Denied,
  Finished,
  ProposedDevice,
  Request,
  Running,
  Unresolved,
  Unwatched,
} from './request.ts';

/** The entries of a new proposal. */
export function auditOfProposal(request: Request): readonly AuditEntry[] {
  if (!('devices' in request)) return [];
  const devices = request.devices.map(({ query }) => queryText(query));
  return [{ ...byRequester(request), kind: 'asked', details: { devices, reason: request.reason } }];
}

/** The entries of a change, in the order in which they make sense. */
export function auditOfChange(before: Request, after: Request): readonly AuditEntry[] {
  const edited: readonly AuditEntry[] =
    before.reason === after.reason
      ? []
      : [{ ...byRequester(after), kind: 'reasonEdited', details: { reason: after.reason } }];
  return [...edited, ...ofLookUps(before, after), ...ofState(before, after), ...ofCollections(before, after)];
}

function ofState(before: Request, after: Request): readonly AuditEntry[] {
  if (before.state === after.state) return [];
  switch (after.state) {
    case 'confirmed':
      return [released(after), ...after.collections.flatMap((each) => ofCollection(after, undefined, each))];
    case 'awaitingApproval':
      return [approvalAsked(after)];
    case 'denied':
      return [denied(after)];
    case 'cancelled':
      return [{ ...byRequester(after), kind: 'cancelled', details: {} }];
    case 'expired':
      return [{ ...about(after), kind: 'expired', details: {} }];
    case 'proposed':
    case 'done':
      return [];
  }
}

function released(request: Confirmed): AuditEntry {
  const { approval, collections, reason } = request;
  const devices = collections.map(({ id, ref, device }) => ({
    collection: id,
    ref,
    device: device.id,
    deviceName: device.name,
  }));
  if (approval === undefined) {
    return { ...byRequester(request), kind: 'confirmed', details: { reason, devices, ...leftOutOf(request) } };
  }
  const { question, by, upn } = approval;
  const subject = { ...about(request), conversation: question.askedIn.conversation, by };
  const details = { reason, seal: question.seal, devices, ...(upn === undefined ? {} : { upn }) };
  return { ...subject, kind: 'approved', details };
}

function approvalAsked(request: AwaitingApproval): AuditEntry {
  const { why, seal } = request.question;
  const devices = request.devices.map(({ sighting }) => ({
    device: sighting.device.id,
    deviceName: sighting.device.name,
  }));
  const details = { reason: request.reason, why, seal, devices, ...leftOutOf(request) };
  return { ...byRequester(request), kind: 'approvalAsked', details };
}

/** As they were asked for: what was left out may not even have been found. */
function leftOutOf({ leftOut }: Request) {
  return leftOut === undefined ? {} : { leftOut: leftOut.map(({ query }) => queryText(query)) };
}

function denied(request: Denied): AuditEntry {
  const { question, denial } = request;
  const subject = { ...about(request), conversation: question.askedIn.conversation, by: denial.by };
  return { ...subject, kind: 'denied', details: { reason: denial.reason, seal: question.seal } };
}

/** A look-up that Entra or Defender refused to the requester. */
function ofLookUps(before: Request, after: Request): readonly AuditEntry[] {
  if (before.state !== 'proposed' || after.state !== 'proposed') return [];
  return after.devices.flatMap((device, index) => {
    const problem = refusalIn(device);
    if (problem === undefined || refusalIn(before.devices[index]) !== undefined) return [];
    const { query } = device;
    return [
      {
        ...byRequester(after),
        ...(query.by === 'id' ? { device: query.id } : {}),
        ...correlationOf(problem),
        kind: 'personRefused',
        details: { wish: 'lookUp', why: problem.kind },
      },
    ];
  });
}

function refusalIn(device: ProposedDevice | undefined): Problem | undefined {
  if (device?.sighting.step !== 'problem') return undefined;
  return isRefusal(device.sighting.problem) ? device.sighting.problem : undefined;
}

function ofCollections(before: Request, after: Request): readonly AuditEntry[] {
  if (!('collections' in before) || !('collections' in after)) return [];
  return after.collections.flatMap((collection) => {
    const was = before.collections.find(({ id }) => id === collection.id);
    return was === undefined ? [] : ofCollection(after, was, collection);
  });
}

/** @param was undefined for one that the confirmation has just made */
function ofCollection(request: Request, was: Collection | undefined, is: Collection): readonly AuditEntry[] {
  if (was?.state === is.state) return [];
  const deviceName = is.device.name;
  const subject = { collection: is.id, device: is.device.id };
  switch (is.state) {
    case 'queued':
    case 'awaitingSignIn':
    case 'submitting':
      return [];
    case 'running':
    case 'unwatched':
      return actionGot(request, was, is);
    case 'succeeded':
    case 'failed':
    case 'timedOut':
    case 'cancelled':
    case 'unresolved': {
      const status = finalStatuses[is.state];
      const end = { ...about(request), ...subject, action: is.action.id };
      return [...actionGot(request, was, is), { ...end, kind: 'finished', details: { deviceName, status } }];
    }
    case 'refused': {
      const { problem, ref } = is;
      const who = { ...byRequester(request), ...subject, ...correlationOf(problem) };
      return [{ ...who, kind: 'refused', details: { ref, deviceName, problem } }];
    }
    case 'withdrawn':
      return [{ ...byRequester(request), ...subject, kind: 'withdrawn', details: { deviceName } }];
    case 'expired':
      return [{ ...about(request), ...subject, kind: 'expired', details: {} }];
  }
}

const finalStatuses = {
  succeeded: 'Succeeded',
  failed: 'Failed',
  timedOut: 'TimeOut',
  cancelled: 'Cancelled',
  unresolved: 'unresolved',
} as const;

type WithAction = Running | Unwatched | Finished | Unresolved;

/** The first state that knows an action; it may be final already. */
function actionGot(request: Request, was: Collection | undefined, is: WithAction): readonly AuditEntry[] {
  if (was !== undefined && 'action' in was) return [];
  const { action, ownership, ref, device } = is;
  const subject = { ...byRequester(request), collection: is.id, device: device.id, action: action.id };
  const requestor = action.requestor === undefined ? {} : { requestor: action.requestor };
  const deviceName = device.name;
  if (ownership.kind === 'joined') return [{ ...subject, kind: 'joined', details: { deviceName, ...requestor } }];
  const details = { ref, deviceName, ownership: ownership.kind, ...requestor };
  return [{ ...subject, kind: 'submitted', details }];
}

function about({ id, place }: Request): AuditSubject {
  return { request: id, conversation: place.conversation };
}

function byRequester(request: Request): AuditSubject {
  return { ...about(request), by: request.requester };
}

function correlationOf({ correlationId }: Problem): AuditSubject {
  return correlationId === undefined ? {} : { correlationId };
}
