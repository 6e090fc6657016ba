import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { exportSPKI, UnsecuredJWT } from 'jose';
import { NotAdmittedError } from '../../../bot/not-admitted.ts';
import { createTabDoor, type TabDoor } from '../../../bot/tab/tab-door.ts';
import { SigningKeysUnavailable } from '../../../bot/teams/signing-keys.ts';
import { instantOf } from '../../../src/domain/instant.ts';
import { known, tenantId } from '../../build/ids.ts';
import { dana } from '../../build/person.ts';
import { botApp } from '../../sandbox/app.ts';
import { signingKeys } from '../../sandbox/keys.ts';
import { aTabDoor, issuer, type TokenChanges, tabToken } from './tab-desk.ts';

const other = 'c0ffee00-2222-4222-8222-000000000002';

const tokens: Readonly<Record<string, readonly [status: 401 | 403, changes: TokenChanges]>> = {
  'of a key that nobody published': [401, { signer: 'stranger' }],
  'of a stranger under the id of Entra’s key': [401, { signer: 'stranger', header: { kid: 'sandbox-entra-1' } }],
  'of the Bot Framework’s key': [401, { signer: 'teams' }],
  'that has expired': [401, { endsIn: -5 }],
  'that has expired within what clocks may differ': [401, { endsIn: -30 }],
  'that begins in the future': [401, { beginsIn: 900 }],
  'for another app': [401, { claims: { aud: 'b07b07b0-9999-4999-8999-000000000009' } }],
  'for Defender itself': [401, { claims: { aud: 'https://api.securitycenter.microsoft.com' } }],
  'for an app that is called like ours': [401, { claims: { aud: `api://evil.example/botid-${botApp.appId}` } }],
  'of version 1': [401, { claims: { iss: `https://sts.windows.net/${tenantId()}/`, ver: '1.0' } }],
  'of another tenant': [401, { claims: { iss: `https://login.microsoftonline.com/${other}/v2.0`, tid: other } }],
  'of our issuer with another tenant in it': [401, { claims: { tid: other } }],
  'of our tenant by another authority': [401, { claims: { iss: issuer.replace('.com/', '.us/') } }],
  'without a person': [401, { claims: { oid: undefined } }],
  'of a person whose id is none': [401, { claims: { oid: 'dana' } }],
  'of an application, which has roles in place of a scope': [
    403,
    { claims: { scp: undefined, roles: ['Everything'] } },
  ],
  'for another scope': [403, { claims: { scp: 'User.Read access_as_user_too' } }],
  'of a guest': [403, { claims: { idp: `https://sts.windows.net/${other}/` } }],
  'of a guest by the claim acct': [403, { claims: { acct: 1 } }],
};

async function refused(door: TabDoor, authorization: string | undefined): Promise<number> {
  try {
    await door(authorization, 'en');
  } catch (error) {
    assert.ok(error instanceof NotAdmittedError, String(error));
    return error.status;
  }
  throw new Error('it was let in');
}

describe('the door of the tab’s API', () => {
  let door: TabDoor;
  before(async () => {
    door = await aTabDoor();
  });

  it('lets in a member with Teams’ token for this app, as the person that the token names', async () => {
    for (const aud of [botApp.appId, botApp.appId.toUpperCase(), botApp.resource]) {
      const { claims, name } = await door(`Bearer ${await tabToken(dana, { claims: { aud } })}`, 'en');
      assert.deepEqual(
        [claims.oid, claims.tenant, claims.upn, name],
        [dana.oid, dana.tenant, 'dana.reyes@corp.example', dana.name],
      );
    }
  });

  it('keeps the token where no log shows it', async () => {
    const token = await tabToken(dana);
    const caller = await door(`Bearer ${token}`, 'en');
    assert.ok(!JSON.stringify(caller).includes(token.split('.')[2] ?? ''));
    assert.equal(caller.assertion.reveal(), token);
  });

  for (const [sent, [status, changes]] of Object.entries(tokens)) {
    it(`does not let in a token ${sent}: ${status}`, async () => {
      assert.equal(await refused(door, `Bearer ${await tabToken(dana, changes)}`), status);
    });
  }

  for (const [sent, authorization] of Object.entries({
    nothing: undefined,
    'an empty header': '',
    'another scheme': 'Basic ZGFuYTpkYW5h',
    garbage: 'Bearer garbage',
    'three parts of garbage': 'Bearer a.b.c',
    'two tokens': 'Bearer a.b.c d.e.f',
  })) {
    it(`does not let in ${sent}: 401`, async () => {
      assert.equal(await refused(door, authorization), 401);
    });
  }

  it('does not let in what nobody signed, or what was signed with the public key as a secret', async () => {
    const payload = JSON.parse(Buffer.from((await tabToken(dana)).split('.')[1] ?? '', 'base64url').toString());
    assert.equal(await refused(door, `Bearer ${new UnsecuredJWT(payload).encode()}`), 401);
    const { entra } = await signingKeys();
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const signed = `${part({ alg: 'HS256', typ: 'JWT', kid: entra.kid })}.${part(payload)}`;
    const mac = createHmac('sha256', await exportSPKI(entra.publicKey))
      .update(signed)
      .digest('base64url');
    assert.equal(await refused(door, `Bearer ${signed}.${mac}`), 401);
  });

  it('says 503, and not that somebody is a stranger, while Entra’s keys cannot be had', async () => {
    const closed = createTabDoor({
      issuer,
      app: { appId: botApp.appId, tenant: tenantId() },
      keyFor: () => Promise.reject(new SigningKeysUnavailable('away')),
      clock: () => known(instantOf(new Date())),
    });
    assert.equal(await refused(closed, `Bearer ${await tabToken(dana)}`), 503);
  });
});
