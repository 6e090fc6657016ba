/** Environment → Config. The only reader of `process.env`'s content; every fault is reported at once. */
import { isIP } from 'node:net';
import { z } from 'zod';
import { parseTenantId, type TenantId } from '../src/domain/ids.ts';
import { minute, second } from '../src/domain/instant.ts';
import { Secret } from '../src/domain/secret.ts';
import { type CloudName, cloudNames, clouds, defenderApiOf, type RegionName, regionNames } from './clouds.ts';

/** How the bot proves to Entra that it is the app. */
export type Credential =
  | { readonly kind: 'secret'; readonly secret: Secret<'clientSecret'> }
  | { readonly kind: 'certificate'; readonly path: string }
  | { readonly kind: 'managedIdentity'; readonly clientId: string };

/** Everything the process is told from outside. */
export interface Config {
  readonly host: string;
  readonly port: number;
  readonly appId: string;
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
  readonly databaseUrl: string;
  readonly allowedConversations: readonly string[];
  readonly followIntervalMs: number;
  readonly proposalTtlMs: number;
  readonly logLevel: string;
}

/** One variable that cannot be used, why, and what a good value looks like. */
export interface ConfigFault {
  readonly variable: string;
  readonly fault: string;
  readonly example: string;
}

/** What the environment says: a Config, or everything that is wrong with it. */
export type ConfigReading =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly faults: readonly ConfigFault[] };

type Environment = Readonly<Record<string, string | undefined>>;

const guid = z.guid();
const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** Reads the variables of docs/configuration. Unset and empty mean the same. */
export function readConfig(environment: Environment): ConfigReading {
  const faults: ConfigFault[] = [];
  const read = new Reader(environment, faults);
  const cloudName: CloudName = read.oneOf('DEFENDER_CLOUD', cloudNames) ?? 'commercial';
  const cloud = clouds[cloudName];
  const config = {
    host: read.text('HOST') ?? '0.0.0.0',
    port: read.number('PORT', 3978, 0, 65_535),
    appId: read.appId(),
    tenant: read.tenant(),
    credential: read.credential(),
    authorityHost: read.url('AUTHORITY_HOST') ?? cloud.authorityHost,
    botFramework: {
      openIdMetadata: read.url('ToBotFromChannelOpenIdMetadataUrl') ?? cloud.openIdMetadata,
      tokenIssuer: read.url('ToBotFromChannelTokenIssuer') ?? cloud.tokenIssuer,
      scope: read.url('ToChannelFromBotOAuthScope') ?? cloud.botScope,
      tokenService: read.url('OAuthUrl') ?? cloud.tokenService,
      connectionName: read.text('OAUTH_CONNECTION_NAME') ?? 'defender-sso',
      serviceUrlHosts: [...cloud.serviceUrlHosts, ...read.hosts('SERVICE_URL_HOSTS')],
    },
    defender: {
      api: read.url('DEFENDER_API_URL') ?? defenderApiOf(cloud, read.region(cloudName)),
      scope: read.scope('DEFENDER_SCOPE') ?? cloud.defenderScope,
      portal: cloud.portal,
    },
    teams: cloud.teams,
    databaseUrl: read.text('DATABASE_URL') ?? './data',
    allowedConversations: read.list('ALLOWED_CONVERSATIONS'),
    followIntervalMs: read.number('FOLLOW_INTERVAL_SECONDS', 20, 1, 3_600) * second,
    proposalTtlMs: read.number('PROPOSAL_TTL_MINUTES', 30, 1, 1_440) * minute,
    logLevel: read.oneOf('LOG_LEVEL', logLevels) ?? 'info',
  };
  read.refuseWhatIsNotThere();
  const { appId, tenant, credential } = config;
  if (faults.length > 0 || appId === undefined || tenant === undefined || credential === undefined) {
    return { ok: false, faults };
  }
  return { ok: true, config: { ...config, appId, tenant, credential } };
}

/** The faults as the operator reads them: every one, with an example each. */
export function faultsText(faults: readonly ConfigFault[]): string {
  const lines = faults.map(({ variable, fault, example }) => `  ${variable}: ${fault}\n    for instance ${example}`);
  return `Collector cannot start: ${faults.length} setting(s) are missing or wrong.\n${lines.join('\n')}\n`;
}

class Reader {
  readonly #environment: Environment;
  readonly #faults: ConfigFault[];

  constructor(environment: Environment, faults: ConfigFault[]) {
    this.#environment = environment;
    this.#faults = faults;
  }

  text(variable: string): string | undefined {
    const value = this.#environment[variable]?.trim();
    return value === '' ? undefined : value;
  }

  list(variable: string): readonly string[] {
    return (this.text(variable) ?? '')
      .split(',')
      .map((each) => each.trim())
      .filter((each) => each !== '');
  }

  oneOf<Word extends string>(variable: string, words: readonly Word[]): Word | undefined {
    const value = this.text(variable);
    if (value === undefined) return undefined;
    const word = words.find((each) => each === value);
    if (word === undefined)
      this.fault(variable, `is '${value}', but must be one of ${words.join(', ')}`, `${words[0]}`);
    return word;
  }

  number(variable: string, fallback: number, least: number, most: number): number {
    const value = this.text(variable);
    if (value === undefined) return fallback;
    const parsed = z.coerce.number().int().min(least).max(most).safeParse(value);
    if (parsed.success) return parsed.data;
    this.fault(variable, `is '${value}', but must be a whole number from ${least} to ${most}`, String(fallback));
    return fallback;
  }

  /** Everything the bot talks to is https: tokens travel there. */
  url(variable: string): string | undefined {
    const value = this.text(variable);
    if (value === undefined) return undefined;
    const parsed = z.url({ protocol: /^https$/ }).safeParse(value);
    if (parsed.success) return value.replace(/\/+$/, '');
    this.fault(variable, `is '${value}', but must be an https URL`, 'https://login.microsoftonline.com');
    return undefined;
  }

  scope(variable: string): string | undefined {
    const value = this.text(variable);
    if (value === undefined || /^https:\/\/\S+\/\.default$/.test(value)) return value;
    const example = 'https://api.securitycenter.microsoft.com/.default';
    this.fault(variable, `is '${value}', but must be a resource followed by /.default`, example);
    return undefined;
  }

  hosts(variable: string): readonly string[] {
    const hosts = this.list(variable);
    for (const host of hosts) {
      if (isHostWithPort(host)) continue;
      this.fault(variable, `names '${host}', which is no host name`, 'smba.example.com,127.0.0.1:8443');
    }
    return hosts;
  }

  appId(): string | undefined {
    return this.#guid('MicrosoftAppId', 'the application (client) id of the bot’s Entra app');
  }

  tenant(): TenantId | undefined {
    const value = this.#guid('MicrosoftAppTenantId', 'the directory (tenant) id of the bot’s Entra app');
    return value === undefined ? undefined : parseTenantId(value);
  }

  /** Exactly one credential: with two it would be unclear which one is in use when one expires. */
  credential(): Credential | undefined {
    const secret = this.text('MicrosoftAppPassword');
    const path = this.text('MicrosoftAppCertificatePath');
    const clientId = this.text('MicrosoftAppManagedIdentityClientId');
    const given = [secret, path, clientId].filter((each) => each !== undefined).length;
    const names = 'MicrosoftAppPassword, MicrosoftAppCertificatePath or MicrosoftAppManagedIdentityClientId';
    if (given !== 1) {
      this.fault(
        names,
        given === 0 ? 'one of them must be set' : 'only one of them may be set',
        'MicrosoftAppPassword=…',
      );
      return undefined;
    }
    if (secret !== undefined) return { kind: 'secret', secret: new Secret('clientSecret', secret) };
    if (path !== undefined) return { kind: 'certificate', path };
    return clientId === undefined ? undefined : { kind: 'managedIdentity', clientId };
  }

  region(cloud: CloudName): RegionName | undefined {
    const region = this.oneOf('DEFENDER_REGION', regionNames);
    if (region !== undefined && cloud !== 'commercial') {
      this.fault('DEFENDER_REGION', `is '${region}', but only the commercial cloud has regions`, 'leave it unset');
    }
    return region;
  }

  /** A policy that is set but not kept would be worse than none: what this version cannot do, it refuses. */
  refuseWhatIsNotThere(): void {
    const type = this.text('MicrosoftAppType') ?? 'SingleTenant';
    if (type !== 'SingleTenant') {
      const why =
        type === 'UserAssignedMSI'
          ? 'a bot that is a managed identity has no app to expose a scope, so nobody could sign in on behalf of themselves'
          : 'multi-tenant bots can no longer be created';
      this.fault('MicrosoftAppType', `is '${type}', but must be SingleTenant: ${why}`, 'SingleTenant');
    }
    const approval = this.text('APPROVAL') ?? 'self';
    if (approval !== 'self') {
      this.fault('APPROVAL', `is '${approval}', but this version knows no approval by a second person yet`, 'self');
    }
  }

  fault(variable: string, fault: string, example: string): void {
    this.#faults.push({ variable, fault, example });
  }

  #guid(variable: string, what: string): string | undefined {
    const value = this.text(variable);
    const parsed = guid.safeParse(value);
    if (parsed.success) return parsed.data.toLowerCase();
    const fault = value === undefined ? `is missing: ${what}` : `is '${value}', but must be a GUID: ${what}`;
    this.fault(variable, fault, '00000000-1111-2222-3333-444444444444');
    return undefined;
  }
}

function isHostWithPort(text: string): boolean {
  if (!URL.canParse(`https://${text}`)) return false;
  const { host, hostname, pathname } = new URL(`https://${text}/`);
  return pathname === '/' && host === text.toLowerCase() && (isIP(hostname) > 0 || /^[a-z0-9.-]+$/.test(hostname));
}
