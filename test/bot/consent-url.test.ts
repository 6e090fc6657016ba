import assert from 'node:assert/strict';
import { cloudNames } from '../../bot/clouds.ts';
import { readConfig } from '../../bot/config.ts';
import { consentUrl } from '../../bot/consent-url.ts';

const appId = 'b07b07b0-3333-4333-8333-000000000003';
const tenant = 'c0ffee00-1111-4111-8111-000000000001';
const least = { MicrosoftAppId: appId, MicrosoftAppTenantId: tenant, MicrosoftAppPassword: 'a-client-secret' };

describe('The administrator’s consent link', () => {
  for (const cloud of cloudNames) {
    it(`in ${cloud} asks for exactly the two permissions, of Defender’s resource there, and names a registered page`, () => {
      const reading = readConfig({ ...least, DEFENDER_CLOUD: cloud });
      assert.ok(reading.ok);
      const url = new URL(consentUrl(reading.config));
      const resource = reading.config.defender.scope.replace('/.default', '');
      assert.equal(`${url.origin}${url.pathname}`, `${reading.config.authorityHost}/${tenant}/v2.0/adminconsent`);
      assert.deepEqual(Object.fromEntries(url.searchParams), {
        client_id: appId,
        scope: `${resource}/Machine.CollectForensics ${resource}/Machine.Read`,
        redirect_uri: reading.config.consentRedirect,
      });
      // Entra takes %20 alone for the blank between two scopes.
      assert.ok(!url.search.includes('+'));
    });
  }
});
