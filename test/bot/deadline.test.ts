import assert from 'node:assert/strict';
import sinon from 'sinon';
import { Budget, DeadlineError, within } from '../../bot/deadline.ts';

describe('a deadline', () => {
  let clock: sinon.SinonFakeTimers;
  beforeEach(() => {
    clock = sinon.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  });
  afterEach(() => clock.restore());

  const never = () => new Promise<never>(() => undefined);

  it('gives what came in time, or the error that did, and leaves no timer behind', async () => {
    assert.equal(await within(10, 'it', Promise.resolve(7)), 7);
    await assert.rejects(within(10, 'it', Promise.reject(new TypeError('own'))), TypeError);
    assert.equal(clock.countTimers(), 0);
  });

  it('gives up when the time is over, and says on whom', async () => {
    const waiting = assert.rejects(within(10, 'the connector', never()), {
      name: 'DeadlineError',
      message: 'the connector did not answer within 10 ms',
    });
    await clock.tickAsync(10);
    await waiting;
  });

  it('shared by two waits leaves the second what the first has left', async () => {
    const budget = new Budget(1_000);
    const first = assert.rejects(within(600, 'the first', never()), DeadlineError);
    await clock.tickAsync(600);
    await first;
    const second = assert.rejects(budget.within('the second', never()), /within 400 ms/);
    await clock.tickAsync(400);
    await second;
    assert.equal(await budget.within('what is there already', Promise.resolve(7)), 7);
  });
});
