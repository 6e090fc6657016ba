import assert from 'node:assert/strict';
import sinon from 'sinon';
import { Team } from '../../../../src/adapters/store/team.ts';

describe('the workers of one queue', () => {
  let clock: sinon.SinonFakeTimers;
  /** Who was woken, in order. */
  let woken: string[];
  let team: Team;

  beforeEach(() => {
    clock = sinon.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    woken = [];
    team = new Team(1_000, (worker) => woken.push(worker));
    for (const worker of ['a', 'b', 'c']) team.join(worker);
  });
  afterEach(() => {
    team.stop();
    clock.restore();
  });

  it('look for due jobs by one of them, however many they are', () => {
    clock.tick(3_000);
    assert.deepEqual(woken, ['a', 'a', 'a']);
  });

  it('look by another one while one is at work, and by nobody while all are', () => {
    team.begins('a');
    woken = [];
    clock.tick(1_000);
    assert.deepEqual(woken, ['b']);
    for (const worker of ['b', 'c']) team.begins(worker);
    woken = [];
    clock.tick(5_000);
    assert.deepEqual(woken, []);
  });

  it('share what is due at once: who gets a job wakes the next', () => {
    team.begins('a');
    team.begins('b');
    assert.deepEqual(woken, ['b', 'c']);
  });

  it('look again at once when a job has ended, since another may have waited for it', () => {
    team.begins('a');
    woken = [];
    team.ends('a');
    assert.deepEqual(woken, ['a']);
  });

  it('are not woken any more after a stop', () => {
    team.stop();
    clock.tick(5_000);
    assert.deepEqual(woken, []);
  });
});
