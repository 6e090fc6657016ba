import assert from 'node:assert/strict';
import { comment, defenderRig, device, failureOf, soon, token } from './defender-rig.ts';
import { json } from './wire-server.ts';

describe('a refusal', () => {
  const rig = defenderRig();
  const collect = () => rig.defender.collect(token, device, comment, soon());

  it('reads code, correlation id and Retry-After of a refusal', async () => {
    const error = { code: 'Unauthorized', message: 'no', target: 'corr-1' };
    await rig.listen((response) => json(response, 401, { error }, { 'retry-after': '3' }));
    const expected = { kind: 'answered', status: 401, code: 'Unauthorized', message: 'no', retryAfterMs: 3_000 };
    assert.deepEqual(failureOf(await collect()), { ...expected, correlationId: 'corr-1' });
  });

  for (const [what, type, body, code] of [
    ['an OData error with an empty code and no target', 'application/json', '{"error":{"code":"","message":"m"}}', ''],
    ['a proxy’s HTML', 'text/html', '<html>502</html>', ''],
    ['truncated JSON', 'application/json', '{"error":{"code":"Forb', ''],
    ['no body', 'application/json', '', ''],
    ['JSON under another type', 'text/plain', '{"error":{"code":"Forbidden","message":""}}', 'Forbidden'],
  ] as const) {
    it(`bears ${what}`, async () => {
      await rig.listen((response) => response.writeHead(403, { 'content-type': type }).end(body));
      const failure = failureOf(await collect());
      assert.ok(failure.kind === 'answered');
      assert.deepEqual([failure.status, failure.code, failure.correlationId], [403, code, undefined]);
    });
  }
});
