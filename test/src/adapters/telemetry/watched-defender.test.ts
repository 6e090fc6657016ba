import assert from 'node:assert/strict';
import { subjectIds } from '../../../../src/adapters/telemetry/subject.ts';
import { watchedDefender } from '../../../../src/adapters/telemetry/watched-defender.ts';
import type { DefenderFailure } from '../../../../src/domain/defender-failure.ts';
import { Secret } from '../../../../src/domain/secret.ts';
import { anAction } from '../../../build/action.ts';
import { correlationId, deviceId, machineActionId } from '../../../build/ids.ts';
import { fakeDefender } from '../../../fakes/defender.ts';
import { keptTelemetry } from '../../../fakes/kept-telemetry.ts';

const token = new Secret('defenderToken', 'token-marker');

describe('calls to Defender that are watched', () => {
  const failures: readonly (readonly [string, DefenderFailure])[] = [
    ['429', { kind: 'answered', status: 429, code: '', message: 'sentence-marker', correlationId: correlationId() }],
    ['unanswered', { kind: 'unanswered', sent: true }],
    ['notSent', { kind: 'unanswered', sent: false }],
    ['noBudget', { kind: 'noBudget', retryAfterMs: 1 }],
    ['unreadable', { kind: 'unreadable', status: 200 }],
  ];
  for (const [result, failure] of failures) {
    it(`are counted as ${result}, and the span has that word, the ids, and nothing that was written`, async () => {
      const { spans, numbers, ...telemetry } = keptTelemetry();
      const fake = fakeDefender();
      fake.collect.resolves({ ok: false, failure });
      const answer = await watchedDefender(fake, telemetry).collect(token, deviceId(), 'comment-marker', 0);
      assert.deepEqual(answer, { ok: false, failure });
      assert.deepEqual(await numbers(), [`collector_defender_calls_total{call="collect",result="${result}"} 1`]);
      assert.deepEqual(spans()[0]?.attributes, {
        'collector.device': deviceId(),
        'error.type': result,
        ...(failure.kind === 'answered' ? { 'collector.correlation': correlationId() } : {}),
      });
    });
  }

  it('pass on what they get, and the log knows meanwhile which action or device it is about', async () => {
    const { numbers, ...telemetry } = keptTelemetry();
    const fake = fakeDefender();
    const ids: unknown[] = [];
    fake.action.callsFake(async () => {
      ids.push(subjectIds());
      return { ok: true, value: anAction() };
    });
    const answer = await watchedDefender(fake, telemetry).action(token, machineActionId());
    assert.deepEqual(answer, { ok: true, value: anAction() });
    assert.deepEqual(ids, [{ action: machineActionId() }]);
    assert.deepEqual(await numbers(), ['collector_defender_calls_total{call="action",result="ok"} 1']);
  });

  it('are all watched, each under its own name and with all that it was given', async () => {
    const { numbers, ...telemetry } = keptTelemetry();
    const given: unknown[] = [];
    const failing = async (...args: readonly unknown[]) => {
      given.push(args);
      return { ok: false, failure: { kind: 'unanswered', sent: true } } as const;
    };
    const fake = fakeDefender();
    const everyCall = Object.fromEntries(Object.keys(fake).map((call) => [call, failing]));
    const watched = watchedDefender({ ...fake, ...everyCall }, telemetry);
    const args = [token, deviceId(), 'third', 4];
    for (const call of Object.values(watched)) await Reflect.apply(call, undefined, args);
    assert.equal((await numbers()).length, Object.keys(fake).length);
    const lengths = Object.values(watched).map((call) => call.length);
    assert.deepEqual(
      given,
      lengths.map((length) => args.slice(0, length)),
    );
  });
});
