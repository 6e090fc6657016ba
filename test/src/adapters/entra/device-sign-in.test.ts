import assert from 'node:assert/strict';
import { type DevicePrompt, signInByDevice } from '../../../../src/adapters/entra/device-sign-in.ts';
import { silentLog } from '../../../fakes/silent-log.ts';
import { botApp } from '../../../sandbox/app.ts';
import { trustInThisProcess } from '../../../sandbox/certificates.ts';
import { terminalClientId } from '../../../sandbox/device-codes.ts';
import { mia, tenantId } from '../../../sandbox/people.ts';
import { type Sandbox, startSandbox } from '../../../sandbox/sandbox.ts';

describe('a sign-in at a terminal', () => {
  let sandbox: Sandbox;

  before(async () => {
    await trustInThisProcess();
    sandbox = await startSandbox();
  });
  after(() => sandbox.stop());

  const signIn = (show: (prompt: DevicePrompt) => void, over: { clientId?: string; scope?: string } = {}) =>
    signInByDevice(
      {
        clientId: terminalClientId,
        tenant: tenantId,
        authorityHost: sandbox.entra.url,
        scope: `${botApp.resource}/access_as_user`,
        log: silentLog,
        ...over,
      },
      show,
    );
  const asMia = ({ code }: DevicePrompt) => sandbox.entra.deviceCodes.complete(code, mia);

  it('gives the person’s assertion for our own app', async () => {
    const signedIn = await signIn((prompt) => {
      assert.match(prompt.page, /^https:/);
      asMia(prompt);
    });
    assert.ok(signedIn.kind === 'signedIn', signedIn.kind);
    assert.deepEqual([signedIn.claims.oid, signedIn.claims.audience], [mia.oid, botApp.appId]);
    assert.equal(JSON.stringify(signedIn.assertion), '"[secret]"');
  });

  it('waits for the person', async () => {
    const { deviceCodes } = sandbox.entra;
    deviceCodes.interval = 0.01;
    const { mark } = sandbox.journal;
    let prompted: DevicePrompt | undefined;
    const waiting = signIn((prompt) => {
      prompted = prompt;
    });
    await sandbox.journal.next('entra.deviceToken.answered', ({ sequence }) => sequence > mark);
    assert.ok(prompted !== undefined);
    asMia(prompted);
    assert.equal((await waiting).kind, 'signedIn');
  });

  it('ends when nobody comes', async () => {
    const { deviceCodes } = sandbox.entra;
    deviceCodes.lifetime = 0;
    assert.deepEqual(await signIn(() => undefined), { kind: 'tooLate' });
    deviceCodes.lifetime = 900;
  });

  it('says that a registration does not allow it', async () => {
    assert.deepEqual(await signIn(asMia, { clientId: botApp.appId }), { kind: 'notPublic' });
  });

  it('keeps Entra’s number of any other refusal, also of one before there is a code', async () => {
    const shown: DevicePrompt[] = [];
    const ended = await signIn((prompt) => shown.push(prompt), { clientId: '00000000-0000-4000-8000-000000000000' });
    assert.ok(ended.kind === 'problem' && ended.problem.kind === 'botRefused', ended.kind);
    assert.equal(ended.problem.code, 'AADSTS700016');
    assert.deepEqual(shown, [], 'a refusal is no code');
  });
});
