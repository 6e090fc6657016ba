import assert from 'node:assert/strict';
import fc from 'fast-check';
import { floodLimits, type KnockKind, type KnockLedger, ruleOnKnock } from '../../../src/domain/flood.ts';
import { type Instant, later, minute, second } from '../../../src/domain/instant.ts';
import { start } from '../../build/moment.ts';

const nobody: KnockLedger = { admitted: [] };
const asked = (times: number): KnockLedger => ({ admitted: Array.from({ length: times }, () => start) });

describe('a flood', () => {
  it('of one person is held back after thirty messages in a minute, and let in again after it', () => {
    assert.equal(ruleOnKnock('message', asked(29), nobody, start).answer.kind, 'admitted');
    const { answer } = ruleOnKnock('message', asked(30), nobody, later(start, 10 * second));
    assert.deepEqual(answer, { kind: 'turnedAway', whose: 'person', retryAfterMs: 50 * second, isNews: true });
    assert.equal(ruleOnKnock('message', asked(30), nobody, later(start, minute)).answer.kind, 'admitted');
  });

  it('of a whole conversation is held back, whoever speaks, and its people can still click', () => {
    const { answer } = ruleOnKnock('message', nobody, asked(120), later(start, second));
    assert.ok(answer.kind === 'turnedAway' && answer.whose === 'conversation');
    assert.equal(ruleOnKnock('click', nobody, asked(10_000), later(start, second)).answer.kind, 'admitted');
  });

  it('is told once in a minute', () => {
    const now = later(start, second);
    const first = ruleOnKnock('message', asked(30), nobody, now);
    assert.deepEqual(first.person, { ...asked(30), toldAt: now });
    const told: KnockLedger = { ...asked(30), toldAt: now };
    const again = ruleOnKnock('message', told, nobody, later(now, second));
    assert.ok(again.answer.kind === 'turnedAway' && !again.answer.isNews);
    assert.equal(again.person, undefined);
  });

  it('of one person does not use up the conversation’s share', () => {
    assert.equal(ruleOnKnock('message', asked(30), nobody, later(start, second)).conversation, undefined);
  });

  it('never lets more than the limit into any minute, wherever it begins', () => {
    const steps = fc.array(fc.nat({ max: 5 * second }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(steps, fc.constantFrom<KnockKind>('message', 'click', 'urgent'), (pauses, kind) => {
        let person = nobody;
        let now: Instant = start;
        const admitted: Instant[] = [];
        for (const pause of pauses) {
          now = later(now, pause);
          const ruling = ruleOnKnock(kind, person, nobody, now);
          if (ruling.answer.kind === 'admitted') admitted.push(now);
          person = ruling.person ?? person;
        }
        const most = floodLimits[kind].person[0]?.calls ?? 0;
        for (const from of admitted) {
          assert.ok(admitted.filter((at) => at >= from && at < later(from, minute)).length <= most);
        }
      }),
    );
  });
});
