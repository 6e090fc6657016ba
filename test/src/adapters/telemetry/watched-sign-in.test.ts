import assert from 'node:assert/strict';
import { watchedOnBehalfOf } from '../../../../src/adapters/telemetry/watched-sign-in.ts';
import { Secret } from '../../../../src/domain/secret.ts';
import { correlationId } from '../../../build/ids.ts';
import { keptTelemetry } from '../../../fakes/kept-telemetry.ts';
import { Exchange } from '../../../fakes/people-signed-in.ts';

describe('exchanges that are watched', () => {
  const assertion = new Secret('assertion', 'marker');

  it('count what Entra refuses by its reason, and the span has the correlation id and no token', async () => {
    const { spans, numbers, ...telemetry } = keptTelemetry();
    const exchange = new Exchange();
    exchange.problem = { kind: 'consentMissing', correlationId: correlationId() };
    const result = await watchedOnBehalfOf(exchange, telemetry).exchange(assertion);
    assert.deepEqual(result, { kind: 'problem', problem: exchange.problem });
    assert.deepEqual(await numbers(), ['collector_sign_in_failures_total{reason="consentMissing"} 1']);
    assert.deepEqual(spans()[0]?.attributes, {
      'collector.correlation': correlationId(),
      'error.type': 'consentMissing',
    });
  });

  it('count nothing when they succeed', async () => {
    const { numbers, ...telemetry } = keptTelemetry();
    assert.equal((await watchedOnBehalfOf(new Exchange(), telemetry).exchange(assertion)).kind, 'token');
    assert.deepEqual(await numbers(), []);
  });
});
