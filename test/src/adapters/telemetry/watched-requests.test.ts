import assert from 'node:assert/strict';
import { subjectIds } from '../../../../src/adapters/telemetry/subject.ts';
import { timesOfChange } from '../../../../src/adapters/telemetry/times-of-change.ts';
import { watchedRequests } from '../../../../src/adapters/telemetry/watched-requests.ts';
import { decide } from '../../../../src/app/decide.ts';
import { second } from '../../../../src/domain/instant.ts';
import { aCollection } from '../../../build/collection.ts';
import { after as past, start } from '../../../build/moment.ts';
import { aConfirmed, aDone, aProposal } from '../../../build/request.ts';
import { keptTelemetry } from '../../../fakes/kept-telemetry.ts';
import { MemoryStore } from '../../../fakes/memory-store.ts';

describe('what a change of a request ends', () => {
  const queued = aConfirmed();
  const submitting = (count: number, startedAt = past(43 * second)) =>
    aConfirmed({
      collections: [aCollection.submitting({ attempts: { count, firstAt: past(43 * second) }, startedAt })],
    });

  it('is the wait for Defender, when the first POST is about to be sent', () => {
    assert.deepEqual(timesOfChange(queued, submitting(1)), [{ kind: 'clickToDefender', ms: 3 * second }]);
  });

  it('is nothing at a second attempt, nor while the first one goes on', () => {
    assert.deepEqual(timesOfChange(queued, submitting(2)), []);
    assert.deepEqual(timesOfChange(submitting(1), submitting(1)), []);
  });

  it('is the wait for the end, once for each collection', () => {
    const ended = aDone({ collections: [aCollection.succeeded({ finishedAt: past(100 * second) })] });
    assert.deepEqual(timesOfChange(aConfirmed({ collections: [aCollection.running()] }), ended), [
      { kind: 'confirmedToFinal', ms: 60 * second, outcome: 'succeeded' },
    ]);
    assert.deepEqual(timesOfChange(ended, ended), []);
  });

  it('is no second end when a collection that was given up ends after all', () => {
    const givenUp = aDone({ collections: [aCollection.unresolved()] });
    assert.deepEqual(timesOfChange(givenUp, aDone()), []);
  });

  it('is nothing before the request is confirmed', () => {
    assert.deepEqual(timesOfChange(aProposal(), aProposal()), []);
  });
});

describe('requests that are watched', () => {
  it('have a trace from the proposal on, also when the message comes twice', async () => {
    const { spans, ...telemetry } = keptTelemetry();
    const store = watchedRequests(new MemoryStore('2026-03-02T03:13:00Z').requests, { ...telemetry });
    const source = { conversation: aProposal().place.conversation, activity: '1' };
    for (const isNew of [true, false]) {
      assert.equal(await store.propose(source, () => ({ request: aProposal(), effects: [] })), isNew);
    }
    assert.deepEqual(
      spans().map(({ name }) => name),
      ['request asked'],
    );
  });

  it('tell of each change in their trace, from which state to which, and no word of what people wrote', async () => {
    const { spans, numbers, ...telemetry } = keptTelemetry();
    const store = watchedRequests(new MemoryStore('2026-03-02T03:13:00Z').requests, { ...telemetry });
    const request = aProposal();
    await store.propose({ conversation: request.place.conversation, activity: '1' }, () => ({ request, effects: [] }));
    const click = { by: request.requester, revision: 1 };
    await decide(store, request.id, { type: 'cancelled', click });
    await decide(store, request.id, { type: 'cancelled', click });
    const [, change, again] = spans();
    assert.equal(change?.spanContext().traceId, request.id.replaceAll('-', ''));
    assert.deepEqual(change?.attributes, {
      'collector.request': request.id,
      'collector.change': 'changed',
      'collector.from': 'proposed',
      'collector.to': 'cancelled',
    });
    assert.equal(again?.attributes['collector.change'], 'unchanged');
    assert.equal(JSON.stringify(spans().map(({ attributes }) => attributes)).includes(request.requester.name), false);
    assert.deepEqual(await numbers(), []);
  });

  it('are timed, and the log knows the conversation as soon as one was read', async () => {
    const { numbers, ...telemetry } = keptTelemetry();
    const store = watchedRequests(new MemoryStore('2026-03-02T03:13:00Z').requests, { ...telemetry });
    const { id, place } = aProposal();
    await store.propose({ conversation: place.conversation, activity: '1' }, () => ({
      request: aProposal(),
      effects: [],
    }));
    await telemetry.tracing.inRequest(id, 'job', async () => {
      assert.deepEqual(subjectIds(), { request: id });
      await store.find(id);
      assert.deepEqual(subjectIds(), { request: id, conversation: place.conversation });
    });
    await store.change(id, () => ({ kind: 'changed', to: aConfirmed({ confirmedAt: start }), effects: [] }));
    const sent = aCollection.submitting({
      attempts: { count: 1, firstAt: past(2 * second) },
      startedAt: past(2 * second),
    });
    const to = aConfirmed({ confirmedAt: start, collections: [sent] });
    await store.change(id, () => ({ kind: 'changed', to, effects: [] }));
    assert.ok((await numbers()).includes('collector_click_to_defender_seconds_sum 2'));
  });
});
