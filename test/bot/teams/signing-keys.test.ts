import assert from 'node:assert/strict';
import { createSigningKeys, SigningKeysUnavailable } from '../../../bot/teams/signing-keys.ts';
import { certificates, trustInThisProcess } from '../../sandbox/certificates.ts';
import { signingKeys as sandboxKeys } from '../../sandbox/keys.ts';
import { json, type WireServer, wireServer } from '../../src/adapters/defender/wire-server.ts';

describe('the signing keys', () => {
  let host: WireServer;
  /** What the host does; a test breaks it. */
  let works: boolean;
  let published: readonly object[];
  /** Milliseconds on the clock that the keys are given. */
  let now: number;

  before(async () => {
    await trustInThisProcess();
    const { key, cert } = await certificates();
    host = await wireServer(
      (response, { url }) => {
        if (!works) json(response, 503, {});
        else if (url === '/openid') json(response, 200, { jwks_uri: `${host.url}/keys` });
        else json(response, 200, { keys: published });
      },
      { key, cert },
    );
  });
  after(() => host.close());
  beforeEach(async () => {
    const { teams } = await sandboxKeys();
    works = true;
    now = 0;
    published = [{ ...teams.jwk, endorsements: ['msteams', 'skype'] }];
  });

  const keys = () => createSigningKeys(`${host.url}/openid`, () => now);
  const header = (kid: string) => ({ alg: 'RS256', kid });
  const token = { payload: '', signature: '' };
  const ask = (from: ReturnType<typeof keys>, kid: string) => Promise.resolve(from.keyFor(header(kid), token));
  /** Paths that were asked for since `count`. */
  const heard = (count: number) => host.heard.slice(count).map(({ url }) => url);

  it('are fetched once for any number of activities', async () => {
    const mine = keys();
    const before = host.heard.length;
    await Promise.all([1, 2, 3].map(() => ask(mine, 'sandbox-teams-1')));
    await ask(mine, 'sandbox-teams-1');
    assert.deepEqual(heard(before), ['/openid', '/keys']);
  });

  it('say for which channels they are endorsed, and nothing of a key that they do not hold', async () => {
    const mine = keys();
    await mine.load();
    assert.deepEqual(mine.endorsements('sandbox-teams-1'), ['msteams', 'skype']);
    assert.deepEqual(mine.endorsements('sandbox-other-1'), []);
  });

  it('are not fetched again by a flood of unknown keys', async () => {
    const mine = keys();
    await mine.load();
    const before = host.heard.length;
    for (let n = 0; n < 50; n += 1)
      await assert.rejects(ask(mine, `unknown-${n}`), { code: 'ERR_JWKS_NO_MATCHING_KEY' });
    assert.deepEqual(heard(before), []);
  });

  it('are fetched seldom while the host is away, however many activities come', async () => {
    works = false;
    const mine = keys();
    const before = host.heard.length;
    for (let n = 0; n < 50; n += 1) await assert.rejects(ask(mine, 'sandbox-teams-1'), SigningKeysUnavailable);
    assert.deepEqual(heard(before), ['/openid']);
  });

  it('are there again as soon as the host is, after a pause', async () => {
    works = false;
    const mine = keys();
    await assert.rejects(mine.load(), SigningKeysUnavailable);
    works = true;
    await assert.rejects(mine.load(), SigningKeysUnavailable);
    now += 2_000;
    await mine.load();
    assert.ok(await ask(mine, 'sandbox-teams-1'));
  });

  it('serve on while the host is away, for the keys that are known', async () => {
    const mine = keys();
    await mine.load();
    works = false;
    assert.ok(await ask(mine, 'sandbox-teams-1'));
  });

  it('are not taken from an address that is not https', async () => {
    const mine = createSigningKeys(`${host.url}/openid`, () => now);
    published = [];
    const plain = await wireServer((response) => json(response, 200, { keys: published }));
    const liar = await wireServer(
      (response) => json(response, 200, { jwks_uri: `${plain.url}/keys` }),
      await certificates(),
    );
    try {
      await assert.rejects(createSigningKeys(`${liar.url}/openid`, () => now).load(), SigningKeysUnavailable);
      assert.equal(plain.heard.length, 0);
      await mine.load();
    } finally {
      await plain.close();
      await liar.close();
    }
  });

  it('are not taken from where a redirect leads', async () => {
    const elsewhere = host.heard.length;
    const liar = await wireServer(
      (response) => {
        response.writeHead(302, { location: `${host.url}/openid` });
        response.end();
      },
      await certificates(),
    );
    try {
      await assert.rejects(createSigningKeys(`${liar.url}/openid`, () => now).load(), SigningKeysUnavailable);
      assert.deepEqual(heard(elsewhere), []);
    } finally {
      await liar.close();
    }
  });
});
