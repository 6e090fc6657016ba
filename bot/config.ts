/** Environment → Config. The only reader of `process.env`'s content; every fault is reported at once. */
import type { TelemetrySettings } from '../src/adapters/telemetry/telemetry.ts';
import type { ApprovalSettings } from '../src/domain/approval.ts';
import { parseConversationId, parseTenantId, type TenantId } from '../src/domain/ids.ts';
import { day, type Instant, minute, second } from '../src/domain/instant.ts';
import { Secret } from '../src/domain/secret.ts';
import { approvalFrom } from './approval-config.ts';
import { type Cloud, type CloudName, cloudNames, clouds, defenderApiOf, regionNames } from './clouds.ts';
import { type ConfigFault, ConfigReader, type Environment } from './config-reader.ts';
import { type DatabaseSettings, readDatabase } from './database-config.ts';
import { readTelemetry } from './telemetry-config.ts';

/** How the bot proves to Entra that it is the app. */
export type Credential =
  | { readonly kind: 'secret'; readonly secret: Secret<'clientSecret'> }
  | {
      readonly kind: 'certificate';
      /** The file's text as it was at the start: a new one is taken by a restart. */
      readonly pem: Secret<'clientCertificate'>;
      readonly expiresAt: Instant;
    }
  | { readonly kind: 'managedIdentity'; readonly clientId: string };

/** Everything the process is told from outside. */
export interface Config extends DatabaseSettings {
  readonly host: string;
  readonly port: number;
  readonly appId: string;
  /** By which Teams knows the app, for links to its tab: the manifest's id, or the one that the organisation's catalog gave it. */
  readonly teamsAppId: string;
  readonly tenant: TenantId;
  readonly credential: Credential;
  readonly authorityHost: string;
  readonly botFramework: {
    readonly openIdMetadata: string;
    readonly tokenIssuer: string;
    readonly scope: string;
    readonly tokenService: string;
    readonly connectionName: string;
    readonly serviceUrlHosts: readonly string[];
  };
  readonly defender: { readonly api: string; readonly scope: string; readonly portal: string };
  /** The Teams client of this cloud, for links to a conversation. */
  readonly teams: string;
  /** Where Entra sends an administrator after their consent: a redirect URI of the app's OAuth connection. */
  readonly consentRedirect: string;
  /** Ids of conversations and teams where the bot serves; empty: everywhere. */
  readonly allowedConversations: readonly string[];
  readonly followIntervalMs: number;
  readonly approval: ApprovalSettings;
  readonly proposalTtlMs: number;
  /** How long a request is kept after its end. */
  readonly retentionMs: number;
  readonly logLevel: string;
  readonly telemetry: TelemetrySettings;
}

/** What the environment says: a Config, or everything that is wrong with it. */
export type ConfigReading =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly faults: readonly ConfigFault[] };

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** Reads the variables of docs/configuration. Unset and empty mean the same. */
export function readConfig(environment: Environment): ConfigReading {
  const read = new ConfigReader(environment);
  const cloudName: CloudName = read.oneOf('DEFENDER_CLOUD', cloudNames) ?? 'commercial';
  const cloud = clouds[cloudName];
  const config = {
    host: read.listenHost('HOST') ?? '0.0.0.0',
    port: read.number('PORT', 3978, 0, 65_535),
    appId: read.guid('MicrosoftAppId', 'the application (client) id of the bot’s Entra app'),
    teamsAppId:
      read.text('TEAMS_APP_ID') === undefined ? undefined : read.guid('TEAMS_APP_ID', 'the id of the Teams app'),
    tenant: tenantFrom(read),
    credential: credentialFrom(read),
    authorityHost: read.origin('AUTHORITY_HOST', cloud.authorityHost) ?? cloud.authorityHost,
    botFramework: botFrameworkFrom(read, cloud),
    defender: defenderFrom(read, cloudName),
    teams: cloud.teams,
    consentRedirect: cloud.consentRedirect,
    ...readDatabase(read),
    allowedConversations: conversationsFrom(read),
    followIntervalMs: read.number('FOLLOW_INTERVAL_SECONDS', 20, 1, 3_600) * second,
    approval: approvalFrom(read),
    proposalTtlMs: read.number('PROPOSAL_TTL_MINUTES', 30, 1, 1_440) * minute,
    retentionMs: read.number('RETENTION_DAYS', 90, 1, 3_650) * day,
    logLevel: read.oneOf('LOG_LEVEL', logLevels) ?? 'info',
    telemetry: readTelemetry(read),
  };
  refuseOtherAppTypes(read);
  const { appId, tenant, credential } = config;
  if (read.faults.length > 0 || appId === undefined || tenant === undefined || credential === undefined) {
    return { ok: false, faults: read.faults };
  }
  return { ok: true, config: { ...config, appId, teamsAppId: config.teamsAppId ?? appId, tenant, credential } };
}

function botFrameworkFrom(read: ConfigReader, cloud: Cloud): Config['botFramework'] {
  const scope = read.url('ToChannelFromBotOAuthScope', cloud.botScope) ?? cloud.botScope;
  return {
    openIdMetadata: read.url('ToBotFromChannelOpenIdMetadataUrl', cloud.openIdMetadata) ?? cloud.openIdMetadata,
    tokenIssuer: read.url('ToBotFromChannelTokenIssuer', cloud.tokenIssuer) ?? cloud.tokenIssuer,
    // The SDK takes both spellings and appends what is missing; the connector calls of our own append it always.
    scope: scope.replace(/\/\.default$/, ''),
    tokenService: read.url('OAuthUrl', cloud.tokenService) ?? cloud.tokenService,
    connectionName: read.text('OAUTH_CONNECTION_NAME') ?? 'defender-sso',
    serviceUrlHosts: [...cloud.serviceUrlHosts, ...read.hosts('SERVICE_URL_HOSTS')],
  };
}

/** A region and a URL both choose the API host: with two it would be unclear which one counts. */
function defenderFrom(read: ConfigReader, cloudName: CloudName): Config['defender'] {
  const cloud = clouds[cloudName];
  const region = read.oneOf('DEFENDER_REGION', regionNames);
  const url = read.origin('DEFENDER_API_URL', cloud.defenderApi);
  if (region !== undefined && cloudName !== 'commercial') {
    read.fault('DEFENDER_REGION', `is '${region}', but only the commercial cloud has regions`, 'leave it unset');
  }
  if (region !== undefined && read.text('DEFENDER_API_URL') !== undefined) {
    read.fault('DEFENDER_REGION', 'and DEFENDER_API_URL are both set, and both choose the host', 'leave one unset');
  }
  return {
    api: url ?? defenderApiOf(cloud, region),
    scope: read.scope('DEFENDER_SCOPE') ?? cloud.defenderScope,
    portal: cloud.portal,
  };
}

function tenantFrom(read: ConfigReader): TenantId | undefined {
  const value = read.guid('MicrosoftAppTenantId', 'the directory (tenant) id of the bot’s Entra app');
  return value === undefined ? undefined : parseTenantId(value);
}

/** Exactly one credential: with two it would be unclear which one is in use when one expires. */
function credentialFrom(read: ConfigReader): Credential | undefined {
  const secret = read.text('MicrosoftAppPassword');
  const path = read.text('MicrosoftAppCertificatePath');
  const identity = read.text('MicrosoftAppManagedIdentityClientId');
  const given = [secret, path, identity].filter((each) => each !== undefined).length;
  const names = 'MicrosoftAppPassword, MicrosoftAppCertificatePath or MicrosoftAppManagedIdentityClientId';
  if (given !== 1) {
    const fault = given === 0 ? 'one of them must be set' : 'only one of them may be set';
    read.fault(names, fault, 'MicrosoftAppPassword=…');
    return undefined;
  }
  if (secret !== undefined) return { kind: 'secret', secret: new Secret('clientSecret', secret) };
  if (path !== undefined) {
    const certificate = read.certificate('MicrosoftAppCertificatePath', path);
    return certificate === undefined ? undefined : { kind: 'certificate', ...certificate };
  }
  const clientId = read.guid('MicrosoftAppManagedIdentityClientId', 'the client id of the managed identity');
  return clientId === undefined ? undefined : { kind: 'managedIdentity', clientId };
}

function conversationsFrom(read: ConfigReader): readonly string[] {
  const entries = read.list('ALLOWED_CONVERSATIONS');
  if (entries.some((entry) => parseConversationId(entry) === undefined)) {
    read.fault('ALLOWED_CONVERSATIONS', 'names something that is no conversation or team id', '19:abc@thread.tacv2');
  }
  return entries;
}

function refuseOtherAppTypes(read: ConfigReader): void {
  const type = read.text('MicrosoftAppType') ?? 'SingleTenant';
  if (type !== 'SingleTenant') {
    const why =
      type === 'UserAssignedMSI'
        ? 'a bot that is a managed identity has no app to expose a scope, so nobody could sign in on behalf of themselves'
        : 'multi-tenant bots can no longer be created';
    read.fault('MicrosoftAppType', `must be SingleTenant: ${why}`, 'SingleTenant');
  }
}
