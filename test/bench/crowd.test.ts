import assert from 'node:assert/strict';
import { z } from 'zod';
import { floodLimits } from '../../src/domain/flood.ts';
import { Crowd } from './crowd.ts';

const read = z.object({
  id: z.string(),
  text: z.string(),
  from: z.object({ aadObjectId: z.string() }),
  conversation: z.object({ id: z.string() }),
});

function most(values: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return Math.max(...counts.values());
}

describe('the crowd of the bench', () => {
  const messages = new Crowd('https://127.0.0.1/emea/').next(3_000, (number) => `/collect ws ${number}`);
  const activities = messages.map(({ body }) => read.parse(JSON.parse(body)));

  it('says nothing twice, and opens a thread with each message', () => {
    assert.equal(new Set(activities.map(({ id }) => id)).size, 3_000);
    assert.equal(new Set(activities.map(({ text }) => text)).size, 3_000);
    for (const [place, { id, conversation }] of activities.entries()) {
      assert.equal(conversation.id, messages[place]?.conversation);
      assert.ok(conversation.id.endsWith(`;messageid=${id}`));
    }
  });

  it('asks, at 50 messages a second, less often than a person and a conversation may', () => {
    const { person, conversation } = floodLimits.message;
    assert.ok(most(activities.map(({ from }) => from.aadObjectId)) < (person[0]?.calls ?? 0));
    assert.ok(most(activities.map((each) => each.conversation.id.split(';')[0] ?? '')) < (conversation[0]?.calls ?? 0));
  });
});
