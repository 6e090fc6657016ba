/** How a Request is kept: its JSON, and the schema that reads it back. A field that is missing here does not compile. */
import { z } from 'zod';
import { type Device, type DeviceDetails, type DeviceQuery, deviceHealths } from '../../domain/device.ts';
import type { EarlierCollection } from '../../domain/earlier.ts';
import { languages } from '../../domain/language.ts';
import { actionStatuses, type MachineAction } from '../../domain/machine-action.ts';
import type {
  AwaitingApproval,
  AwaitingSignIn,
  CancelAsked,
  CancelledRequest,
  Collection,
  Confirmed,
  Denied,
  Done,
  ExpiredCollection,
  ExpiredRequest,
  FinalCollection,
  Finished,
  Ownership,
  Proposed,
  ProposedDevice,
  Queued,
  Refused,
  Request,
  Running,
  SeenDevice,
  Sighting,
  Submitting,
  Unresolved,
  Unwatched,
  Withdrawn,
} from '../../domain/request.ts';
import { approval, denial, question } from './approval-document.ts';
import { problem } from './problem-document.ts';
import {
  collectionId,
  collectionRef,
  deviceId,
  instant,
  machineActionId,
  person,
  place,
  reason,
  requestId,
  type Shape,
} from './wire-values.ts';

const details = z.strictObject({
  build: z.int().exactOptional(),
  risk: z.string().exactOptional(),
  exposure: z.string().exactOptional(),
  value: z.string().exactOptional(),
  tags: z.array(z.string()).readonly().exactOptional(),
  group: z.string().exactOptional(),
  firstSeen: instant.exactOptional(),
} satisfies Shape<DeviceDetails>);

const device = z.strictObject({
  id: deviceId,
  name: z.string(),
  os: z.string(),
  health: z.enum(deviceHealths),
  lastSeen: instant.exactOptional(),
  details: details.exactOptional(),
} satisfies Shape<Device>);

const earlier = z.strictObject({
  id: machineActionId,
  status: z.enum(actionStatuses),
  requestor: z.string().exactOptional(),
  createdAt: instant,
  updatedAt: instant.exactOptional(),
} satisfies Shape<EarlierCollection>);

const query: z.ZodType<DeviceQuery> = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('id'), id: deviceId }),
  z.strictObject({ by: z.literal('name'), name: z.string() }),
]);

const sighting: z.ZodType<Sighting> = z.discriminatedUnion('step', [
  z.strictObject({ step: z.literal('signInNeeded'), problem: problem.exactOptional() }),
  z.strictObject({
    step: z.literal('looking'),
    signedInAfter: problem.exactOptional(),
    delayedBy: problem.exactOptional(),
  } satisfies Shape<Extract<Sighting, { readonly step: 'looking' }>>),
  z.strictObject({
    step: z.literal('choosing'),
    match: z.enum(['sameName', 'nearName']),
    devices: z.array(device).readonly(),
    hasMore: z.boolean(),
  } satisfies Shape<Extract<Sighting, { readonly step: 'choosing' }>>),
  z.strictObject({
    step: z.literal('found'),
    device,
    earlier: z.array(earlier).readonly().exactOptional(),
  } satisfies Shape<Extract<Sighting, { readonly step: 'found' }>>),
  z.strictObject({ step: z.literal('problem'), problem }),
]);

const proposedDevice = z.strictObject({ query, sighting } satisfies Shape<ProposedDevice>);
const seenDevice = z.strictObject({
  query,
  sighting: z.strictObject({ step: z.literal('found'), device } satisfies Shape<SeenDevice['sighting']>),
} satisfies Shape<SeenDevice>);

const action = z.strictObject({
  id: machineActionId,
  status: z.enum(actionStatuses),
  requestor: z.string().exactOptional(),
  comment: z.string().exactOptional(),
  machineId: deviceId.exactOptional(),
  deviceName: z.string().exactOptional(),
  createdAt: instant,
  updatedAt: instant.exactOptional(),
} satisfies Shape<MachineAction>);

const ownership: z.ZodType<Ownership> = z.strictObject({ kind: z.enum(['ours', 'probablyOurs', 'joined']) });

const count = z.int().nonnegative();
const round = count.exactOptional();
const attempts = z.strictObject({ count, firstAt: instant.exactOptional(), round } satisfies Shape<Queued['attempts']>);
const begun = z.strictObject({ count, firstAt: instant, round } satisfies Shape<Submitting['attempts']>);

const asked = { id: collectionId, ref: collectionRef, device };
const cancelAsked = z.strictObject({ by: person, at: instant } satisfies Shape<CancelAsked>);
const sent = { ...asked, action, ownership, sentAt: instant, cancelAsked: cancelAsked.exactOptional() };

const finalCollections = [
  z.strictObject({
    ...sent,
    state: z.enum(['succeeded', 'failed', 'timedOut', 'cancelled']),
    finishedAt: instant,
  } satisfies Shape<Finished>),
  z.strictObject({ ...sent, state: z.literal('unresolved'), finishedAt: instant } satisfies Shape<Unresolved>),
  z.strictObject({ ...asked, state: z.literal('refused'), problem, finishedAt: instant } satisfies Shape<Refused>),
  z.strictObject({ ...asked, state: z.literal('withdrawn'), finishedAt: instant } satisfies Shape<Withdrawn>),
  z.strictObject({ ...asked, state: z.literal('expired'), finishedAt: instant } satisfies Shape<ExpiredCollection>),
] as const;
const finalCollection: z.ZodType<FinalCollection> = z.discriminatedUnion('state', finalCollections);

const collection: z.ZodType<Collection> = z.discriminatedUnion('state', [
  z.strictObject({
    ...asked,
    state: z.literal('queued'),
    attempts,
    queuedAt: instant,
    delayedBy: problem.exactOptional(),
    signedInAfter: problem.exactOptional(),
  } satisfies Shape<Queued>),
  z.strictObject({
    ...asked,
    state: z.literal('awaitingSignIn'),
    attempts,
    since: instant,
    expiresAt: instant,
    problem: problem.exactOptional(),
  } satisfies Shape<AwaitingSignIn>),
  z.strictObject({
    ...asked,
    state: z.literal('submitting'),
    attempts: begun,
    queuedAt: instant,
    startedAt: instant,
    emptyLooks: count,
    saidAlreadyRunning: z.boolean(),
    blockedSince: instant.exactOptional(),
    blockedBy: problem.exactOptional(),
    signedInAfter: problem.exactOptional(),
  } satisfies Shape<Submitting>),
  z.strictObject({
    ...sent,
    state: z.literal('running'),
    watcher: person,
    absentSweeps: count,
  } satisfies Shape<Running>),
  z.strictObject({
    ...sent,
    state: z.literal('unwatched'),
    lastWatcher: person,
    since: instant,
    problem: problem.exactOptional(),
  } satisfies Shape<Unwatched>),
  ...finalCollections,
]);

const head = {
  ...{ id: requestId, revision: z.int(), requester: person, place, reason, askedAt: instant },
  // What was kept before the bot spoke more than one language.
  language: z.enum(languages).default('en'),
  leftOut: z.array(proposedDevice).readonly().exactOptional(),
};
const unconfirmed = { ...head, devices: z.array(proposedDevice).readonly() };
const awaited = { ...head, devices: z.array(seenDevice).readonly(), question };
const afterConfirm = { ...head, confirmedAt: instant, approval: approval.exactOptional() };

/** Reads a stored request. */
export const requestDocument: z.ZodType<Request> = z.discriminatedUnion('state', [
  z.strictObject({
    ...unconfirmed,
    state: z.literal('proposed'),
    unticked: z.array(count).readonly().exactOptional(),
    expiresAt: instant,
  } satisfies Shape<Proposed>),
  z.strictObject({
    ...awaited,
    state: z.literal('awaitingApproval'),
    remindAt: instant,
    remindedAt: instant.exactOptional(),
    expiresAt: instant,
  } satisfies Shape<AwaitingApproval>),
  z.strictObject({ ...awaited, state: z.literal('denied'), denial } satisfies Shape<Denied>),
  z.strictObject({
    ...afterConfirm,
    state: z.literal('confirmed'),
    collections: z.array(collection).readonly(),
  } satisfies Shape<Confirmed>),
  z.strictObject({
    ...afterConfirm,
    state: z.literal('done'),
    finishedAt: instant,
    collections: z.array(finalCollection).readonly(),
  } satisfies Shape<Done>),
  z.strictObject({
    ...unconfirmed,
    state: z.literal('cancelled'),
    cancelledAt: instant,
    question: question.exactOptional(),
  } satisfies Shape<CancelledRequest>),
  z.strictObject({
    ...unconfirmed,
    state: z.literal('expired'),
    expiredAt: instant,
    question: question.exactOptional(),
  } satisfies Shape<ExpiredRequest>),
]);
