import assert from 'node:assert/strict';
import sinon from 'sinon';
import { z } from 'zod';
import { requestId } from '../../build/ids.ts';
import { dana, omar } from '../../build/person.ts';
import { aProposal, aProposalAt } from '../../build/request.ts';
import { aToken, Desk, held } from './desk.ts';

const guest = { channelData: { tenant: { id: 'c0ffee00-2222-4222-8222-000000000002' } } };

describe('an invoke', () => {
  let desk: Desk;
  beforeEach(() => {
    desk = new Desk();
  });
  const stored = () => desk.memory.requests.find(requestId());
  const waiting = aProposalAt({ step: 'signInNeeded' });

  it('that is none of ours gets 501, whatever its name', async () => {
    for (const name of ['task/fetch', 'composeExtension/query', 'application/search', '', undefined, null, 7]) {
      assert.deepEqual(await new Desk().invoke(name, {}), { status: 501 });
    }
  });

  it('is answered also when something breaks that nobody foresaw, and the log says what', async () => {
    const broken = { ...desk.memory.requests, find: () => Promise.reject(new Error('the store is on fire')) };
    desk = new Desk({ store: broken });
    const answer = await desk.click('collect', { request: requestId(), revision: 1 });
    assert.equal(answer.status, 200);
    assert.match(String(answer.body?.value), /went wrong on my side/);
    assert.match(String(desk.log.lines.find(({ level }) => level === 'error')?.fields.err), /on fire/);
  });

  it('that is a sign-in shows its button when something breaks that nobody foresaw', async () => {
    desk = new Desk({ exchanges: { firstTime: () => Promise.reject(new Error('the store is on fire')) } });
    for (const [name, value] of [
      ['signin/tokenExchange', { id: 'exchange-1', token: aToken(dana) }],
      ['signin/failure', { code: 'resourcematchfailed' }],
    ] as const) {
      const { status } = await desk.invoke(name, value);
      assert.equal(status, 412);
    }
  });

  it('is answered when the address of its conversation cannot be noted', async () => {
    const conversations = { ...desk.ports.conversations, remember: () => Promise.reject(new Error('503')) };
    desk = new Desk({ conversations });
    const answer = await desk.click('collect', { request: requestId(), revision: 1 });
    assert.match(String(answer.body?.value), /no longer known/);
  });

  it('with a login request offers no silent sign-in where the last one was not good enough', async () => {
    const problem = { kind: 'moreProofNeeded', obstacle: 'secondFactor' } as const;
    await desk.keep(aProposalAt({ step: 'signInNeeded', problem }));
    const answer = await desk.click('signIn', { request: requestId(), revision: 1 });
    assert.deepEqual(Object.keys(z.record(z.string(), z.unknown()).parse(answer.body?.value)).toSorted(), [
      'buttons',
      'connectionName',
      'text',
    ]);
  });

  it('with a login request carries what a client needs to sign in', async () => {
    await desk.keep(waiting);
    const answer = await desk.click('signIn', { request: requestId(), revision: 1 });
    assert.deepEqual(answer, {
      status: 200,
      body: {
        statusCode: 401,
        type: 'application/vnd.microsoft.activity.loginRequest',
        value: {
          text: 'Sign in, so that Defender sees you and not the bot.',
          connectionName: 'defender-sso',
          tokenExchangeResource: {
            id: 'exchange-1',
            uri: 'api://botid-b07b07b0-3333-4333-8333-000000000003',
            providerId: 'p',
          },
          buttons: [{ type: 'signin', title: 'Sign in', value: 'https://token.example/signin?code=link-marker' }],
        },
      },
    });
  });

  it('that wants a login request gets a clear answer when the Token Service is down', async () => {
    desk.tokenService.resource = () => Promise.reject(new Error('503'));
    await desk.keep(waiting);
    const answer = await desk.click('signIn', { request: requestId(), revision: 1 });
    assert.match(String(answer.body?.value), /sign-in service did not answer/);
  });

  describe('signin/tokenExchange', () => {
    const exchange = (token: string, changes: object = {}, id = 'e1') =>
      desk.invoke('signin/tokenExchange', { id, connectionName: 'defender-sso', token }, changes);

    it('takes the token, and what waited goes on', async () => {
      await desk.keep(waiting);
      assert.equal((await exchange(aToken(dana))).status, 200);
      assert.deepEqual(desk.tokenService.calls, ['exchange']);
      const request = await stored();
      assert.ok(request?.state === 'proposed');
      assert.equal(request.devices[0]?.sighting.step, 'looking');
    });

    it('from several devices at once asks the Token Service once, and each device is answered', async () => {
      const release = Promise.withResolvers<void>();
      desk.tokenService.exchanged = async () => {
        await release.promise;
        return held(aToken(dana));
      };
      const twin = new Desk(desk.ports);
      const value = { id: 'e1', connectionName: 'defender-sso', token: aToken(dana) };
      const answers = [desk.invoke('signin/tokenExchange', value), twin.invoke('signin/tokenExchange', value)];
      release.resolve();
      assert.deepEqual(await Promise.all(answers), [{ status: 200 }, { status: 200 }]);
      assert.deepEqual(desk.tokenService.calls, ['exchange']);
    });

    it('that comes again after it worked is not exchanged again', async () => {
      await exchange(aToken(dana));
      desk.tokenService.found = async () => held(aToken(dana));
      assert.equal((await exchange(aToken(dana))).status, 200);
      assert.deepEqual(desk.tokenService.calls, ['exchange', 'find']);
    });

    it('that comes again after it failed is tried again, and never answered as if it had worked', async () => {
      desk.tokenService.exchanged = async () => ({ kind: 'problem', problem: { kind: 'signInUnavailable' } });
      assert.equal((await exchange(aToken(dana))).status, 412);
      assert.equal((await exchange(aToken(dana))).status, 412);
      desk.tokenService.exchanged = async () => held(aToken(dana));
      assert.equal((await exchange(aToken(dana))).status, 200);
    });

    it('with somebody else’s token is refused, and never sent to the Token Service', async () => {
      assert.equal((await exchange(aToken(omar))).status, 412);
      assert.deepEqual(desk.tokenService.calls, []);
    });

    it('that cannot be exchanged gets 412, so that the client shows its button', async () => {
      desk.tokenService.exchanged = async () => ({ kind: 'none' });
      const answer = await exchange(aToken(dana));
      assert.equal(answer.status, 412);
      assert.equal(answer.body?.connectionName, 'defender-sso');
    });

    it('of another tenant is refused, and nobody is asked', async () => {
      assert.equal((await exchange(aToken(dana), guest)).status, 403);
      assert.deepEqual(desk.tokenService.calls, []);
    });

    it('that is not as clients send it is a bad request', async () => {
      for (const value of [
        undefined,
        null,
        {},
        { id: 'e1' },
        { id: '', token: 'x' },
        { id: 7, token: 'x' },
        { id: 'e', token: '' },
      ]) {
        assert.equal((await desk.invoke('signin/tokenExchange', value)).status, 400);
      }
    });

    it('is answered in time when the Token Service hangs', async () => {
      const clock = sinon.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
      try {
        desk.tokenService.exchanged = () => new Promise(() => undefined);
        const answer = exchange(aToken(dana));
        await clock.tickAsync(3_000);
        assert.equal((await answer).status, 412);
      } finally {
        clock.restore();
      }
    });
  });

  describe('signin/verifyState', () => {
    const verify = (state: unknown, changes: object = {}) => desk.invoke('signin/verifyState', { state }, changes);

    it('redeems the code, and what waited goes on', async () => {
      await desk.keep(waiting);
      assert.deepEqual(await verify('123456'), { status: 200 });
      assert.deepEqual(desk.tokenService.calls, ['redeem']);
      assert.notDeepEqual(await stored(), waiting);
    });

    it('with a wrong code says so to that person alone', async () => {
      desk.tokenService.redeemed = async () => ({ kind: 'none' });
      assert.equal((await verify('000000')).status, 412);
      assert.match(JSON.stringify(desk.targeted), /The sign-in did not work/);
    });

    it('of a cancelled sign-in says what to do next, to that person alone', async () => {
      assert.deepEqual(await verify('CancelledByUser'), { status: 200 });
      assert.match(JSON.stringify(desk.targeted), /cancelled the sign-in/);
      assert.deepEqual(desk.tokenService.calls, []);
    });

    it('is answered although nobody can be told', async () => {
      const rest = { ...desk.ports.rest, postTargeted: () => Promise.reject(new Error('502')) };
      desk = new Desk({ rest });
      assert.deepEqual(await verify('CancelledByUser'), { status: 200 });
    });

    it('of another tenant, or of no text, is refused', async () => {
      assert.equal((await verify('123456', guest)).status, 403);
      assert.equal((await verify(123_456)).status, 400);
      assert.deepEqual(desk.tokenService.calls, []);
    });
  });

  describe('signin/failure', () => {
    const fail = (changes: object = {}) =>
      desk.invoke('signin/failure', { code: 'resourcematchfailed', message: 'secret-marker' }, changes);

    it('tells the person what to do, once for all their devices', async () => {
      for (let device = 0; device < 3; device += 1) assert.deepEqual(await fail(), { status: 200 });
      assert.equal(desk.targeted.length, 1);
      assert.match(JSON.stringify(desk.targeted), /Press \*\*Sign in\*\* again/);
      assert.doesNotMatch(JSON.stringify(desk.log.lines), /secret-marker/);
    });

    it('of another tenant tells nobody anything', async () => {
      assert.equal((await fail(guest)).status, 403);
      assert.equal(desk.targeted.length, 0);
    });
  });

  it('asks nobody but the requester to go on', async () => {
    await desk.keep(waiting);
    desk.tokenService.exchanged = async () => held(aToken(omar));
    const from = { id: omar.chatUserId, name: omar.name, aadObjectId: omar.oid };
    await desk.invoke('signin/tokenExchange', { id: 'e2', token: aToken(omar) }, { from });
    assert.deepEqual(await stored(), waiting);
    assert.notDeepEqual(waiting, aProposal());
  });
});
