import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import getPort from 'get-port';
import sinon from 'sinon';
import { createConfidentialClient } from '../../../../src/adapters/entra/confidential-client.ts';
import { entraErrors } from '../../../../src/adapters/entra/exchange-problem.ts';
import { createOnBehalfOf, type Exchanger } from '../../../../src/adapters/entra/on-behalf-of.ts';
import type { Obstacle, Problem } from '../../../../src/domain/problem.ts';
import { Secret } from '../../../../src/domain/secret.ts';
import type { OnBehalfOf } from '../../../../src/ports.ts';
import { json, type KeptLog, keptLog } from '../defender/wire-server.ts';
import {
  ana,
  appId,
  assertionOf,
  bo,
  type Form,
  granted,
  jwt,
  refused,
  type TokenEndpoint,
  tenant,
  tokenEndpoint,
} from './token-endpoint.ts';

const scope = 'https://defender.example/.default';

/** Who an assertion is for, as the server reads it. */
function personIn({ assertion = '' }: Form): string {
  const claims: unknown = JSON.parse(Buffer.from(assertion.split('.')[1] ?? '', 'base64url').toString());
  assert.ok(typeof claims === 'object' && claims !== null && 'oid' in claims && typeof claims.oid === 'string');
  return claims.oid;
}

const grant = (response: ServerResponse, form: Form) => json(response, 200, granted(personIn(form)));

describe('createOnBehalfOf', () => {
  let entra: TokenEndpoint;
  let log: KeptLog;
  let client: Exchanger;
  let onBehalfOf: OnBehalfOf;

  async function listen(
    answer: (response: ServerResponse, form: Form, count: number) => void,
    limit?: number,
  ): Promise<void> {
    entra = await tokenEndpoint(answer);
    const credential = { kind: 'secret', secret: new Secret('clientSecret', 'secret-marker') } as const;
    client = createConfidentialClient({ appId, tenant, authorityHost: entra.url, credential, log });
    onBehalfOf = createOnBehalfOf(client, scope, log, limit);
  }
  const exchange = (text: string) => onBehalfOf.exchange(new Secret('assertion', text));

  async function problemOf(text: string): Promise<Problem> {
    const result = await exchange(text);
    assert.ok(result.kind === 'problem', 'it gave a token');
    return result.problem;
  }

  /** The problem without the correlation id, which is new each time. */
  async function kindOf(text: string): Promise<Omit<Problem, 'correlationId'>> {
    const { correlationId, ...rest } = await problemOf(text);
    assert.ok(correlationId !== undefined);
    return rest;
  }

  beforeEach(() => {
    log = keptLog();
  });
  afterEach(async () => {
    sinon.restore();
    await entra.close();
  });

  it('exchanges the assertion for a token of the same person, as Microsoft’s page has it', async () => {
    await listen(grant);
    const assertion = assertionOf(ana);
    const result = await exchange(assertion);
    assert.ok(result.kind === 'token');
    const {
      client_id,
      client_secret,
      grant_type,
      requested_token_use,
      assertion: sent,
      scope: asked,
    } = entra.forms[0] ?? {};
    assert.deepEqual([client_id, client_secret], [appId, 'secret-marker']);
    assert.deepEqual(
      [grant_type, requested_token_use],
      ['urn:ietf:params:oauth:grant-type:jwt-bearer', 'on_behalf_of'],
    );
    assert.equal(sent, assertion);
    assert.ok(asked?.split(' ').includes(scope));
  });

  it('asks Entra once for an assertion, and again for the next', async () => {
    await listen(grant);
    const first = await exchange(assertionOf(ana, '1'));
    assert.deepEqual(await exchange(assertionOf(ana, '1')), first);
    assert.equal(entra.forms.length, 1);
    await exchange(assertionOf(ana, '2'));
    assert.equal(entra.forms.length, 2);
  });

  it('never mixes people up, not from the cache either', async () => {
    await listen(grant);
    for (const oid of [ana, bo, ana, bo]) {
      const result = await exchange(assertionOf(oid));
      assert.ok(result.kind === 'token');
      assert.equal(personIn({ assertion: result.token.reveal() }), oid);
    }
    assert.equal(entra.forms.length, 2);
  });

  it('does not use a token without scp, which would be an application’s', async () => {
    await listen((response) => json(response, 200, granted(ana, { roles: ['Machine.Read.All'] })));
    assert.deepEqual(await kindOf(assertionOf(ana)), { kind: 'signInRefused' });
    assert.ok(
      log.lines.some(({ level, message }) => level === 'error' && message.includes('without delegated permissions')),
    );
  });

  it('does not use a token of somebody else', async () => {
    await listen((response) => json(response, 200, granted(bo)));
    assert.deepEqual(await kindOf(assertionOf(ana)), { kind: 'someoneElsesSignIn' });
  });

  const claims = { claims: '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}' };
  const proof = (code: string, obstacle?: Obstacle): Problem => ({
    kind: 'moreProofNeeded',
    code,
    ...(obstacle === undefined ? {} : { obstacle }),
  });
  const refusals: readonly (readonly [what: string, body: object, problem: Problem])[] = [
    ['missing consent', refused('invalid_grant', 1, { suberror: 'consent_required' }), { kind: 'consentMissing' }],
    ['missing consent without a sub-error', refused('invalid_grant', 65001), { kind: 'consentMissing' }],
    ['declined consent', refused('invalid_grant', 65004), { kind: 'consentMissing' }],
    ['an administrator’s consent', refused('invalid_grant', 90094), { kind: 'consentMissing' }],
    ['claims', refused('invalid_grant', 1, { suberror: 'basic_action', ...claims }), proof('AADSTS1')],
    ['interaction', refused('interaction_required', 1), proof('AADSTS1')],
    [
      'AADSTS50076 as Entra sends it',
      refused('interaction_required', 50076, { suberror: 'basic_action', ...claims }),
      proof('AADSTS50076', 'secondFactor'),
    ],
    ['another invalid_grant', refused('invalid_grant', 50105), { kind: 'signInRefused', code: 'AADSTS50105' }],
    ['a wrong audience', refused('invalid_grant', 500131), { kind: 'botRefused', code: 'AADSTS500131' }],
    ['a refusal without a number', { error: 'access_denied' }, { kind: 'signInRefused', code: 'access_denied' }],
    ['a wrong secret', refused('invalid_client', 7000215), { kind: 'botRefused', code: 'AADSTS7000215' }],
    ['an unknown app', refused('unauthorized_client', 700016), { kind: 'botRefused', code: 'AADSTS700016' }],
    ['an unknown resource', refused('invalid_resource', 500011), { kind: 'botRefused', code: 'AADSTS500011' }],
  ];
  for (const [what, body, problem] of refusals) {
    it(`reads ${what} as ${problem.kind}`, async () => {
      await listen((response) => json(response, 400, body));
      assert.deepEqual(await kindOf(assertionOf(ana)), problem);
    });
  }

  for (const { numbers, meaning } of entraErrors) {
    it(`reads ${numbers.join(', ')} as ${meaning.kind}${'obstacle' in meaning ? `, ${meaning.obstacle}` : ''}`, async () => {
      let next = '';
      await listen((response) => json(response, 400, refused('invalid_grant', Number(next))));
      for (const number of numbers) {
        next = number;
        const { code, ...rest } = { code: undefined, ...(await kindOf(assertionOf(ana, number))) };
        assert.deepEqual(rest, meaning);
        const saysNumber = meaning.kind === 'moreProofNeeded' || meaning.kind === 'botRefused';
        assert.equal(code, saysNumber ? `AADSTS${number}` : undefined);
      }
    });
  }

  it('has each number in one line of the table alone', () => {
    const all = entraErrors.flatMap(({ numbers }) => numbers);
    assert.deepEqual([...new Set(all)], all);
  });

  for (const [what, body, level] of [
    ['an operator’s fault', refused('invalid_client', 7000222), 'error'],
    ['a person’s', refused('invalid_grant', 50105), 'warn'],
  ] as const) {
    it(`logs ${what} as ${level}`, async () => {
      await listen((response) => json(response, 401, body));
      await exchange(assertionOf(ana));
      const lines = log.lines.filter(({ fields }) => 'problem' in fields);
      assert.deepEqual(
        lines.map((line) => line.level),
        [level],
      );
    });
  }

  for (const [what, body] of [
    ['an object', { error: { code: 'X', message: 'you sent eyJhbGciOiJub25lIn0.echoed' } }],
    ['a token', { error: 'eyJhbGciOiJub25lIn0.echoed' }],
    ['a number that is none', { error: 'eyJhbGciOiJub25lIn0.echoed', error_codes: [{ echoed: 1 }] }],
  ] as const) {
    it(`keeps nothing of ${what} in place of an OAuth error`, async () => {
      await listen((response) => json(response, 400, body));
      assert.deepEqual(await kindOf(assertionOf(ana)), { kind: 'signInRefused' });
      assert.doesNotMatch(JSON.stringify(log.lines), /echoed/);
    });
  }

  it('calls an Entra that is not to be reached unavailable, and leaves the operator in peace', async () => {
    await listen(grant);
    await entra.close();
    assert.deepEqual(await kindOf(assertionOf(ana)), { kind: 'signInUnavailable' });
    await listen(grant);
    assert.ok(log.lines.every(({ level }) => level !== 'error'));
  });

  it('calls an answer without a token unavailable', async () => {
    await listen((response) => json(response, 200, {}));
    assert.deepEqual(await kindOf(assertionOf(ana)), { kind: 'signInUnavailable' });
  });

  it('calls a managed identity that fails unavailable, and tells the operator', async () => {
    await listen(grant);
    const identity = await getPort();
    const environment = {
      ...process.env,
      IDENTITY_ENDPOINT: `http://127.0.0.1:${identity}/`,
      IDENTITY_HEADER: 'header',
    };
    sinon.stub(process, 'env').value(environment);
    const credential = { kind: 'managedIdentity', clientId: appId } as const;
    client = createConfidentialClient({ appId, tenant, authorityHost: entra.url, credential, log });
    onBehalfOf = createOnBehalfOf(client, scope, log);
    assert.deepEqual(await kindOf(assertionOf(ana)), { kind: 'signInUnavailable' });
    assert.ok(log.lines.some(({ level }) => level === 'error'));
  });

  it('gives the correlation id that Entra got', async () => {
    await listen((response) => json(response, 400, refused('invalid_grant', 50105)));
    const { correlationId } = await problemOf(assertionOf(ana));
    assert.equal(correlationId, entra.forms[0]?.['client-request-id']);
  });

  const outages: readonly (readonly [string, (response: ServerResponse) => void])[] = [
    ['429', (response) => json(response, 429, refused('temporarily_unavailable', 90055), { 'retry-after': '120' })],
    ['500', (response) => json(response, 500, { error: 'server_error' })],
    ['503', (response) => json(response, 503, {}, { 'retry-after': '120' })],
    ['HTML', (response) => response.end('<html>')],
    ['a broken connection', (response) => response.socket?.destroy()],
  ];
  for (const [what, fail] of outages) {
    it(`calls ${what} unavailable, and lets the next person through at once`, async () => {
      let isOut = true;
      await listen((response, form) => (isOut ? fail(response) : grant(response, form)));
      assert.deepEqual(await kindOf(assertionOf(ana)), { kind: 'signInUnavailable' });
      isOut = false;
      assert.equal((await exchange(assertionOf(bo))).kind, 'token');
      assert.equal((await exchange(assertionOf(ana))).kind, 'token');
    });
  }

  it('lets the next person through at once after a refusal with Retry-After', async () => {
    await listen((response, form) =>
      personIn(form) === ana
        ? json(response, 400, refused('invalid_grant', 50105), { 'retry-after': '120' })
        : grant(response, form),
    );
    await exchange(assertionOf(ana));
    assert.equal((await exchange(assertionOf(bo))).kind, 'token');
  });

  describe('the cache', () => {
    const entries = () => Object.keys(client.getTokenCache().getKVStore()).length;

    it('does not grow with a person’s assertions', async () => {
      await listen(grant);
      await exchange(assertionOf(ana, 'first'));
      const one = entries();
      for (let i = 0; i < 20; i += 1) await exchange(assertionOf(ana, String(i)));
      assert.equal(entries(), one);
    });

    it('starts anew above its bound, and people go on', async () => {
      const limit = 12;
      await listen(grant, limit);
      for (let i = 0; i < 10; i += 1) {
        const oid = `00000000-0000-4000-8000-0000000001${String(i).padStart(2, '0')}`;
        assert.equal((await exchange(assertionOf(oid))).kind, 'token');
        assert.ok(entries() <= limit, `${entries()} entries`);
      }
    });
  });

  it('keeps secret, assertion and tokens out of the log', async () => {
    await listen((response, form, count) =>
      count === 1 ? json(response, 401, refused('invalid_client', 7000215)) : grant(response, form),
    );
    const assertion = assertionOf(ana);
    await exchange(assertion);
    await exchange(assertion);
    const text = JSON.stringify(log.lines, (_, value) => (value instanceof Error ? `${value.stack}` : value));
    for (const secret of ['-marker', assertion, jwt({}).split('.')[0] ?? '']) assert.ok(!text.includes(secret), secret);
  });
});
