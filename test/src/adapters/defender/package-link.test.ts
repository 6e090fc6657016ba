import assert from 'node:assert/strict';
import { checkPackageLink } from '../../../../src/adapters/defender/package-link.ts';

const blob = 'https://acct.blob.core.windows.net/pkg/a.zip?sig=marker%3D';

function revealed(value: string, extraHosts: readonly string[] = []): string {
  const check = checkPackageLink(value, extraHosts);
  assert.ok(check.ok, JSON.stringify(check));
  return check.link.reveal();
}

describe('checkPackageLink', () => {
  it('strips the stray quotes that Defender has sent', () => {
    for (const value of [blob, `"${blob}"`, `'"${blob}"'`, ` "${blob}" `]) assert.equal(revealed(value), blob);
  });

  it('trusts Microsoft’s own hosts', () => {
    for (const host of [
      'a.blob.core.windows.net',
      'a.blob.core.usgovcloudapi.net',
      'userrequests-us.securitycenter.windows.net',
    ]) {
      assert.equal(revealed(`https://${host}/x?sig=1`), `https://${host}/x?sig=1`);
    }
  });

  it('trusts an extra host only as it was named', () => {
    assert.equal(revealed('https://127.0.0.1:4444/x', ['127.0.0.1:4444']), 'https://127.0.0.1:4444/x');
    assert.deepEqual(checkPackageLink('https://127.0.0.1:5555/x', ['127.0.0.1:4444']), {
      ok: false,
      why: 'otherHost',
      host: '127.0.0.1:5555',
    });
  });

  for (const [what, value] of [
    ['a look-alike', 'https://a.blob.core.windows.net.evil.example/x'],
    ['a name that only ends alike', 'https://evilblob.core.windows.net/x'],
    ['the bare suffix', 'https://blob.core.windows.net/x'],
    ['a host before an @', 'https://evil.example/@a.blob.core.windows.net'],
    ['a user before the host', 'https://user:pass@a.blob.core.windows.net/x'],
  ] as const) {
    it(`refuses ${what}`, () => {
      const check = checkPackageLink(value, []);
      assert.equal(!check.ok && check.why, 'otherHost');
    });
  }

  it('refuses anything but https', () => {
    assert.deepEqual(checkPackageLink('http://a.blob.core.windows.net/x', []), { ok: false, why: 'notHttps' });
    assert.deepEqual(checkPackageLink('javascript:alert(1)', []), { ok: false, why: 'notHttps' });
    assert.deepEqual(checkPackageLink('""', []), { ok: false, why: 'noUrl' });
  });

  it('shows the link to nobody who does not ask for it', () => {
    assert.ok(!JSON.stringify(checkPackageLink(blob, [])).includes('marker'));
  });
});
