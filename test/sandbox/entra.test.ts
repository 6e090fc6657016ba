import assert from 'node:assert/strict';
import { AuthError, InteractionRequiredAuthError } from '@azure/msal-node';
import { decodeJwt } from 'jose';
import { afterEach, before, beforeEach, describe, it } from 'mocha';
import { botFrameworkResource, defenderResource } from './app.ts';
import { trustInThisProcess } from './certificates.ts';
import type { AssertionChanges } from './entra-tokens.ts';
import { gus, mia, omar, otherTenantId, type Person } from './people.ts';
import { msalFor } from './probe-bot.ts';
import { type Sandbox, startSandbox } from './sandbox.ts';

describe("the sandbox's Entra, asked by msal-node", () => {
  let sandbox: Sandbox;

  before(trustInThisProcess);
  beforeEach(async () => {
    sandbox = await startSandbox();
  });
  afterEach(() => sandbox.stop());

  const ownToken = (scope: string, secret?: string) =>
    msalFor(sandbox, secret).acquireTokenByClientCredential({ scopes: [scope] });
  const onBehalfOf = async (person: Person, changes: AssertionChanges = {}, resource = defenderResource) => {
    const { token } = await sandbox.entra.tokens.assertion(person, changes);
    return msalFor(sandbox).acquireTokenOnBehalfOf({ oboAssertion: token, scopes: [`${resource}/.default`] });
  };
  const refusedWith = (code: string) => (error: unknown) => error instanceof AuthError && error.message.includes(code);

  it("gives the bot its own token for the Bot Framework, without any person's name", async () => {
    const result = await ownToken(`${botFrameworkResource}/.default`);
    const claims = decodeJwt(result?.accessToken ?? '');
    assert.equal(claims.aud, botFrameworkResource);
    assert.equal(claims.scp, undefined);
    assert.ok(await sandbox.entra.tokens.isBotToken(result?.accessToken));
  });

  it('refuses a wrong secret, an unknown resource and a scope other than .default', async () => {
    await assert.rejects(ownToken(`${botFrameworkResource}/.default`, 'wrong'), refusedWith('AADSTS7000215'));
    await assert.rejects(ownToken('https://nowhere.example/.default'), refusedWith('AADSTS500011'));
    await assert.rejects(ownToken(`${botFrameworkResource}/Something`), refusedWith('AADSTS70011'));
  });

  it("exchanges a person's assertion for a Defender token of that person, with what was consented to", async () => {
    const result = await onBehalfOf(mia);
    const { aud, oid, upn, scp } = decodeJwt(result?.accessToken ?? '');
    assert.deepEqual(
      [aud, oid, upn, scp],
      [defenderResource, mia.oid, mia.upn, 'Machine.CollectForensics Machine.Read'],
    );
  });

  it('leaves out of the token what was not consented to', async () => {
    sandbox.entra.consented = ['Machine.CollectForensics'];
    const result = await onBehalfOf(mia);
    assert.equal(decodeJwt(result?.accessToken ?? '').scp, 'Machine.CollectForensics');
  });

  it('asks for consent if tenant or person has not given it', async () => {
    const wantsConsent = (error: unknown) =>
      error instanceof InteractionRequiredAuthError &&
      error.subError === 'consent_required' &&
      error.message.includes('AADSTS65001');
    sandbox.entra.setPersonalConsent(mia, false);
    await assert.rejects(onBehalfOf(mia), wantsConsent);
    await onBehalfOf(omar);
    sandbox.entra.setPersonalConsent(mia, true);
    await onBehalfOf(mia);
    sandbox.entra.consented = [];
    await assert.rejects(onBehalfOf(mia), wantsConsent);
  });

  it('asks for multi-factor sign-in with claims, until the assertion comes from one', async () => {
    sandbox.entra.demandMfa(mia);
    const wantsMfa = (error: unknown) =>
      error instanceof InteractionRequiredAuthError &&
      error.claims.includes('capolids') &&
      error.message.includes('AADSTS50076');
    await assert.rejects(onBehalfOf(mia), wantsMfa);
    await onBehalfOf(mia, { methods: ['pwd', 'mfa'] });
  });

  it('refuses assertions that are for others, from others, expired or forged', async () => {
    await assert.rejects(onBehalfOf(mia, { audience: 'https://other.example' }), refusedWith('AADSTS500131'));
    await assert.rejects(onBehalfOf(gus), refusedWith('AADSTS50020'));
    await assert.rejects(onBehalfOf(mia, { tenantId: otherTenantId }), refusedWith('AADSTS50020'));
    await assert.rejects(onBehalfOf(mia, { lifetime: -10 }), refusedWith('AADSTS50013'));
    const { token } = await sandbox.entra.tokens.assertion(mia);
    const [header, , signature] = token.split('.');
    const forged = [header, Buffer.from(JSON.stringify({ oid: omar.oid })).toString('base64url'), signature].join('.');
    const request = { oboAssertion: forged, scopes: [`${defenderResource}/.default`] };
    await assert.rejects(msalFor(sandbox).acquireTokenOnBehalfOf(request), refusedWith('AADSTS50013'));
  });

  it('never writes a token, an assertion or the secret into the journal', async () => {
    const result = await onBehalfOf(mia);
    await assert.rejects(ownToken(`${botFrameworkResource}/.default`, 'secret-that-is-wrong'));
    const written = JSON.stringify(sandbox.journal.events);
    for (const secret of [result?.accessToken ?? 'none', 'eyJ', 'secret-that-is-wrong', 'marker'])
      assert.ok(!written.includes(secret));
    assert.equal(sandbox.journal.all('entra.obo.answered').length, 1);
  });
});
