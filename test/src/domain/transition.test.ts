import assert from 'node:assert/strict';
import { minute, second } from '../../../src/domain/instant.ts';
import type { Confirmed, Request } from '../../../src/domain/request.ts';
import { type Outcome, type RequestEvent, transition } from '../../../src/domain/transition.ts';
import { aCollection } from '../../build/collection.ts';
import { aDevice, anOffer } from '../../build/device.ts';
import { eventsAfter, everyCollectionEvent, everyRequestEvent } from '../../build/event.ts';
import { collectionId, collectionRef, deviceId } from '../../build/ids.ts';
import { after as past } from '../../build/moment.ts';
import { inWords } from '../../build/outcome.ts';
import { aPerson, dana, omar } from '../../build/person.ts';
import {
  aCancelled,
  aConfirmed,
  aDenied,
  aDone,
  anAwaiting,
  anExpired,
  aPlace,
  aProposal,
  aProposalAt,
  aProposedDevice,
} from '../../build/request.ts';

const now = past(eventsAfter);
const notNow = 'no change: notNow';
const nothingNew = 'no change: nothingNew';

function words(request: Request, event: RequestEvent, at = now): string {
  return inWords(transition(request, event, at));
}

function changed<State extends Request['state']>(
  outcome: Outcome<Request>,
  state: State,
): Extract<Request, { readonly state: State }> {
  assert.ok(outcome.kind === 'changed' && isIn(outcome.to, state), inWords(outcome));
  return outcome.to;
}

function isIn<State extends Request['state']>(
  request: Request,
  state: State,
): request is Extract<Request, { readonly state: State }> {
  return request.state === state;
}

type Row = { readonly [Type in RequestEvent['type']]?: string };
type Rows = readonly (readonly [what: string, from: Request, row: Row])[];

/** What each event does; what a row does not name is not for that state. A new state does not compile without rows. */
const table: { readonly [State in Request['state']]: Rows } = {
  proposed: [
    [
      'and being looked up',
      aProposalAt({ step: 'looking' }),
      {
        signInWanted: 'proposed: announce',
        deviceFound: 'proposed: announce',
        deviceDelayed: 'proposed: announce, look up in 7 s',
        deviceProblem: 'proposed: announce',
        devicesOffered: 'proposed: announce',
        reasonEdited: 'proposed: announce',
        cancelled: 'cancelled: announce',
        signedIn: nothingNew,
        signInAsked: 'proposed: offer Dana Reyes a sign-in in 15 s',
        timePassed: nothingNew,
      },
    ],
    [
      'and waiting for a sign-in',
      aProposalAt({ step: 'signInNeeded' }),
      {
        signInWanted: nothingNew,
        reasonEdited: 'proposed: announce',
        cancelled: 'cancelled: announce',
        signedIn: 'proposed: announce, look up',
        signInAsked: 'proposed: offer Dana Reyes a sign-in in 15 s',
        timePassed: nothingNew,
      },
    ],
    [
      'and waiting for a choice',
      aProposalAt({ step: 'choosing', ...anOffer() }),
      {
        signInWanted: nothingNew,
        deviceChosen: 'proposed: announce, look up',
        reasonEdited: 'proposed: announce',
        cancelled: 'cancelled: announce',
        signedIn: nothingNew,
        signInAsked: 'proposed: offer Dana Reyes a sign-in in 15 s',
        timePassed: nothingNew,
      },
    ],
    [
      'with a device that was found',
      aProposal(),
      {
        signInWanted: nothingNew,
        reasonEdited: 'proposed: announce',
        confirmed: 'confirmed: announce, submit at once',
        cancelled: 'cancelled: announce',
        signedIn: nothingNew,
        signInAsked: 'proposed: offer Dana Reyes a sign-in in 15 s',
        timePassed: nothingNew,
      },
    ],
    [
      'with a device that cannot be collected from',
      aProposalAt({ step: 'problem', problem: { kind: 'deviceNotFound' } }),
      {
        signInWanted: nothingNew,
        reasonEdited: 'proposed: announce',
        cancelled: 'cancelled: announce',
        signedIn: nothingNew,
        signInAsked: 'proposed: offer Dana Reyes a sign-in in 15 s',
        timePassed: nothingNew,
      },
    ],
  ],
  awaitingApproval: [
    [
      'from a second person',
      anAwaiting(),
      {
        cancelled: 'cancelled: announce',
        approved: 'confirmed: announce, submit at once',
        denied: 'denied: announce',
        signInAsked: 'awaitingApproval: offer Dana Reyes a sign-in in 15 s',
        timePassed: nothingNew,
      },
    ],
  ],
  denied: [['', aDenied({ revision: 1 }), {}]],
  confirmed: [
    [
      'and queued',
      aConfirmed({ revision: 1 }),
      {
        cancelled: 'done: announce',
        collection: 'confirmed: in silence',
        signedIn: nothingNew,
        signInAsked: 'confirmed: offer Dana Reyes a sign-in in 15 s',
        keptFollowing: nothingNew,
        timePassed: nothingNew,
      },
    ],
    [
      'and unwatched',
      aConfirmed({ revision: 1, collections: [aCollection.unwatched()] }),
      {
        cancelled: nothingNew,
        signedIn: 'confirmed: announce, follow at once',
        signInAsked: 'confirmed: offer Dana Reyes a sign-in in 15 s',
        keptFollowing: 'confirmed: announce, follow at once',
        timePassed: nothingNew,
      },
    ],
  ],
  done: [['', aDone({ revision: 1 }), {}]],
  cancelled: [['', aCancelled(), {}]],
  expired: [['', anExpired(), {}]],
};

describe('what happens to a request', () => {
  for (const [state, rows] of Object.entries(table)) {
    for (const [what, from, row] of rows) {
      describe(`that is ${state} ${what}`, () => {
        for (const event of Object.values(everyRequestEvent)) {
          const expected = wordsOf(row, event.type);
          it(`${event.type} → ${expected}`, () => assert.equal(words(from, event), expected));
        }
      });
    }
  }

  describe('a click', () => {
    const clicks = [everyRequestEvent.confirmed, everyRequestEvent.reasonEdited, everyRequestEvent.cancelled] as const;
    for (const event of clicks) {
      it(`is the requester’s alone (${event.type})`, () => {
        assert.equal(words(aProposal(), { ...event, click: { by: omar, revision: 1 } }), 'no change: notForYou');
      });

      it(`on an older revision changes nothing, nor one from the future (${event.type})`, () => {
        for (const revision of [0, 2, 99]) {
          assert.equal(words(aProposal(), { ...event, click: { by: dana, revision } }), 'no change: olderRevision');
        }
      });

      it(`comes too late once the proposal has run out, also before anybody has noted that (${event.type})`, () => {
        const from = aProposal();
        assert.equal(words(from, event, from.expiresAt), notNow);
      });

      it(`a second time changes nothing (${event.type})`, () => {
        const first = transition(aProposal(), event, now);
        assert.ok(first.kind === 'changed');
        assert.equal(transition(first.to, event, now).kind, 'unchanged');
      });
    }

    it('on Cancel of a running request is the requester’s alone, on the newest card', () => {
      const from = aConfirmed();
      assert.equal(words(from, { type: 'cancelled', click: { by: omar, revision: 2 } }), 'no change: notForYou');
      assert.equal(words(from, { type: 'cancelled', click: { by: dana, revision: 1 } }), 'no change: olderRevision');
    });
  });

  describe('confirming', () => {
    const names = [1, 2].map((n) => ({ id: collectionId(n), ref: collectionRef(n) }));
    const found = { step: 'found', device: aDevice() } as const;
    const other = { step: 'found', device: aDevice({ id: deviceId(2) }) } as const;

    it('makes one queued collection per device, each with its own name', () => {
      const from = aProposal({ devices: [aProposedDevice(found), aProposedDevice(other)] });
      const event = { ...everyRequestEvent.confirmed, names };
      const to = changed(transition(from, event, now), 'confirmed');
      assert.deepEqual(
        to.collections.map(({ id, ref, device, state }) => ({ id, ref, device: device.id, state })),
        [
          { ...names[0], device: deviceId(1), state: 'queued' },
          { ...names[1], device: deviceId(2), state: 'queued' },
        ],
      );
      assert.equal(words(from, event), 'confirmed: announce, submit at once, submit at once');
    });

    for (const sighting of [
      { step: 'looking' },
      { step: 'signInNeeded' },
      { step: 'choosing', ...anOffer() },
    ] as const) {
      it(`waits until every device was seen, none of them ${sighting.step}`, () => {
        const from = aProposal({ devices: [aProposedDevice(found), aProposedDevice(sighting)] });
        assert.equal(words(from, { ...everyRequestEvent.confirmed, names }), notNow);
      });
    }

    it('leaves out a device that cannot be had, where there are others', () => {
      const missing = aProposedDevice({ step: 'problem', problem: { kind: 'deviceNotFound' } });
      const event = { ...everyRequestEvent.confirmed, names };
      const to = changed(
        transition(aProposal({ devices: [missing, aProposedDevice(other)] }), event, now),
        'confirmed',
      );
      assert.deepEqual(
        to.collections.map(({ device }) => device.id),
        [deviceId(2)],
      );
      assert.deepEqual(to.leftOut, [missing]);
      assert.equal(words(aProposal({ devices: [missing] }), event), notNow);
      assert.equal(words(aProposal({ devices: [missing, missing] }), event), notNow);
    });

    it('sends nothing for a device that was unticked, and keeps its name', () => {
      const from = aProposal({ devices: [aProposedDevice(found), aProposedDevice(other)] });
      const event = { ...everyRequestEvent.confirmed, names, unticked: [0] };
      const to = changed(transition(from, event, now), 'confirmed');
      assert.deepEqual(
        to.collections.map(({ device }) => device.id),
        [deviceId(2)],
      );
      assert.deepEqual(to.leftOut, [aProposedDevice(found)]);
      assert.equal(words(from, { ...event, unticked: [0, 1] }), 'no change: nothingTicked');
      assert.equal(words(from, { ...event, unticked: [2] }), notNow);
    });

    it('keeps what was unticked before an edit of the reason', () => {
      const from = aProposal({ devices: [aProposedDevice(found), aProposedDevice(other)] });
      const edit = { ...everyRequestEvent.reasonEdited, unticked: [1] };
      const edited = changed(transition(from, edit, now), 'proposed');
      const event = { ...everyRequestEvent.confirmed, click: { by: dana, revision: edited.revision }, names };
      const to = changed(transition(edited, event, now), 'confirmed');
      assert.deepEqual(
        to.collections.map(({ device }) => device.id),
        [deviceId(1)],
      );
      assert.equal(words(from, { ...edit, unticked: [7] }), notNow);
    });

    it('needs a name for each device', () => {
      assert.equal(words(aProposal(), { ...everyRequestEvent.confirmed, names: [] }), notNow);
    });

    it('keeps who asked, where, when, why and in which language', () => {
      const from = aProposal({ language: 'de' });
      const { id, requester, place, reason, askedAt, language, revision } = changed(
        transition(from, everyRequestEvent.confirmed, now),
        'confirmed',
      );
      assert.deepEqual(
        { id, requester, place, reason, askedAt, language, revision },
        {
          ...{ id: from.id, requester: dana, place: from.place, reason: from.reason, askedAt: from.askedAt },
          ...{ language: 'de', revision: 2 },
        },
      );
    });
  });

  describe('looking up', () => {
    const two = aProposal({ devices: [aProposedDevice({ step: 'looking' }), aProposedDevice({ step: 'looking' })] });

    it('changes the device that was asked for and no other', () => {
      const to = changed(transition(two, { ...everyRequestEvent.deviceFound, index: 1 }, now), 'proposed');
      assert.deepEqual(
        to.devices.map(({ sighting }) => sighting.step),
        ['looking', 'found'],
      );
    });

    for (const index of [-1, 2, 0.5, Number.NaN]) {
      it(`changes nothing for a device that was not asked for (${index})`, () => {
        assert.equal(words(two, { ...everyRequestEvent.deviceFound, index }), notNow);
      });
    }

    it('of everything stops and goes on with a sign-in', () => {
      const stopped = changed(transition(two, everyRequestEvent.signInWanted, now), 'proposed');
      assert.ok(stopped.devices.every(({ sighting }) => sighting.step === 'signInNeeded'));
      const goesOn = changed(transition(stopped, everyRequestEvent.signedIn, now), 'proposed');
      assert.ok(goesOn.devices.every(({ sighting }) => sighting.step === 'looking'));
    });

    it('does not go on with somebody else’s sign-in', () => {
      assert.equal(words(aProposalAt({ step: 'signInNeeded' }), { type: 'signedIn', by: omar }), nothingNew);
    });

    for (const kind of ['personal', 'groupChat'] as const) {
      it(`offers a silent sign-in in a ${kind} conversation`, () => {
        const from = { ...aProposalAt({ step: 'looking' }), place: aPlace({ kind }) };
        const expected = 'proposed: announce, offer Dana Reyes a sign-in at once';
        assert.equal(words(from, everyRequestEvent.signInWanted), expected);
      });

      it(`offers none in a ${kind} conversation after a sign-in that was not enough: it would go round for ever`, () => {
        const from = { ...aProposalAt({ step: 'looking' }), place: aPlace({ kind }) };
        const event = { ...everyRequestEvent.signInWanted, problem: { kind: 'moreProofNeeded' } } as const;
        assert.equal(words(from, event), 'proposed: announce');
      });
    }
  });

  it('expires at its time, not before', () => {
    const from = aProposal();
    assert.equal(words(from, { type: 'timePassed' }, past(30 * minute - 1)), nothingNew);
    assert.equal(words(from, { type: 'timePassed' }, past(30 * minute)), 'expired: announce');
  });

  describe('cancelling after the confirmation', () => {
    const at = (n: number) => ({ id: collectionId(n), ref: collectionRef(n) });

    it('takes back what was not sent, and leaves the rest to Defender', () => {
      const from = aConfirmed({
        revision: 1,
        collections: [aCollection.queued(at(1)), aCollection.awaitingSignIn(at(2)), aCollection.running(at(3))],
      });
      const to = changed(transition(from, everyRequestEvent.cancelled, now), 'confirmed');
      assert.deepEqual(
        to.collections.map(({ state }) => state),
        ['withdrawn', 'withdrawn', 'running'],
      );
    });

    it('changes nothing while the POST may be on its way', () => {
      const from = aConfirmed({ revision: 1, collections: [aCollection.submitting()] });
      assert.equal(transition(from, everyRequestEvent.cancelled, now).kind, 'unchanged');
    });
  });

  describe('with several collections', () => {
    const [one, two] = [
      aCollection.running({ id: collectionId(1) }),
      aCollection.running({ id: collectionId(2), ref: collectionRef(2) }),
    ] as const;
    const from: Confirmed = aConfirmed({ collections: [one, two] });
    const seen = everyCollectionEvent.actionSeen;
    const end = { ...seen, action: { ...seen.action, status: 'Succeeded' } } as const;

    it('is done with the last of them, not before', () => {
      const first = transition(from, { type: 'collection', collection: one.id, event: end }, now);
      assert.equal(inWords(first), 'confirmed: announce');
      const last = transition(
        changed(first, 'confirmed'),
        { type: 'collection', collection: two.id, event: end },
        past(minute * 6),
      );
      const done = changed(last, 'done');
      assert.equal(done.finishedAt, past(minute * 6));
      assert.deepEqual(
        done.collections.map(({ state }) => state),
        ['succeeded', 'succeeded'],
      );
    });

    it('changes only the one that an event is about', () => {
      const to = changed(transition(from, { type: 'collection', collection: two.id, event: end }, now), 'confirmed');
      assert.equal(to.collections[0], one);
    });

    it('knows nothing of a collection of another request', () => {
      assert.equal(words(from, { type: 'collection', collection: collectionId(9), event: end }), notNow);
    });

    it('gives all that nobody watches to whoever keeps following', () => {
      const lost = [1, 2].map((n) => aCollection.unwatched({ id: collectionId(n) }));
      const request = aConfirmed({ collections: [...lost, aCollection.queued({ id: collectionId(3) })] });
      const outcome = transition(request, { type: 'keptFollowing', by: aPerson(3) }, now);
      assert.deepEqual(
        changed(outcome, 'confirmed').collections.map((each) => each.state === 'running' && each.watcher.oid),
        [aPerson(3).oid, aPerson(3).oid, false],
      );
    });
  });

  it('offers a sign-in to whoever was asked for one, requester or not', () => {
    assert.equal(
      words(aConfirmed(), { type: 'signInAsked', by: omar }),
      'confirmed: offer Omar Haddad a sign-in in 15 s',
    );
  });

  it('grows its revision by one with what people see, and not otherwise', () => {
    const seen = transition(
      aProposal({ revision: 7 }),
      { ...everyRequestEvent.confirmed, click: { by: dana, revision: 7 } },
      now,
    );
    assert.equal(changed(seen, 'confirmed').revision, 8);
    const unseen = transition(aConfirmed({ revision: 7 }), everyRequestEvent.collection, past(second));
    assert.equal(changed(unseen, 'confirmed').revision, 7);
  });
});

function wordsOf(row: Row, type: RequestEvent['type']): string {
  return row[type] ?? notNow;
}
