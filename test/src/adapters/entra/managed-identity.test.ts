import assert from 'node:assert/strict';
import type { AuthenticationResult } from '@azure/msal-node';
import { AuthError, ServerError } from '@azure/msal-node';
import getPort from 'get-port';
import sinon from 'sinon';
import { judgeExchangeError } from '../../../../src/adapters/entra/exchange-problem.ts';
import { createIdentityNetwork } from '../../../../src/adapters/entra/identity-network.ts';
import {
  IdentityUnavailable,
  identityAssertion,
  managedIdentityPassword,
} from '../../../../src/adapters/entra/managed-identity.ts';
import { EntraUnavailable } from '../../../../src/adapters/entra/msal-network.ts';
import { hour, minute, second } from '../../../../src/domain/instant.ts';
import { type KeptLog, keptLog, type WireServer, wireServer } from '../defender/wire-server.ts';

const config = { clientId: 'bot' };

describe('the managed identity’s assertion', () => {
  let clock: sinon.SinonFakeTimers;
  let log: KeptLog;

  beforeEach(() => {
    clock = sinon.useFakeTimers();
    log = keptLog();
  });
  afterEach(() => sinon.restore());

  /** MSAL, of which `acquireToken` alone is used; it gives tokens in turn, or throws. */
  function assertionFrom(...turns: readonly (string | Error | Promise<never>)[]) {
    let turn = 0;
    const acquireToken = async (): Promise<AuthenticationResult> => {
      const next = turns[Math.min(turn, turns.length - 1)] ?? '';
      turn += 1;
      if (typeof next !== 'string') return next instanceof Error ? Promise.reject(next) : await next;
      return aResult(next, clock.now + hour);
    };
    return identityAssertion({ acquireToken }, 'api://AzureADTokenExchange', log);
  }

  it('is the newest token that MSAL has', async () => {
    const assertion = assertionFrom('first', 'second');
    assert.deepEqual([await assertion(config), await assertion(config)], ['first', 'second']);
  });

  it('stays the last one while that is good, when it cannot be renewed', async () => {
    const assertion = assertionFrom('first', new AuthError('network_error', '', 'away'));
    await assertion(config);
    await clock.tickAsync(hour - minute);
    assert.equal(await assertion(config), 'first');
    assert.match(log.lines.map(({ message }) => message).join(), /last token is still good/);
    await clock.tickAsync(second);
    await assert.rejects(assertion(config), IdentityUnavailable);
  });

  it('is waited for no longer than 10 s, whatever MSAL repeats', async () => {
    const assertion = assertionFrom(new Promise<never>(() => {}));
    const late = assert.rejects(assertion(config), (error) => error instanceof IdentityUnavailable && !error.isRefusal);
    await clock.tickAsync(10 * second);
    await late;
  });

  it('tells an endpoint that refuses the identity from one that is away', async () => {
    const refused = assertionFrom(new ServerError('invalid_request', '', 'Identity not found'));
    await assert.rejects(refused(config), (error) => error instanceof IdentityUnavailable && error.isRefusal);
    const judged = [true, false].map((isRefusal) => judgeExchangeError(new IdentityUnavailable(isRefusal, 'why')));
    assert.deepEqual(judged, [
      { problem: { kind: 'botRefused' }, needsOperator: true },
      { problem: { kind: 'signInUnavailable' }, needsOperator: true },
    ]);
    const away = assertionFrom(new EntraUnavailable('noAnswer', ''));
    await assert.rejects(away(config), (error) => error instanceof IdentityUnavailable && !error.isRefusal);
  });
});

describe('the way to the identity endpoint', () => {
  let endpoint: WireServer;
  const log = keptLog();

  afterEach(() => endpoint.close());

  it('gives MSAL every status to judge, with a body that is an object whatever the page says', async () => {
    for (const [status, text, body] of [
      [200, '{"access_token":"t"}', { access_token: 't' }],
      [400, '{"error":"invalid_request"}', { error: 'invalid_request' }],
      [410, 'Gone', { error: 'unreadable' }],
      [503, '<html>', { error: 'unreadable' }],
    ] as const) {
      endpoint = await wireServer((response) => {
        response.writeHead(status);
        response.end(text);
      });
      const answer = await createIdentityNetwork(log).sendGetRequestAsync(`${endpoint.url}/msi/token`);
      assert.deepEqual([answer.status, answer.body], [status, body]);
      if (status !== 503) await endpoint.close();
    }
  });

  it('ends a call that hangs, and one to where nobody listens', async () => {
    endpoint = await wireServer(() => {});
    const hanging = createIdentityNetwork(log, 50).sendGetRequestAsync(`${endpoint.url}/msi/token`);
    await assert.rejects(hanging, (error) => error instanceof EntraUnavailable && error.trouble === 'tooLate');
    const nobody = createIdentityNetwork(log).sendGetRequestAsync(`http://127.0.0.1:${await getPort()}/`);
    await assert.rejects(nobody, (error) => error instanceof EntraUnavailable && error.trouble === 'noAnswer');
  });

  it('never takes a page for a token', async () => {
    endpoint = await wireServer((response) => response.end('<html>Welcome</html>'));
    const asked = createIdentityNetwork(log).sendGetRequestAsync(`${endpoint.url}/msi/token`);
    await assert.rejects(asked, (error) => error instanceof EntraUnavailable && error.trouble === 'unreadable');
  });
});

describe('the password of a database that knows the managed identity', () => {
  it('is a token for the databases of that one of Azure’s clouds', async () => {
    for (const [server, expected] of [
      ['db.postgres.database.azure.com', 'https://ossrdbms-aad.database.windows.net'],
      ['db.postgres.database.usgovcloudapi.net', 'https://ossrdbms-aad.database.usgovcloudapi.net'],
    ] as const) {
      const password = managedIdentityPassword('0d000000-1111-4222-8333-444444444444', server, keptLog(), {
        acquireToken: async ({ resource }) => aResult(`token for ${resource}`, Date.now() + hour),
      });
      assert.equal(await password(), `token for ${expected}`);
    }
  });
});

/** What MSAL gives for a token. */
function aResult(accessToken: string, until: number): AuthenticationResult {
  return {
    accessToken,
    expiresOn: new Date(until),
    authority: '',
    uniqueId: '',
    tenantId: '',
    scopes: [],
    account: null,
    idToken: '',
    idTokenClaims: {},
    fromCache: false,
    tokenType: 'Bearer',
    correlationId: '',
  };
}
