import assert from 'node:assert/strict';
import { type PaceLedger, paceSlack, ruleOnPost, withPost } from '../../../src/domain/chat-pace.ts';
import { hour, later, minute, second } from '../../../src/domain/instant.ts';
import { start } from '../../build/moment.ts';

const nobody: PaceLedger = { posts: [] };
const posts = (count: number): PaceLedger => ({ posts: Array.from({ length: count }, () => start) });

describe('the pace of posts', () => {
  it('lets seven posts at once into a conversation, the eighth after the second, the ninth after two', () => {
    assert.deepEqual(ruleOnPost(posts(6), nobody, start), { kind: 'taken' });
    assert.deepEqual(ruleOnPost(posts(7), nobody, start), { kind: 'none', retryAfterMs: second + paceSlack });
    assert.deepEqual(ruleOnPost(posts(8), nobody, start), { kind: 'none', retryAfterMs: 2 * second + paceSlack });
  });

  it('keeps the limits of thirty seconds and of an hour', () => {
    assert.deepEqual(ruleOnPost(posts(60), nobody, start), { kind: 'none', retryAfterMs: 30 * second + paceSlack });
    assert.deepEqual(ruleOnPost(posts(1_800), nobody, start), { kind: 'none', retryAfterMs: hour + paceSlack });
  });

  it('lets fifty posts a second into all conversations together', () => {
    assert.deepEqual(ruleOnPost(nobody, posts(49), start), { kind: 'taken' });
    assert.deepEqual(ruleOnPost(nobody, posts(50), start), { kind: 'none', retryAfterMs: second + paceSlack });
  });

  it('lets nobody write while a 429 lasts', () => {
    const paused: PaceLedger = { posts: [], pausedUntil: later(start, minute) };
    assert.deepEqual(ruleOnPost(paused, nobody, start), { kind: 'none', retryAfterMs: minute });
    assert.deepEqual(ruleOnPost(paused, nobody, later(start, minute)), { kind: 'taken' });
  });

  it('forgets what no limit looks at any more', () => {
    assert.deepEqual(withPost(posts(3), later(start, 2 * hour)).posts, [later(start, 2 * hour)]);
    assert.equal(withPost(posts(3), later(start, hour)).posts.length, 4);
  });
});
