import assert from 'node:assert/strict';
import type { TurnContext } from 'botbuilder';
import type { UserTokenClient } from 'botframework-connector';
import { decodeJwt } from 'jose';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { botApp } from './app.ts';
import { call } from './direct-calls.ts';
import { gus, mia, omar, type Person } from './people.ts';
import { type ProbeBot, startProbeBot } from './probe-bot.ts';
import { type Sandbox, startSandbox } from './sandbox.ts';

describe("the sandbox's Token Service, asked by UserTokenClient", () => {
  let sandbox: Sandbox;
  let bot: ProbeBot;

  beforeEach(async () => {
    sandbox = await startSandbox();
    bot = await startProbeBot(sandbox);
  });
  afterEach(async () => {
    await bot.stop();
    await sandbox.stop();
  });

  const { connectionName } = botApp;
  /** Runs a step inside a turn that Mia's message starts, and gives back what it found. */
  const inTurn = async <Found>(
    step: (client: UserTokenClient, context: TurnContext) => Promise<Found>,
  ): Promise<Found> => {
    const found: Found[] = [];
    bot.logic = async (context) => {
      const client = context.turnState.get<UserTokenClient>(bot.adapter.UserTokenClientKey);
      found.push(await step(client, context));
      return undefined;
    };
    await sandbox.client(mia).say(sandbox.places.personal(mia), 'hi');
    const [first] = found;
    if (first === undefined) throw new Error(`The turn failed:\n${sandbox.journal.tail()}`);
    return first;
  };
  /** A missing token comes as `{}` or not at all: only `.token` tells. */
  const tokenOf = (person: Person, code?: string) =>
    inTurn(
      async (client) =>
        (await client.getUserToken(person.teamsId, connectionName, 'msteams', code ?? ''))?.token ?? 'none',
    );
  const linkFor = () => inTurn((client, { activity }) => client.getSignInResource(connectionName, activity, ''));
  /** The SDK does not throw on a refusal (400, 404): it gives back an answer without a token. */
  const exchange = (token: string) =>
    inTurn(
      async (client) => (await client.exchangeToken(mia.teamsId, connectionName, 'msteams', { token })).token ?? 'none',
    );
  const oidOf = (token: string) => decodeJwt(token).oid;

  it('has no token at first, and says so with 404 or with an empty object', async () => {
    assert.equal(await tokenOf(mia), 'none');
    assert.equal(sandbox.journal.all('tokenService.getToken.answered', ({ data }) => data.status === 404).length, 1);
    sandbox.tokenService.missingToken = 'empty';
    assert.equal(await tokenOf(mia), 'none');
    assert.equal(sandbox.journal.all('tokenService.getToken.answered', ({ data }) => data.status === 200).length, 1);
  });

  it("exchanges a person's SSO token for an assertion for our app, and keeps it", async () => {
    const { token } = await sandbox.entra.tokens.sso(mia);
    const got = await exchange(token);
    assert.deepEqual([decodeJwt(got).aud, decodeJwt(got).oid], [botApp.appId, mia.oid]);
    assert.equal(oidOf(await tokenOf(mia)), mia.oid);
  });

  it('refuses to exchange what is for others, from other tenants, expired, or not consented', async () => {
    const { tokens } = sandbox.entra;
    const refused = [
      await tokens.sso(mia, { audience: 'https://other.example' }),
      await tokens.sso(gus),
      await tokens.sso(mia, { lifetime: -10 }),
      { token: 'nonsense' },
    ];
    for (const { token } of refused) assert.equal(await exchange(token), 'none');
    sandbox.tokenService.exchangeRefused.add(mia);
    assert.equal(await exchange((await tokens.sso(mia)).token), 'none');
    assert.equal(sandbox.journal.all('tokenService.exchange.answered', ({ data }) => data.status === 400).length, 5);
    assert.equal(sandbox.tokenService.holdsTokenOf(mia), false);
  });

  it('gives the token for the code of a sign-in, once, and for nobody else', async () => {
    const { signInLink, tokenExchangeResource } = await linkFor();
    assert.equal(tokenExchangeResource?.uri, botApp.resource);
    const code = await sandbox.tokenService.completeSignIn(signInLink ?? '', mia);
    assert.equal(await tokenOf(omar, code), 'none');
    assert.equal(await tokenOf(mia, '000000'), 'none');
    assert.equal(oidOf(await tokenOf(mia, code)), mia.oid);
    assert.equal(await tokenOf(mia, code), 'none');
    assert.equal(oidOf(await tokenOf(mia)), mia.oid);
  });

  it("stores another person's token if that person completes the sign-in: the bot has to compare", async () => {
    const { signInLink } = await linkFor();
    await sandbox.tokenService.completeSignIn(signInLink ?? '', omar, 'stored');
    assert.equal(oidOf(await tokenOf(mia)), omar.oid);
  });

  it('renews an assertion near its end, so that an expired one is never handed out', async () => {
    await sandbox.tokenService.signIn(mia, { lifetime: 299 });
    const first = await tokenOf(mia);
    assert.notEqual(await tokenOf(mia), first);
    await sandbox.tokenService.signIn(mia, { lifetime: 3600 });
    assert.equal(await tokenOf(mia), await tokenOf(mia));
  });

  it('forgets the token on sign-out, and when it is made to', async () => {
    await sandbox.tokenService.signIn(mia);
    await inTurn(async (client) => {
      await client.signOutUser(mia.teamsId, connectionName, 'msteams');
      return true;
    });
    assert.equal(await tokenOf(mia), 'none');
    await sandbox.tokenService.signIn(mia);
    sandbox.tokenService.forget(mia);
    assert.equal(await tokenOf(mia), 'none');
  });

  it('serves the bot alone', async () => {
    const url = `${sandbox.tokenService.url}/api/usertoken/GetToken?userId=${mia.teamsId}&connectionName=${connectionName}&channelId=msteams`;
    await sandbox.tokenService.signIn(mia);
    const { token } = await sandbox.entra.tokens.assertion(mia);
    assert.equal((await call(url, undefined)).status, 401);
    assert.equal((await call(url, token)).status, 401);
  });
});
