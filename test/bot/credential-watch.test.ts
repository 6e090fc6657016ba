import assert from 'node:assert/strict';
import sinon from 'sinon';
import type { Credential } from '../../bot/config.ts';
import { credentialExpiry, expiryNotice, watchCredential } from '../../bot/credential-watch.ts';
import { EntraUnavailable } from '../../src/adapters/entra/msal-network.ts';
import { day, later, second } from '../../src/domain/instant.ts';
import { Secret } from '../../src/domain/secret.ts';
import { start } from '../build/moment.ts';
import { type KeptLog, keptLog } from '../src/adapters/defender/wire-server.ts';

const secret: Credential = { kind: 'secret', secret: new Secret('clientSecret', 'marker') };
const identity: Credential = { kind: 'managedIdentity', clientId: '00000000-0000-4000-8000-0000000000cc' };
const certificate = (left: number): Credential => ({
  kind: 'certificate',
  pem: new Secret('clientCertificate', 'marker'),
  expiresAt: later(start, left),
});

describe('The bot’s own credential', () => {
  let clock: sinon.SinonFakeTimers;
  let log: KeptLog;

  beforeEach(() => {
    clock = sinon.useFakeTimers({ now: start, toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    log = keptLog();
  });
  afterEach(() => clock.restore());

  const watch = (credential: Credential, prove: () => Promise<unknown> = async () => 'a token') =>
    watchCredential({ credential, prove, clock: () => later(start, clock.now - start), log });
  const said = () => log.lines.map(({ level, message }) => `${level} ${message}`);
  const aboutTheEnd = () => said().filter((line) => /credential (?:has ended|ends soon)/.test(line));

  it('says its end where it is known: of a certificate, not of a secret, and an identity has none', () => {
    assert.deepEqual(credentialExpiry(certificate(day)), { kind: 'known', expiresAt: later(start, day) });
    assert.deepEqual(credentialExpiry(secret), { kind: 'unknown' });
    assert.deepEqual(credentialExpiry(identity), { kind: 'never' });
  });

  it('is warned of at the start and every day from 30 days before its end, and is an error after it', async () => {
    const watched = watch(certificate(expiryNotice + day - 1));
    assert.deepEqual(aboutTheEnd(), []);
    await clock.tickAsync(day);
    assert.match(aboutTheEnd().join(), /^warn .*ends soon/);
    await clock.tickAsync(30 * day);
    assert.match(aboutTheEnd().at(-1) ?? '', /^error .*has ended/);
    assert.equal(aboutTheEnd().length, 31);
    watched.stop();
    await clock.tickAsync(2 * day);
    assert.equal(aboutTheEnd().length, 31);
  });

  it('is asked about again in 10 s while Entra is away, which is not the operator’s affair', async () => {
    let isAway = true;
    const watched = watch(secret, async () => {
      if (isAway) throw new EntraUnavailable('noAnswer', '');
    });
    await clock.tickAsync(0);
    isAway = false;
    await clock.tickAsync(10 * second);
    assert.deepEqual(
      log.lines.map(({ level }) => level),
      ['warn', 'info'],
    );
    watched.stop();
  });

  it('tells the operator at the start, and once a day, when Entra does not take it', async () => {
    let isGood = false;
    const watched = watch(secret, async () => {
      if (!isGood) throw new Error('AADSTS7000215');
    });
    await clock.tickAsync(0);
    assert.match(said().join(), /^error Entra gave the bot no token/);
    isGood = true;
    await clock.tickAsync(day);
    assert.match(said().at(-1) ?? '', /^info Entra takes/);
    watched.stop();
  });
});
