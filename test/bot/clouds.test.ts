import assert from 'node:assert/strict';
import { cloudNames, clouds, defenderApiOf, regionNames } from '../../bot/clouds.ts';

describe('the clouds', () => {
  /** Hosts as the reference names them: what moves here moves somebody's tokens. */
  const expected = {
    commercial: {
      login: 'login.microsoftonline.com',
      api: 'api.security.microsoft.com',
      scope: 'https://api.securitycenter.microsoft.com/.default',
      scopeAssumed: 'atRegionalHosts',
      portal: 'security.microsoft.com',
      botFramework: 'api.botframework.com',
      metadata: 'login.botframework.com',
      tokenService: 'api.botframework.com',
      connectors: ['smba.trafficmanager.net'],
    },
    gcc: {
      login: 'login.microsoftonline.com',
      api: 'api-gcc.securitycenter.microsoft.us',
      scope: 'https://api-gcc.securitycenter.microsoft.us/.default',
      scopeAssumed: 'everywhere',
      portal: 'security.microsoft.com',
      botFramework: 'api.botframework.com',
      metadata: 'login.botframework.com',
      tokenService: 'api.botframework.com',
      connectors: ['smba.infra.gcc.teams.microsoft.com', 'smba.trafficmanager.net'],
    },
    'gcc-high': {
      login: 'login.microsoftonline.us',
      api: 'api-gov.securitycenter.microsoft.us',
      scope: 'https://api-gov.securitycenter.microsoft.us/.default',
      scopeAssumed: 'everywhere',
      portal: 'security.microsoft.us',
      botFramework: 'api.botframework.us',
      metadata: 'login.botframework.azure.us',
      tokenService: 'tokengcch.botframework.azure.us',
      connectors: ['smba.infra.gov.teams.microsoft.us'],
    },
    dod: {
      login: 'login.microsoftonline.us',
      api: 'api-gov.securitycenter.microsoft.us',
      scope: 'https://api-gov.securitycenter.microsoft.us/.default',
      scopeAssumed: 'everywhere',
      portal: 'security.apps.mil',
      botFramework: 'api.botframework.us',
      metadata: 'login.botframework.azure.us',
      tokenService: 'apidod.botframework.azure.us',
      connectors: ['smba.infra.dod.teams.microsoft.us'],
    },
  } as const;

  for (const name of cloudNames) {
    it(`${name} has its own hosts, and no other`, () => {
      const cloud = clouds[name];
      const host = (url: string) => new URL(url).host;
      assert.deepEqual(
        {
          login: host(cloud.authorityHost),
          api: host(cloud.defenderApi),
          scope: cloud.defenderScope,
          scopeAssumed: cloud.scopeAssumed,
          portal: host(cloud.portal),
          botFramework: host(cloud.botScope),
          metadata: host(cloud.openIdMetadata),
          tokenService: host(cloud.tokenService),
          connectors: cloud.serviceUrlHosts,
        },
        expected[name],
      );
      assert.equal(host(cloud.tokenIssuer), expected[name].botFramework);
    });

    it(`${name} is https throughout, and no address ends in a slash`, () => {
      const { serviceUrlHosts, scopeAssumed: _, ...urls } = clouds[name];
      for (const url of Object.values(urls)) assert.match(url, /^https:\/\/.*[^/]$/);
      for (const host of serviceUrlHosts) assert.match(host, /^[a-z0-9.-]+$/);
    });
  }

  it('no scope names api.security.microsoft.com, whose tokens Defender for Endpoint refuses', () => {
    for (const { defenderScope } of Object.values(clouds)) assert.doesNotMatch(defenderScope, /\/api\.security\./);
  });

  for (const region of regionNames) {
    it(`the region ${region} only moves Defender’s host`, () => {
      assert.equal(defenderApiOf(clouds.commercial, region), `https://${region}.api.security.microsoft.com`);
    });
  }

  it('without a region the global host serves', () => {
    assert.equal(defenderApiOf(clouds.commercial, undefined), 'https://api.security.microsoft.com');
  });
});
