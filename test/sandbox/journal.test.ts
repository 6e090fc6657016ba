import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import { Journal } from './journal.ts';

describe('the journal of the sandbox', () => {
  let journal: Journal;
  beforeEach(() => {
    journal = new Journal();
  });

  it('finds an event that has happened', async () => {
    journal.add('defender.collect.received', { id: 'a' });
    journal.add('defender.collect.received', { id: 'b' });
    const event = await journal.next('defender.collect.received', ({ data }) => data.id === 'b');
    assert.equal(event.sequence, 2);
  });

  it('waits for an event that is yet to come', async () => {
    const waiting = journal.next('defender.collect.answered');
    journal.add('defender.collect.received', {});
    journal.add('defender.collect.answered', { status: 201 });
    assert.equal((await waiting).data.status, 201);
  });

  it('passes over what was before the mark', async () => {
    journal.add('connector.activity.created', { id: 'old' });
    const waiting = journal.next('connector.activity.created', () => true, { after: journal.mark });
    journal.add('connector.activity.created', { id: 'new' });
    assert.equal((await waiting).data.id, 'new');
  });

  it('says what was awaited and what happened instead, when it gives up', async () => {
    journal.add('defender.getMachine.received', { id: 'x' });
    const waiting = journal.next('defender.collect.received', () => true, { timeoutMs: 10 });
    await assert.rejects(
      waiting,
      /Waited 10 ms for event defender\.collect\.received[\s\S]+1 defender\.getMachine\.received \{ id: 'x' \}/,
    );
  });

  it('hands on an error of the predicate to whom it belongs', async () => {
    const waiting = journal.next('defender.collect.received', () => {
      throw new Error('bad predicate');
    });
    const rejected = assert.rejects(waiting, /bad predicate/);
    journal.add('defender.collect.received', {});
    await rejected;
  });
});
