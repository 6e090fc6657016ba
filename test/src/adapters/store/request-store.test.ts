import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { newCollectionId, newRequestId, parseMachineActionId } from '../../../../src/domain/ids.ts';
import { later } from '../../../../src/domain/instant.ts';
import type { Proposed, Request } from '../../../../src/domain/request.ts';
import type { Effect } from '../../../../src/domain/transition.ts';
import { anAction } from '../../../build/action.ts';
import { aCollection } from '../../../build/collection.ts';
import { aDevice } from '../../../build/device.ts';
import { conversationId, known } from '../../../build/ids.ts';
import { start } from '../../../build/moment.ts';
import { anAwaiting, anExpired, aPlace, aProposalAt, aProposedDevice } from '../../../build/request.ts';
import { everyStore, type StoreUnderTest } from './backends.ts';
import { aFresh, aRunning, aSource, aStranger, freshDeviceId, placed } from './fresh.ts';

for (const [name, open] of Object.entries(everyStore)) {
  describe(`request store: ${name}`, () => {
    let store: StoreUnderTest;
    before(async function () {
      this.timeout(180_000);
      store = await open();
    });

    it('makes one proposal of a message, however often it is delivered', async () => {
      const source = aSource();
      const deliver = () => store.requests.propose(source, () => ({ request: aFresh(), effects: [announce] }));
      const made = await Promise.all([deliver(), deliver(), deliver(), deliver()]);
      assert.equal(made.filter(Boolean).length, 1);
      assert.equal(await deliver(), false);
    });

    it('queues nothing for a message that it has had before', async () => {
      const source = aSource();
      const [first, second] = [aFresh(), aFresh()];
      for (const request of [first, second]) {
        await store.requests.propose(source, () => ({ request, effects: [announce] }));
      }
      assert.deepEqual([await announcements(first), await announcements(second)], [1, 0]);
      assert.equal(await store.requests.find(second.id), undefined);
    });

    it('takes the same activity id in another conversation for another message', async () => {
      const source = aSource();
      const elsewhere = { ...source, conversation: conversationId('19:other@thread.tacv2') };
      assert.equal(await propose(aFresh(), [], source), true);
      assert.equal(await propose(aFresh(), [], elsewhere), true);
    });

    it('finds what was proposed, whole, whatever a name holds, and nothing for an unknown id', async () => {
      const device = aDevice({ name: 'half a pair \ud83d, a NUL \0, 機' });
      const request = aFresh({ devices: [aProposedDevice({ step: 'found', device })] });
      await propose(request);
      assert.deepEqual(await store.requests.find(request.id), request);
      assert.equal(await store.requests.find(newRequestId()), undefined);
    });

    it('stores a change and answers with the request as it is afterwards', async () => {
      const request = aFresh();
      await propose(request);
      const to = { ...request, revision: 7 };
      const changed = await store.requests.change(request.id, () => ({ kind: 'changed', to, effects: [] }));
      assert.deepEqual(changed?.request, to);
      assert.deepEqual(await store.requests.find(request.id), to);
    });

    it('stores nothing when nothing changed, and says why', async () => {
      const request = aFresh();
      await propose(request);
      const changed = await store.requests.change(request.id, () => ({ kind: 'unchanged', why: 'olderRevision' }));
      assert.deepEqual(changed, { outcome: { kind: 'unchanged', why: 'olderRevision' }, request });
      assert.deepEqual(await store.requests.find(request.id), request);
    });

    it('asks nobody to decide on a request that does not exist', async () => {
      const decide = () => assert.fail('there was nothing to decide');
      assert.equal(await store.requests.change(newRequestId(), decide), undefined);
    });

    it('loses none of many changes at once, and dates each not before the one that it follows', async () => {
      const request = aFresh();
      await propose(request);
      const moments: number[] = [];
      const step = (before: Request, now: number) => {
        moments.push(now);
        return { kind: 'changed', to: { ...before, revision: before.revision + 1 }, effects: [announce] } as const;
      };
      await Promise.all(Array.from({ length: 12 }, () => store.requests.change(request.id, step)));
      assert.equal((await store.requests.find(request.id))?.revision, request.revision + 12);
      assert.deepEqual(moments, moments.toSorted());
    });

    it('leaves the request and the queues as they were when a decision throws', async () => {
      const request = aFresh();
      await propose(request);
      const fall = () => store.requests.change(request.id, () => assert.fail('no'));
      await assert.rejects(fall, assert.AssertionError);
      assert.deepEqual(await store.requests.find(request.id), request);
      assert.equal(await announcements(request), 0);
    });

    it('queues one announcement and one look-up for any number of changes', async () => {
      const request = aFresh();
      await propose(request, [announce, { kind: 'lookUp', afterMs: 0 }]);
      await change(request, [announce, { kind: 'lookUp', afterMs: 0 }]);
      await change(request, [announce]);
      assert.equal(await announcements(request), 1);
      assert.equal((await waitingOf('lookUp', request.id)).length, 1);
    });

    it('queues every submission, each not before its time', async () => {
      const request = aRunning();
      const collection = request.collections[0].id;
      const device = request.collections[0].device.id;
      await propose(aFresh({ id: request.id }));
      const now = await store.requests.now();
      const submit = (afterMs: number): Effect => ({ kind: 'submit', collection, device, round: 0, afterMs });
      await change(request, [submit(0), submit(10_000)]);
      const due = (await waitingOf('submit', collection)).map(({ dueAt }) => dueAt).toSorted();
      assert.equal(due.length, 2);
      assert.ok((due[1] ?? 0) >= now + 10_000, 'the second look waits its 10 s');
    });

    it('looks at the clock at the moment that was asked for', async () => {
      const request = aFresh();
      const at = later(await store.requests.now(), 1_800_000);
      await propose(request, [{ kind: 'expire', at }]);
      assert.deepEqual(await waitingOf('expire', request.id), [{ payload: { request: request.id }, dueAt: at }]);
    });

    it('offers a sign-in to the person whom the change names, whatever their name holds', async () => {
      const request = aFresh();
      const person = { ...request.requester, name: 'Dana \0\ud83d' };
      await propose(request, [{ kind: 'offerSignIn', person, afterMs: 0 }]);
      const [offer] = await waitingOf('offerSignIn', request.id);
      assert.deepEqual(offer?.payload, { request: request.id, person: { ...person, name: 'Dana \ufffd' } });
    });

    it('brings a sweep forward, and never back', async () => {
      const request = aFresh();
      const watcher = request.requester.oid;
      const follow = (afterMs: number): Effect => ({ kind: 'follow', watcher, afterMs });
      const due = async () => (await waitingOf('follow', watcher)).map(({ dueAt }) => dueAt);
      const now = await store.requests.now();
      await propose(request, [follow(60_000)]);
      const [planned] = await due();
      assert.ok(planned !== undefined && planned >= now + 60_000);
      await change(request, [follow(90_000)]);
      assert.deepEqual(await due(), [planned]);
      await change(request, [follow(30_000)]);
      const [forward, ...others] = await due();
      assert.ok(forward !== undefined && forward < planned && others.length === 0);
      await store.scheduleSweep(watcher, 45_000);
      assert.deepEqual(await due(), [forward]);
    });

    it('leaves an overdue sweep where it is, so that a stream of fresh actions does not starve it', async () => {
      const request = aFresh();
      const watcher = request.requester.oid;
      await propose(request, [{ kind: 'follow', watcher, afterMs: -2_000 }]);
      for (const afterMs of [5_000, 6_000]) await change(request, [{ kind: 'follow', watcher, afterMs }]);
      const [sweep, ...others] = await waitingOf('follow', watcher);
      assert.ok(sweep !== undefined && sweep.dueAt <= (await store.requests.now()) && others.length === 0);
    });

    it('knows whose requests wait for a sign-in', async () => {
      const [person, other] = [aStranger(), aStranger()];
      const waits = {
        proposal: { ...aProposalAt({ step: 'signInNeeded' }), id: newRequestId(), requester: person },
        unsent: aRunning(aCollection.awaitingSignIn(), person),
        blocked: aRunning(aCollection.submitting({ blockedSince: later(await store.requests.now(), 0) }), person),
        unwatched: aRunning(aCollection.unwatched({ lastWatcher: other }), person),
        lent: aRunning(aCollection.running({ watcher: other }), person),
      };
      const goesOn = {
        looking: { ...aProposalAt({ step: 'looking' }), id: newRequestId(), requester: person },
        submitting: aRunning(aCollection.submitting(), person),
        running: aRunning(aCollection.running({ watcher: person }), person),
      };
      for (const request of [...Object.values(waits), ...Object.values(goesOn)]) await keep(request);
      assert.deepEqual(
        await store.requests.waitingForSignIn(person.oid),
        Object.values(waits).map(({ id }) => id),
      );
      assert.deepEqual(await store.requests.waitingForSignIn(other.oid), [waits.unwatched.id]);
      await store.requests.change(waits.unsent.id, () =>
        changedTo(aRunning(aCollection.queued(), person, waits.unsent)),
      );
      assert.equal((await store.requests.waitingForSignIn(person.oid)).includes(waits.unsent.id), false);
    });

    it('finds what is open on a device: an action before an attempt, nothing that is over, and not oneself', async () => {
      const device = { ...aCollection.queued().device, id: freshDeviceId() };
      const own = aRunning(aCollection.submitting({ device }));
      const except = own.collections[0].id;
      await keep(own);
      await keep(aRunning(aCollection.succeeded({ device })));
      await keep(aRunning(aCollection.queued({ device })));
      assert.equal(await store.requests.openOnDevice(device.id, except), undefined);
      const attempt = aRunning(aCollection.submitting({ device }));
      await keep(attempt);
      assert.deepEqual(await store.requests.openOnDevice(device.id, except), placed(attempt));
      const action = aRunning(aCollection.running({ device }));
      await keep(action);
      assert.deepEqual(await store.requests.openOnDevice(device.id, except), placed(action));
    });

    it('lists what a watcher follows, oldest request first, until it ends', async () => {
      const watcher = aStranger();
      const requests = [
        aRunning(aCollection.running({ watcher })),
        aRunning(aCollection.running({ watcher })),
      ] as const;
      for (const request of requests) await keep(request);
      await keep(aRunning(aCollection.unwatched({ lastWatcher: watcher })));
      assert.deepEqual(await store.requests.watchedBy(watcher.oid), requests.map(placed));
      await store.requests.change(requests[0].id, (before) =>
        changedTo(aRunning(aCollection.succeeded(), before.requester, requests[0])),
      );
      assert.deepEqual(await store.requests.watchedBy(watcher.oid), [placed(requests[1])]);
    });

    it('reads a request once for all of its devices that a person follows', async () => {
      const watcher = aStranger();
      const [one, other] = [aRunning(aCollection.running({ watcher })), aRunning(aCollection.running({ watcher }))];
      const collections = [...one.collections, ...other.collections, ...aRunning(aCollection.refused()).collections];
      await keep({ ...one, collections });
      const watched = await store.requests.watchedBy(watcher.oid);
      const ids = watched.map(({ collection }) => collection.id).toSorted();
      assert.deepEqual(ids, [one.collections[0].id, other.collections[0].id].toSorted());
      assert.equal(new Set(watched.map(({ request }) => request)).size, 1);
    });

    it('counts the people whose tokens something is followed with, each once', async () => {
      const before = await store.requests.watchers();
      const [one, other] = [aStranger(), aStranger()];
      for (const watcher of [one, one, other]) await keep(aRunning(aCollection.running({ watcher })));
      await keep(aRunning(aCollection.unwatched({ lastWatcher: aStranger() })));
      assert.equal(await store.requests.watchers(), before + 2);
    });

    it('finds the request of a collection, and nothing for an unknown one', async () => {
      const request = aRunning();
      await keep(request);
      assert.deepEqual(await store.requests.findByCollection(request.collections[0].id), request);
      assert.equal(await store.requests.findByCollection(newCollectionId()), undefined);
    });

    it('finds what follows an action and has not ended, in the order in which it was asked for', async () => {
      const action = freshAction();
      const [running, unwatched] = [aCollection.running({ action }), aCollection.unwatched({ action })].map((each) =>
        aRunning(each),
      );
      const others = [aCollection.succeeded({ action }), aCollection.running({ action: freshAction() })].map((each) =>
        aRunning(each),
      );
      assert.ok(running && unwatched);
      for (const request of [running, ...others, unwatched]) await keep(request);
      assert.deepEqual(await store.requests.followersOf(action.id), [placed(running), placed(unwatched)]);
      assert.deepEqual(await store.requests.followersOf(freshAction().id), []);
    });

    it('finds everything that is or was about some actions, ended or not', async () => {
      const [one, other] = [freshAction(), freshAction()];
      const requests = [
        aRunning(aCollection.running({ action: one })),
        aRunning(aCollection.failed({ action: other })),
        aRunning(aCollection.running({ action: freshAction() })),
        aRunning(aCollection.succeeded({ action: one })),
      ];
      for (const request of requests) await keep(request);
      const [first, second, , fourth] = requests;
      assert.ok(first && second && fourth);
      const found = await store.requests.aboutActions([one.id, other.id]);
      assert.deepEqual(found, [placed(first), placed(second), placed(fourth)]);
      assert.deepEqual(await store.requests.aboutActions([]), []);
    });

    it('keeps who asked to cancel, and reads what was stored before there was such a thing', async () => {
      const asked = aRunning(aCollection.running({ cancelAsked: { by: aStranger(), at: later(start, 1) } }));
      const old = aRunning(aCollection.running());
      for (const request of [asked, old]) {
        await keep(request);
        assert.deepEqual(await store.requests.find(request.id), request);
      }
    });

    it("lists a person's requests that go on before the others, however old they are", async () => {
      const requester = aStranger();
      const requests = [1, 2, 3, 4].map(() => aFresh({ requester }));
      const [first, second, third, fourth] = requests;
      assert.ok(first && second && third && fourth);
      for (const request of requests) await propose(request);
      const over = [second, fourth].map((each) => anExpired({ id: each.id, requester }));
      const waits = anAwaiting({ id: first.id, requester });
      for (const to of [...over, waits])
        await store.requests.change(to.id, () => ({ kind: 'changed', to, effects: [] }));
      const listed = await store.requests.newestOf(requester.oid, 3);
      assert.deepEqual(
        listed.map(({ id }) => id),
        [third.id, first.id, fourth.id],
      );
    });

    it('finds what still goes on in a conversation, its threads included, and nowhere else', async () => {
      const here = `19:${randomUUID()}@thread.tacv2`;
      const places = [here, `${here};messageid=1772421120000`, here, `${here}x`, `x${here}`, `${here}x;messageid=1`];
      const requests = places.map((each) => aFresh({ place: aPlace({ conversation: conversationId(each) }) }));
      for (const [i, request] of requests.entries()) {
        const source = { conversation: request.place.conversation, activity: `message ${i}` };
        await store.requests.propose(source, () => ({ request, effects: [] }));
      }
      const [, , over] = requests;
      assert.ok(over);
      const to = anExpired({ id: over.id });
      await store.requests.change(to.id, () => ({ kind: 'changed', to, effects: [] }));
      const open = await store.requests.openIn(conversationId(here));
      assert.deepEqual(
        open,
        requests.slice(0, 2).map(({ id }) => id),
      );
    });

    it("lists a person's newest requests, newest first", async () => {
      const requester = aStranger();
      const requests = [1, 2, 3].map(() => aFresh({ requester }));
      for (const request of requests) await propose(request);
      assert.deepEqual(await store.requests.newestOf(requester.oid, 2), [requests[2], requests[1]]);
    });

    it('remembers by what name Defender calls a person, the newest', async () => {
      const { oid } = aStranger();
      assert.equal(await store.requests.requestorName(oid), undefined);
      for (const each of ['dana@corp.example', 'alias@corp.example']) {
        await store.requests.rememberRequestorName(oid, each);
      }
      assert.equal(await store.requests.requestorName(oid), 'alias@corp.example');
    });

    function propose(request: Proposed, effects: readonly Effect[] = [], source = aSource()): Promise<boolean> {
      return store.requests.propose(source, () => ({ request, effects }));
    }

    async function keep(request: Request): Promise<void> {
      const { id, requester } = request;
      await propose(aFresh({ id, requester }));
      await store.requests.change(id, () => changedTo(request));
    }

    async function change(request: Request, effects: readonly Effect[]): Promise<void> {
      await store.requests.change(request.id, (to) => ({ kind: 'changed', to, effects }));
    }

    async function waitingOf(
      queue: 'announce' | 'lookUp' | 'submit' | 'follow' | 'expire' | 'offerSignIn',
      id: string,
    ) {
      const jobs = await store.waiting(queue);
      return jobs
        .filter(({ payload }) => JSON.stringify(payload).includes(id))
        .map(({ payload, dueAt }) => ({ payload, dueAt }));
    }

    async function announcements(request: Request): Promise<number> {
      return (await waitingOf('announce', request.id)).length;
    }
  });
}

const announce = { kind: 'announce' } as const;

function changedTo(to: Request) {
  return { kind: 'changed', to, effects: [] } as const;
}

/** An action that nothing is about yet. */
function freshAction() {
  return anAction({ id: known(parseMachineActionId(randomUUID())) });
}
