import assert from 'node:assert/strict';
import { ServerError } from '@azure/msal-node';
import sinon from 'sinon';
import { describeError } from '../../../bot/log.ts';
import { createTokenService, type TokenClient } from '../../../bot/teams/assertions.ts';
import { Secret } from '../../../src/domain/secret.ts';
import { dana } from '../../build/person.ts';
import { keptLog } from '../../src/adapters/defender/wire-server.ts';
import { aToken } from './desk.ts';

describe('the Token Service', () => {
  const log = keptLog();
  const token = aToken(dana);

  /** A service whose every answer is `answer`. */
  function serviceOf(answer: () => Promise<unknown>) {
    const client: TokenClient = {
      getUserToken: sinon.spy(answer),
      exchangeToken: sinon.spy(answer),
      getSignInResource: () => Promise.reject(new Error('nobody asked for that')),
      signOutUser: async () => {
        await answer();
      },
    };
    return { client, service: createTokenService(async () => client, 'defender-sso', log) };
  }
  const refusal = (statusCode: number) => () =>
    Promise.reject(Object.assign(new Error(`refused ${token}`), { statusCode, request: { headers: { token } } }));

  const calls = {
    find: (service: ReturnType<typeof createTokenService>) => service.find(dana),
    redeem: (service: ReturnType<typeof createTokenService>) => service.redeem(dana, '123456'),
    exchange: (service: ReturnType<typeof createTokenService>) =>
      service.exchange(dana, new Secret('assertion', token)),
  };
  for (const [name, call] of Object.entries(calls)) {
    it(`gives to ${name} the person’s token, read`, async () => {
      const result = await call(serviceOf(async () => ({ token })).service);
      assert.ok(result.kind === 'found');
      assert.equal(result.assertion.reveal(), token);
      assert.equal(result.claims.oid, dana.oid);
    });

    for (const answer of [{}, undefined, null, '', { token: '' }, { token: null }, []]) {
      it(`has for ${name} no token when it answers ${JSON.stringify(answer)}`, async () => {
        assert.deepEqual(await call(serviceOf(async () => answer).service), { kind: 'none' });
      });
    }

    for (const status of [400, 404, 412]) {
      it(`has for ${name} no token when it answers ${status}`, async () => {
        assert.deepEqual(await call(serviceOf(refusal(status)).service), { kind: 'none' });
      });
    }

    for (const status of [429, 500, 503]) {
      it(`is out of order for ${name} at ${status}: nobody is told to sign in again and again`, async () => {
        const lines = log.lines.length;
        const result = await call(serviceOf(refusal(status)).service);
        assert.deepEqual(result, { kind: 'problem', problem: { kind: 'signInUnavailable' } });
        const line = log.lines.slice(lines).find(({ level }) => level === 'warn');
        assert.ok(line);
        assert.doesNotMatch(JSON.stringify(describeError(line.fields.err)), /eyJ/);
      });
    }

    for (const status of [401, 403]) {
      it(`does not accept the bot itself for ${name} at ${status}: the operator is told, and no person sent to sign in`, async () => {
        const lines = log.lines.length;
        const result = await call(serviceOf(refusal(status)).service);
        assert.deepEqual(result, { kind: 'problem', problem: { kind: 'botRefused' } });
        assert.ok(log.lines.slice(lines).some(({ level }) => level === 'error'));
      });
    }

    it(`cannot be asked for ${name} while Entra refuses the bot’s credential, and passes Entra’s number on`, async () => {
      const refused = async () => {
        throw new ServerError('invalid_client', 'correlation-1', 'AADSTS7000215: Invalid client secret provided.');
      };
      const problem = { kind: 'botRefused', code: 'AADSTS7000215' };
      const result = await call(serviceOf(refused).service);
      assert.ok(result.kind === 'problem');
      const { correlationId: _, ...rest } = result.problem;
      assert.deepEqual(rest, problem);
    });

    for (const odd of [
      'opaque',
      'a.b.c',
      aToken(dana, { oid: undefined }),
      aToken(dana, { tid: 'x' }),
      aToken(dana, { exp: 'x' }),
    ]) {
      it(`does not believe a token for ${name} that does not say whose it is (${odd.slice(0, 6)}…)`, async () => {
        const result = await call(serviceOf(async () => ({ token: odd })).service);
        assert.deepEqual(result, { kind: 'problem', problem: { kind: 'someoneElsesSignIn' } });
      });
    }
  }

  it('that hangs is given up after 4 s', async () => {
    const clock = sinon.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const { service } = serviceOf(() => new Promise(() => undefined));
      const found = service.find(dana);
      const out = assert.rejects(service.signOut(dana), { name: 'DeadlineError' });
      await clock.tickAsync(4_000);
      assert.deepEqual(await found, { kind: 'problem', problem: { kind: 'signInUnavailable' } });
      await out;
    } finally {
      clock.restore();
    }
  });
});
