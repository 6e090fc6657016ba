import assert from 'node:assert/strict';
import fc from 'fast-check';
import { requestDocument } from '../../../../src/adapters/store/request-document.ts';
import { deviceHealths } from '../../../../src/domain/device.ts';
import { languages } from '../../../../src/domain/language.ts';
import { actionStatuses } from '../../../../src/domain/machine-action.ts';
import { parseReason } from '../../../../src/domain/reason.ts';
import { type AwaitingApproval, type Collection, isFinal, type Request } from '../../../../src/domain/request.ts';
import { anAction, anEarlier } from '../../../build/action.ts';
import { aCollection } from '../../../build/collection.ts';
import { aDevice } from '../../../build/device.ts';
import { correlationId, requestId } from '../../../build/ids.ts';
import { after as moment } from '../../../build/moment.ts';
import { aPerson } from '../../../build/person.ts';
import { everyProblem } from '../../../build/problem.ts';
import {
  aCancelled,
  aConfirmed,
  aDenied,
  aDone,
  anAwaiting,
  anExpired,
  aPlace,
  aProposal,
  aQuestion,
  aReason,
  aSeenDevice,
} from '../../../build/request.ts';

/** Any text, half surrogate pairs and NUL included: names come from Defender and from the chat. */
const text = fc.string({
  unit: fc.oneof(fc.string({ unit: 'binary', maxLength: 1 }), fc.constantFrom('\0', '\ud83d', '\udc00')),
});
const plain = { noNullPrototype: true } as const;
const instant = fc.integer({ min: 0, max: 4_000_000_000 }).map((ms) => moment(ms));
const problem = fc.constantFrom(...Object.values(everyProblem));
const reason = text.map(parseReason).map((check) => (check.ok ? check.reason : aReason()));
const person = fc.record({ n: fc.nat(1_000), name: text }).map(({ n, name }) => aPerson(n, { name }));
const place = fc
  .record({ kind: fc.constantFrom('personal', 'groupChat', 'channel'), askedPrivately: fc.boolean() })
  .map((over) => aPlace(over));
const details = fc.record(
  {
    ...{ build: fc.nat(), risk: text, exposure: text, value: text, group: text, firstSeen: instant },
    tags: fc.array(text, { maxLength: 3 }),
  },
  { requiredKeys: [], ...plain },
);
const device = fc
  .record(
    { name: text, os: text, health: fc.constantFrom(...deviceHealths), lastSeen: instant, details },
    { requiredKeys: ['name', 'os', 'health'] },
  )
  .map(({ lastSeen, ...rest }) => {
    const { lastSeen: _, ...never } = aDevice(rest);
    return lastSeen === undefined ? never : { ...never, lastSeen };
  });
const earlier = fc.array(
  fc
    .record({ status: fc.constantFrom(...actionStatuses), requestor: text, updatedAt: instant })
    .map((over) => anEarlier(over)),
  { maxLength: 3 },
);
const action = fc
  .record({
    status: fc.constantFrom(...actionStatuses),
    requestor: text,
    comment: text,
    deviceName: text,
    updatedAt: instant,
  })
  .map(anAction);
const sighting = fc.oneof(
  fc.constantFrom({ step: 'signInNeeded' } as const, { step: 'looking' } as const),
  fc.record({ step: fc.constant('found' as const), device, earlier }, { requiredKeys: ['step', 'device'], ...plain }),
  fc.record(
    {
      step: fc.constant('choosing' as const),
      match: fc.constantFrom('sameName' as const, 'nearName' as const),
      devices: fc.array(device, { maxLength: 3 }),
      hasMore: fc.boolean(),
    },
    plain,
  ),
  fc.record({ step: fc.constant('problem' as const), problem }, plain),
);
const query = fc.oneof(
  device.map(({ id }) => ({ by: 'id', id }) as const),
  text.map((name) => ({ by: 'name', name }) as const),
);
const devices = fc.array(fc.record({ query, sighting }, plain), { maxLength: 4 });
const ownership = fc.constantFrom(
  { kind: 'ours' } as const,
  { kind: 'probablyOurs' } as const,
  { kind: 'joined' } as const,
);

const collection: fc.Arbitrary<Collection> = fc
  .record({ device, action, ownership, problem, person, instant, optional: fc.boolean(), looks: fc.nat(9) })
  .chain((any) => {
    const { device, action, ownership, problem, person, instant, optional, looks } = any;
    const stop = optional ? { cancelAsked: { by: person, at: instant } } : {};
    return fc.constantFrom<Collection>(
      aCollection.queued({ device, attempts: { count: looks }, ...(optional ? { delayedBy: problem } : {}) }),
      aCollection.queued({ device, attempts: { count: looks, firstAt: instant } }),
      aCollection.awaitingSignIn({ device, since: instant, ...(optional ? { problem } : {}) }),
      aCollection.submitting({ device, emptyLooks: looks, ...(optional ? { blockedSince: instant } : {}) }),
      aCollection.running({ device, action, ownership, watcher: person, absentSweeps: looks, ...stop }),
      aCollection.unwatched({ device, action, ownership, lastWatcher: person, since: instant, ...stop }),
      aCollection.succeeded({ device, action, ownership, ...stop }),
      aCollection.failed({ device, action, ownership }),
      aCollection.timedOut({ device, action, ownership }),
      aCollection.cancelled({ device, action, ownership }),
      aCollection.unresolved({ device, action, ownership, ...stop }),
      aCollection.refused({ device, problem }),
      aCollection.withdrawn({ device }),
      aCollection.expired({ device, finishedAt: instant }),
    );
  });
const collections = fc.array(collection, { maxLength: 3 });

const question = fc.record(
  {
    why: fc.constantFrom('everyRequest' as const, 'highValueDevice' as const),
    seal: fc.constant(aQuestion().seal),
    askedAt: instant,
    askedIn: place,
  },
  plain,
);
const seen = fc.array(device.map(aSeenDevice), { maxLength: 3 });

/** Every state of a request about which a second person was asked. */
function afterAQuestion(head: Partial<Omit<AwaitingApproval, 'state'>>): readonly fc.Arbitrary<Request>[] {
  const remindedAt = fc.option(
    instant.map((at) => ({ remindedAt: at })),
    { nil: {} },
  );
  const upn = fc.option(
    text.map((each) => ({ upn: each })),
    { nil: {} },
  );
  const approval = fc
    .record({ question, by: person, at: instant })
    .chain((of) => upn.map((more) => ({ ...of, ...more })));
  return [
    fc
      .tuple(seen, question, remindedAt)
      .map(([devices, asked, more]) => anAwaiting({ ...head, devices, question: asked, ...more })),
    fc
      .tuple(seen, question, person, reason, instant)
      .map(([devices, asked, by, why, at]) =>
        aDenied({ ...head, devices, question: asked, denial: { by, reason: why, at } }),
      ),
    fc.tuple(devices, question).map(([of, asked]) => anExpired({ ...head, devices: of, question: asked })),
    fc.tuple(devices, question).map(([of, asked]) => aCancelled({ ...head, devices: of, question: asked })),
    fc.tuple(collections, approval).map(([of, given]) => aConfirmed({ ...head, collections: of, approval: given })),
  ];
}

const request: fc.Arbitrary<Request> = fc
  .record({
    requester: person,
    place,
    reason,
    revision: fc.nat(),
    askedAt: instant,
    language: fc.constantFrom(...languages),
  })
  .chain((head) =>
    fc.oneof(
      devices.map((devices) => aProposal({ ...head, devices })),
      devices.map((devices) => aCancelled({ ...head, devices })),
      devices.map((devices) => anExpired({ ...head, devices })),
      collections.map((collections) => aConfirmed({ ...head, collections })),
      collections.map((collections) => aDone({ ...head, collections: collections.filter(isFinal) })),
      ...afterAQuestion(head),
    ),
  );

/** What comes back of what was stored. */
function stored(value: unknown): Request {
  return requestDocument.parse(JSON.parse(JSON.stringify(value)));
}

describe('request document', () => {
  it('gives back any request as it was stored', () => {
    fc.assert(fc.property(request, (each) => assert.deepEqual(stored(each), each)));
  });

  it('gives back a collection in every state', () => {
    for (const make of Object.values(aCollection)) {
      const each = aConfirmed({ collections: [make()] });
      assert.deepEqual(stored(each), each);
    }
  });

  it('gives back a problem of every kind, with and without its correlation id', () => {
    for (const known of Object.values(everyProblem)) {
      for (const problem of [known, { ...known, correlationId: correlationId() }]) {
        const each = aConfirmed({ collections: [aCollection.refused({ problem })] });
        assert.deepEqual(stored(each), each);
      }
    }
  });

  it('reads what was stored before there was approval', () => {
    const old = {
      ...{ id: requestId(), revision: 2, requester: aPerson(), place: aPlace(), reason: 'why', askedAt: moment(0) },
      ...{ state: 'confirmed', confirmedAt: moment(1), collections: [aCollection.queued()] },
    };
    const read = stored(old);
    assert.ok(read.state === 'confirmed' && read.approval === undefined);
  });

  it('reads what was stored before there were languages as English', () => {
    const { language: _, ...old } = aConfirmed({ language: 'de' });
    assert.equal(stored(old).language, 'en');
  });

  it('refuses what no version of the bot has written', () => {
    const good = aConfirmed();
    for (const bad of [
      {},
      { ...good, state: 'lost' },
      { ...good, id: 'not an id' },
      { ...good, reason: ' ' },
      { ...good, extra: 1 },
      { ...good, language: 'tlh' },
      { ...good, askedAt: 'yesterday' },
      { ...aDone(), collections: [aCollection.queued()] },
      { ...anAwaiting(), question: { ...aQuestion(), seal: 'approved' } },
      { ...anAwaiting(), devices: [{ ...aSeenDevice(), sighting: { step: 'looking' } }] },
    ]) {
      assert.throws(() => stored(bad), { name: 'ZodError' });
    }
  });
});
