import assert from 'node:assert/strict';
import { minute } from '../../../src/domain/instant.ts';
import type { Person } from '../../../src/domain/person.ts';
import { isOver, type Request } from '../../../src/domain/request.ts';
import { type RequestEvent, transition } from '../../../src/domain/transition.ts';
import { everyRequestEvent } from '../../build/event.ts';
import { collectionId, collectionRef } from '../../build/ids.ts';
import { after as past } from '../../build/moment.ts';
import { inWords } from '../../build/outcome.ts';
import { aPerson, dana, omar } from '../../build/person.ts';
import {
  aCancelled,
  aConfirmed,
  aDenied,
  aDone,
  anApproval,
  anAwaiting,
  anExpired,
  aProposal,
  aQuestion,
} from '../../build/request.ts';

const now = past(5 * minute);
const words = (request: Request, event: RequestEvent, at = now) => inWords(transition(request, event, at));

/** Who clicks. */
const roles = { requester: dana, 'somebody else': omar } as const satisfies Record<string, Person>;
type Role = keyof typeof roles;
/** What may be clicked where approval is awaited. */
const clicks = ['approved', 'denied', 'cancelled'] as const satisfies readonly RequestEvent['type'][];
type Clicked = (typeof clicks)[number];
/** What may have happened between the card that is clicked and the click. */
const races = [
  'none',
  'an older revision',
  'the time has run out',
  'approved first',
  'denied first',
  'cancelled first',
] as const;
type Race = (typeof races)[number];

const no = (why: string) => `no change: ${why}`;
const always = (outcome: string): Readonly<Record<Race, string>> => ({
  none: outcome,
  'an older revision': outcome,
  'the time has run out': outcome,
  'approved first': no('notNow'),
  'denied first': no('notNow'),
  'cancelled first': no('notNow'),
});
const inTime = (outcome: string): Readonly<Record<Race, string>> => ({
  ...always(outcome),
  'an older revision': no('olderRevision'),
  'the time has run out': no('notNow'),
});

/** The approval matrix: role × click × race. One that is missing does not compile. */
const matrix: Readonly<Record<Role, Readonly<Record<Clicked, Readonly<Record<Race, string>>>>>> = {
  requester: {
    approved: always(no('needsAnother')),
    denied: always(no('needsAnother')),
    // What was approved first runs: Cancel then takes back what was not sent, on the card as it stands.
    cancelled: { ...inTime('cancelled: announce'), 'approved first': no('olderRevision') },
  },
  'somebody else': {
    approved: inTime('confirmed: announce, submit at once'),
    denied: inTime('denied: announce'),
    cancelled: { ...always(no('notForYou')), 'approved first': no('notForYou') },
  },
};

/** The request as the click finds it, and when. */
const found: Readonly<Record<Race, () => readonly [Request, at: typeof now]>> = {
  none: () => [anAwaiting(), now],
  'an older revision': () => [anAwaiting({ revision: 2 }), now],
  'the time has run out': () => [anAwaiting(), anAwaiting().expiresAt],
  'approved first': () => [afterwards(everyRequestEvent.approved), now],
  'denied first': () => [afterwards(everyRequestEvent.denied), now],
  'cancelled first': () => [afterwards(everyRequestEvent.cancelled), now],
};

function afterwards(event: RequestEvent): Request {
  const outcome = transition(anAwaiting(), event, now);
  assert.ok(outcome.kind === 'changed');
  return outcome.to;
}

describe('a click while a second person is asked', () => {
  for (const role of ['requester', 'somebody else'] as const) {
    for (const clicked of clicks) {
      for (const race of races) {
        const expected = matrix[role][clicked][race];
        it(`${clicked} by ${role === 'requester' ? 'the requester' : role}, ${race} → ${expected}`, () => {
          const [request, at] = found[race]();
          const event = { ...everyRequestEvent[clicked], click: { by: roles[role], revision: 1 } };
          assert.equal(words(request, event, at), expected);
        });
      }
    }
  }
});

/** Every state, as a click of somebody else finds it: only one of them waits for them. */
const states: { readonly [State in Request['state']]: Request } = {
  proposed: aProposal(),
  awaitingApproval: anAwaiting(),
  confirmed: aConfirmed({ revision: 1, approval: anApproval() }),
  done: aDone({ revision: 1, approval: anApproval() }),
  cancelled: aCancelled({ question: aQuestion() }),
  denied: aDenied({ revision: 1 }),
  expired: anExpired({ question: aQuestion() }),
};

describe('approving and denying', () => {
  for (const request of Object.values(states)) {
    const waits = request.state === 'awaitingApproval';
    it(`${waits ? 'decides' : 'changes nothing'} at a request that is ${request.state}`, () => {
      assert.equal(
        words(request, everyRequestEvent.approved),
        waits ? 'confirmed: announce, submit at once' : no('notNow'),
      );
      assert.equal(words(request, everyRequestEvent.denied), waits ? 'denied: announce' : no('notNow'));
    });
  }

  it('the same account under another id in the chat is still the requester', () => {
    const again = aPerson(1, { name: 'Somebody', chatUserId: omar.chatUserId });
    const event = { ...everyRequestEvent.approved, click: { by: again, revision: 1 } };
    assert.equal(words(anAwaiting(), event), no('needsAnother'));
  });

  it('keeps who approved, as their sign-in calls them, and what they were asked', () => {
    const to = afterwards(everyRequestEvent.approved);
    assert.ok(to.state === 'confirmed');
    const { question } = anAwaiting();
    assert.deepEqual(to.approval, { question, by: omar, upn: 'omar.haddad@corp.example', at: now });
    assert.equal(to.confirmedAt, now);
  });

  it('keeps who denied and why', () => {
    const to = afterwards(everyRequestEvent.denied);
    assert.ok(to.state === 'denied');
    assert.deepEqual(to.denial, { by: omar, reason: everyRequestEvent.denied.reason, at: now });
  });

  it('needs a name for each collection', () => {
    assert.equal(words(anAwaiting(), { ...everyRequestEvent.approved, names: [] }), no('notNow'));
  });

  it('waits for the requester’s sign-in afterwards, if that is gone: the approval stands', () => {
    const approved = afterwards(everyRequestEvent.approved);
    const gone = transition(
      approved,
      { type: 'collection', collection: collectionId(), event: { type: 'tokenMissing' } },
      now,
    );
    assert.ok(gone.kind === 'changed' && gone.to.state === 'confirmed');
    assert.equal(gone.to.collections[0]?.state, 'awaitingSignIn');
    const back = transition(gone.to, { type: 'signedIn', by: dana }, now);
    assert.match(inWords(back), /^confirmed: announce, submit at once/);
    assert.ok(back.kind === 'changed' && back.to.state === 'confirmed' && back.to.approval !== undefined);
  });
});

describe('an approval that nobody gives', () => {
  const { remindAt, expiresAt } = anAwaiting();

  it('is reminded of once, half way', () => {
    assert.equal(words(anAwaiting(), { type: 'timePassed' }, past(remindAt - past(0) - 1)), no('nothingNew'));
    const first = transition(anAwaiting(), { type: 'timePassed' }, remindAt);
    assert.ok(first.kind === 'changed' && first.to.state === 'awaitingApproval');
    assert.equal(first.to.remindedAt, remindAt);
    assert.equal(words(first.to, { type: 'timePassed' }, remindAt), no('nothingNew'));
  });

  it('ends the request at its time', () => {
    const end = transition(anAwaiting({ remindedAt: remindAt }), { type: 'timePassed' }, expiresAt);
    assert.ok(end.kind === 'changed' && end.to.state === 'expired' && isOver(end.to));
    assert.deepEqual(end.to.question, aQuestion());
  });

  it('ends without a reminder when nobody looked at the clock in time', () => {
    assert.equal(words(anAwaiting(), { type: 'timePassed' }, expiresAt), 'expired: announce');
  });
});

describe('a try again of what was denied', () => {
  it('starts from a final state, so that it needs a request, and an approval, of its own', () => {
    const names = [{ id: collectionId(), ref: collectionRef() }];
    for (const type of ['confirmed', 'approved'] as const) {
      assert.equal(words(aDenied({ revision: 1 }), { ...everyRequestEvent[type], names }), no('notNow'));
    }
  });
});
