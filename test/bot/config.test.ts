import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cloudNames, clouds, regionNames } from '../../bot/clouds.ts';
import { readConfig } from '../../bot/config.ts';
import { faultsText } from '../../bot/config-reader.ts';
import { certificates } from '../sandbox/certificates.ts';

const appId = 'b07b07b0-3333-4333-8333-000000000003';
const tenant = 'c0ffee00-1111-4111-8111-000000000001';
const least = { MicrosoftAppId: appId, MicrosoftAppTenantId: tenant, MicrosoftAppPassword: 'a-client-secret' };

type Environment = Readonly<Record<string, string>>;

function configOf(environment: Environment) {
  const reading = readConfig({ ...least, ...environment });
  assert.ok(reading.ok, JSON.stringify(reading));
  return reading.config;
}

/** The faults of an environment, by variable. */
function faultsOf(environment: Environment): Readonly<Record<string, string>> {
  const reading = readConfig(environment);
  assert.ok(!reading.ok, 'it was taken');
  for (const { example } of reading.faults) assert.notEqual(example, '');
  return Object.fromEntries(reading.faults.map(({ variable, fault }) => [variable, fault]));
}

describe('the configuration', () => {
  it('needs an app, its tenant and one credential, and nothing else', () => {
    const config = configOf({});
    assert.deepEqual([config.host, config.port, config.databaseUrl], ['0.0.0.0', 3978, './data']);
    assert.deepEqual([config.followIntervalMs, config.proposalTtlMs], [20_000, 1_800_000]);
    assert.deepEqual([config.logLevel, config.allowedConversations], ['info', []]);
    assert.equal(config.botFramework.connectionName, 'defender-sso');
    assert.equal(config.defender.api, 'https://api.security.microsoft.com');
    assert.equal(config.defender.scope, 'https://api.securitycenter.microsoft.com/.default');
  });

  it('knows the Teams app by the id that it is told, by its own else', () => {
    const idOf = (environment: Readonly<Record<string, string>>) => {
      const reading = readConfig({ ...least, ...environment });
      return reading.ok ? reading.config.teamsAppId : reading.faults.map(({ variable }) => variable);
    };
    const other = 'd00dd00d-0000-4000-8000-00000000000d';
    assert.equal(idOf({}), appId);
    assert.equal(idOf({ TEAMS_APP_ID: other.toUpperCase() }), other);
    assert.deepEqual(idOf({ TEAMS_APP_ID: 'collector' }), ['TEAMS_APP_ID']);
  });

  it('takes an empty variable, and one of blanks, for an unset one', () => {
    assert.deepEqual(configOf({ PORT: '', HOST: '  ', DEFENDER_CLOUD: ' ', APPROVAL: '' }), configOf({}));
  });

  for (const name of cloudNames) {
    it(`takes every address of ${name} from the table`, () => {
      const config = configOf({ DEFENDER_CLOUD: name });
      const cloud = clouds[name];
      assert.equal(config.authorityHost, cloud.authorityHost);
      assert.equal(config.defender.api, cloud.defenderApi);
      assert.equal(config.defender.scope, cloud.defenderScope);
      assert.equal(config.botFramework.tokenIssuer, cloud.tokenIssuer);
      assert.equal(config.botFramework.openIdMetadata, cloud.openIdMetadata);
      assert.equal(config.botFramework.tokenService, cloud.tokenService);
      assert.equal(config.botFramework.scope, cloud.botScope);
      assert.deepEqual(config.botFramework.serviceUrlHosts, cloud.serviceUrlHosts);
    });
  }

  for (const region of regionNames) {
    it(`takes the region ${region} in the commercial cloud, and refuses it in every other`, () => {
      assert.match(configOf({ DEFENDER_REGION: region }).defender.api, new RegExp(`^https://${region}\\.`));
      for (const cloud of cloudNames.filter((each) => each !== 'commercial')) {
        assert.deepEqual(Object.keys(faultsOf({ ...least, DEFENDER_CLOUD: cloud, DEFENDER_REGION: region })), [
          'DEFENDER_REGION',
        ]);
      }
    });
  }

  it('takes the product page’s own host as a choice', () => {
    const { defender } = configOf({ DEFENDER_API_URL: 'https://api.securitycenter.microsoft.com' });
    assert.equal(defender.api, 'https://api.securitycenter.microsoft.com');
    assert.equal(defender.scope, 'https://api.securitycenter.microsoft.com/.default');
  });

  it('overrides every address', () => {
    const config = configOf({
      AUTHORITY_HOST: 'https://127.0.0.1:8001/',
      ToBotFromChannelOpenIdMetadataUrl: 'https://127.0.0.1:8002/v1/.well-known/openidconfiguration',
      ToBotFromChannelTokenIssuer: 'https://issuer.example',
      ToChannelFromBotOAuthScope: 'https://scope.example/.default',
      OAuthUrl: 'https://127.0.0.1:8003/',
      OAUTH_CONNECTION_NAME: 'mine',
      DEFENDER_API_URL: 'https://127.0.0.1:8004/',
      DEFENDER_SCOPE: 'https://defender.example/.default',
    });
    assert.equal(config.authorityHost, 'https://127.0.0.1:8001');
    assert.deepEqual(config.botFramework, {
      openIdMetadata: 'https://127.0.0.1:8002/v1/.well-known/openidconfiguration',
      tokenIssuer: 'https://issuer.example',
      scope: 'https://scope.example',
      tokenService: 'https://127.0.0.1:8003',
      connectionName: 'mine',
      serviceUrlHosts: ['smba.trafficmanager.net'],
    });
    assert.deepEqual(config.defender, {
      api: 'https://127.0.0.1:8004',
      scope: 'https://defender.example/.default',
      portal: 'https://security.microsoft.com',
    });
  });

  it('writes extra connector hosts as they are compared, and keeps those of the cloud', () => {
    const { serviceUrlHosts } = configOf({
      SERVICE_URL_HOSTS: ' SMBA.Example.com , 127.0.0.1:8443,smba.two:443, [::1]:9',
    }).botFramework;
    assert.deepEqual(serviceUrlHosts, [
      'smba.trafficmanager.net',
      'smba.example.com',
      '127.0.0.1:8443',
      'smba.two',
      '[::1]:9',
    ]);
  });

  for (const host of [
    'https://smba.example',
    '*.example.com',
    'a b',
    'smba.example/x',
    'user@smba.example',
    'a..b',
    'smba:port',
  ]) {
    it(`takes no connector host like ${host}`, () => {
      assert.deepEqual(Object.keys(faultsOf({ ...least, SERVICE_URL_HOSTS: host })), ['SERVICE_URL_HOSTS']);
    });
  }

  const urls = [
    'AUTHORITY_HOST',
    'ToBotFromChannelOpenIdMetadataUrl',
    'ToBotFromChannelTokenIssuer',
    'ToChannelFromBotOAuthScope',
    'OAuthUrl',
    'DEFENDER_API_URL',
  ];
  for (const variable of urls) {
    it(`takes only plain https for ${variable}, and repeats no value: a password may stand in it`, () => {
      for (const value of [
        'http://a.example',
        'a.example',
        'https://',
        'ftp://a.example',
        'https://u:secret@a.example',
        'https://a.example?secret',
        'https://a.example#secret',
        'javascript:secret',
      ]) {
        const faults = faultsOf({ ...least, [variable]: value });
        assert.deepEqual(Object.keys(faults), [variable], value);
        assert.doesNotMatch(JSON.stringify(faults), /secret@|\?secret|#secret/);
      }
    });
  }

  for (const variable of ['AUTHORITY_HOST', 'DEFENDER_API_URL']) {
    it(`takes no path in ${variable}: the bot appends its own`, () => {
      assert.deepEqual(Object.keys(faultsOf({ ...least, [variable]: 'https://a.example/api' })), [variable]);
    });
  }

  it('sees a wrong region also when a URL is given, and refuses both at once', () => {
    const wrong = { ...least, DEFENDER_API_URL: 'https://a.example', DEFENDER_REGION: 'mars' };
    assert.match(faultsOf(wrong).DEFENDER_REGION ?? '', /must be one of us, eu, uk, au, swa, ina/);
    assert.match(faultsOf({ ...wrong, DEFENDER_REGION: 'eu' }).DEFENDER_REGION ?? '', /both/);
  });

  it('reports everything that is wrong in one go, each with an example', () => {
    const environment = {
      MicrosoftAppId: 'no guid',
      MicrosoftAppType: 'MultiTenant',
      PORT: '70000',
      HOST: 'a b',
      DEFENDER_CLOUD: 'private',
      DEFENDER_SCOPE: 'Machine.Read',
      DATABASE_URL: 'mysql://user:secret@db',
      FOLLOW_INTERVAL_SECONDS: '0',
      PROPOSAL_TTL_MINUTES: '1e3',
      LOG_LEVEL: 'loud',
      APPROVAL: 'three-person',
      APPROVER_ROLE: 'two roles',
      APPROVERS: 'omar',
      APPROVAL_CONVERSATION: 'a:1to1',
      APPROVAL_TTL_MINUTES: '1',
      HIGH_VALUE_TAGS: 'crown jewels',
      ALLOWED_CONVERSATIONS: 'the channel',
    };
    const faults = faultsOf(environment);
    const credential = 'MicrosoftAppPassword, MicrosoftAppCertificatePath or MicrosoftAppManagedIdentityClientId';
    assert.deepEqual(
      Object.keys(faults).toSorted(),
      [...Object.keys(environment), 'MicrosoftAppTenantId', credential].toSorted(),
    );
    const reading = readConfig(environment);
    assert.ok(!reading.ok);
    const text = faultsText(reading.faults);
    for (const { variable, fault, example } of reading.faults) {
      for (const part of [variable, fault, example]) assert.ok(text.includes(part), part);
    }
    assert.doesNotMatch(text, /secret/);
  });

  it('does not repeat what stands in the place of an id: it may be the client secret', () => {
    for (const variable of ['MicrosoftAppId', 'MicrosoftAppTenantId']) {
      assert.doesNotMatch(JSON.stringify(faultsOf({ ...least, [variable]: 'q8~the-secret' })), /the-secret/);
    }
  });

  const credentials = {
    MicrosoftAppPassword: 'secret',
    MicrosoftAppCertificatePath: '/nowhere/collector.pem',
    MicrosoftAppManagedIdentityClientId: 'b07b07b0-4444-4444-8444-000000000004',
  };
  it('wants exactly one credential', () => {
    const app = { MicrosoftAppId: appId, MicrosoftAppTenantId: tenant };
    const entries = Object.entries(credentials);
    for (const one of entries) {
      for (const other of entries.filter((each) => each !== one)) {
        assert.match(Object.values(faultsOf({ ...app, ...Object.fromEntries([one, other]) }))[0] ?? '', /only one/);
      }
    }
    assert.match(Object.values(faultsOf(app))[0] ?? '', /one of them must be set/);
  });

  it('knows each credential by its kind, and prints none', async () => {
    const app = { MicrosoftAppPassword: '' };
    assert.equal(configOf({}).credential.kind, 'secret');
    assert.doesNotMatch(JSON.stringify(configOf({})), /a-client-secret/);
    const identity = { ...app, MicrosoftAppManagedIdentityClientId: credentials.MicrosoftAppManagedIdentityClientId };
    assert.equal(configOf(identity).credential.kind, 'managedIdentity');
    const wrong = { ...least, ...app, MicrosoftAppManagedIdentityClientId: 'mine' };
    assert.deepEqual(Object.keys(faultsOf(wrong)), ['MicrosoftAppManagedIdentityClientId']);
  });

  it('looks into the certificate file at once: one that is away, empty, or of an elliptic key is a fault', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'collector-config-'));
    const path = join(directory, 'collector.pem');
    const fault = () =>
      faultsOf({ ...least, MicrosoftAppPassword: '', MicrosoftAppCertificatePath: path }).MicrosoftAppCertificatePath ??
      '';
    try {
      assert.match(fault(), /ENOENT/);
      await writeFile(path, '');
      assert.match(fault(), /no certificate/);
      const { key, cert } = await certificates();
      await writeFile(path, `${key}\n${cert}`);
      assert.match(fault(), /RSA/);
    } finally {
      await rm(directory, { recursive: true });
    }
  });

  for (const type of ['MultiTenant', 'UserAssignedMSI']) {
    it(`refuses the app type ${type} with the reason`, () => {
      assert.match(faultsOf({ ...least, MicrosoftAppType: type }).MicrosoftAppType ?? '', /SingleTenant: \w+/);
    });
  }

  it('tells this machine alone its numbers, and nobody its traces, unless it is asked to', () => {
    const { telemetry } = configOf({});
    assert.deepEqual(telemetry, {
      metrics: { host: '127.0.0.1', port: 9464 },
      otlpEndpoint: undefined,
      azureMonitor: undefined,
    });
    assert.equal(configOf({ METRICS_PORT: '0', METRICS_HOST: '::1' }).telemetry.metrics, undefined);
    const metrics = { METRICS_PORT: '1234', METRICS_HOST: '0.0.0.0' };
    assert.deepEqual(configOf(metrics).telemetry.metrics, { host: '0.0.0.0', port: 1234 });
  });

  it('takes a receiver for traces, http too, and Application Insights, whose connection string it never prints', () => {
    const key = `InstrumentationKey=${tenant};IngestionEndpoint=https://in.example/`;
    const { telemetry } = configOf({
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318/',
      APPLICATIONINSIGHTS_CONNECTION_STRING: key,
    });
    assert.equal(telemetry.otlpEndpoint, 'http://127.0.0.1:4318');
    assert.equal(telemetry.azureMonitor?.reveal(), key);
    assert.doesNotMatch(JSON.stringify(telemetry), /Instrumentation/);
  });

  it('refuses a receiver that is no URL, and what is no connection string, without repeating it', () => {
    for (const [variable, value] of [
      ['OTEL_EXPORTER_OTLP_ENDPOINT', '127.0.0.1:4318'],
      ['OTEL_EXPORTER_OTLP_ENDPOINT', 'https://user:marker@in.example'],
      ['APPLICATIONINSIGHTS_CONNECTION_STRING', 'marker'],
      ['METRICS_PORT', '65536'],
      ['METRICS_HOST', 'no host'],
    ] as const) {
      const faults = faultsOf({ ...least, [variable]: value });
      assert.deepEqual(Object.keys(faults), [variable], value);
      assert.doesNotMatch(JSON.stringify(faults), /marker/);
    }
  });

  for (const url of [
    'postgres://u:p@db/collector',
    'postgresql://db/collector',
    './data',
    '/var/lib/collector',
    'data',
  ]) {
    it(`takes ${url} for a store`, () => assert.equal(configOf({ DATABASE_URL: url }).databaseUrl, url));
  }

  it('takes whole numbers within their limits only', () => {
    for (const value of ['-1', '1.5', '0x10', '1e3', 'NaN', '99999999999']) {
      assert.deepEqual(Object.keys(faultsOf({ ...least, PORT: value })), ['PORT'], value);
    }
    assert.equal(configOf({ PORT: '0' }).port, 0);
  });

  it('lists the conversations that it may serve', () => {
    const allowed = configOf({ ALLOWED_CONVERSATIONS: '19:a@thread.tacv2, 19:b@thread.v2,' }).allowedConversations;
    assert.deepEqual(allowed, ['19:a@thread.tacv2', '19:b@thread.v2']);
  });
});
