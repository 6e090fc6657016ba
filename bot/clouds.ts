/**
 * Every host of every cloud, in one place. Sources: Microsoft's 'Use the Defender for Endpoint APIs' and
 * 'US Government customers' pages for Defender and the portal; 'Configuration for US Government and DoD bots'
 * for the Bot Framework. Setting any one of the SDK's keys switches off all of its built-in defaults,
 * so all of them are set from here.
 */

/** The clouds that `DEFENDER_CLOUD` names. */
export const cloudNames = ['commercial', 'gcc', 'gcc-high', 'dod'] as const;
/** One of `cloudNames`. */
export type CloudName = (typeof cloudNames)[number];

/** The regions that `DEFENDER_REGION` names; commercial only. */
export const regionNames = ['us', 'eu', 'uk', 'au', 'swa', 'ina'] as const;
/** One of `regionNames`. */
export type RegionName = (typeof regionNames)[number];

/** Where one cloud's services live. */
export interface Cloud {
  /** Entra, without a tenant. */
  readonly authorityHost: string;
  /** Current pages' host. The commercial cloud's older `https://api.securitycenter.microsoft.com` serves too (`DEFENDER_API_URL`). */
  readonly defenderApi: string;
  /** The OBO scope. */
  readonly defenderScope: string;
  /**
   * Where `defenderScope` is an assumption, because no page names the audience; `DEFENDER_SCOPE` overrides it. At the
   * regional hosts it is taken to be that of the global one, in the government clouds the API host itself.
   */
  readonly scopeAssumed: 'atRegionalHosts' | 'everywhere';
  readonly portal: string;
  /** The Teams client, for links to a conversation. */
  readonly teams: string;
  readonly openIdMetadata: string;
  readonly tokenIssuer: string;
  readonly botScope: string;
  readonly tokenService: string;
  /** The page that finishes the OAuth connection's sign-ins, which is registered for the app ('OAuth URL support in Azure AI Bot Service'). */
  readonly consentRedirect: string;
  /** Hosts of Teams' connector that the bot answers to. */
  readonly serviceUrlHosts: readonly string[];
}

const publicBotFramework = {
  openIdMetadata: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
  tokenIssuer: 'https://api.botframework.com',
  botScope: 'https://api.botframework.com',
  tokenService: 'https://api.botframework.com',
  consentRedirect: 'https://token.botframework.com/.auth/web/redirect',
};
const governmentBotFramework = {
  openIdMetadata: 'https://login.botframework.azure.us/v1/.well-known/openidconfiguration',
  tokenIssuer: 'https://api.botframework.us',
  botScope: 'https://api.botframework.us',
  consentRedirect: 'https://token.botframework.azure.us/.auth/web/redirect',
};

/** The table. A region only moves `defenderApi` (see `defenderApiOf`). */
export const clouds: Readonly<Record<CloudName, Cloud>> = {
  commercial: {
    ...publicBotFramework,
    authorityHost: 'https://login.microsoftonline.com',
    defenderApi: 'https://api.security.microsoft.com',
    defenderScope: 'https://api.securitycenter.microsoft.com/.default',
    scopeAssumed: 'atRegionalHosts',
    portal: 'https://security.microsoft.com',
    teams: 'https://teams.microsoft.com',
    serviceUrlHosts: ['smba.trafficmanager.net'],
  },
  gcc: {
    ...publicBotFramework,
    authorityHost: 'https://login.microsoftonline.com',
    defenderApi: 'https://api-gcc.securitycenter.microsoft.us',
    defenderScope: 'https://api-gcc.securitycenter.microsoft.us/.default',
    scopeAssumed: 'everywhere',
    portal: 'https://security.microsoft.com',
    teams: 'https://teams.microsoft.com',
    serviceUrlHosts: ['smba.infra.gcc.teams.microsoft.com', 'smba.trafficmanager.net'],
  },
  'gcc-high': {
    ...governmentBotFramework,
    tokenService: 'https://tokengcch.botframework.azure.us',
    authorityHost: 'https://login.microsoftonline.us',
    defenderApi: 'https://api-gov.securitycenter.microsoft.us',
    defenderScope: 'https://api-gov.securitycenter.microsoft.us/.default',
    scopeAssumed: 'everywhere',
    portal: 'https://security.microsoft.us',
    teams: 'https://gov.teams.microsoft.us',
    serviceUrlHosts: ['smba.infra.gov.teams.microsoft.us'],
  },
  dod: {
    ...governmentBotFramework,
    tokenService: 'https://apiDoD.botframework.azure.us',
    authorityHost: 'https://login.microsoftonline.us',
    defenderApi: 'https://api-gov.securitycenter.microsoft.us',
    defenderScope: 'https://api-gov.securitycenter.microsoft.us/.default',
    scopeAssumed: 'everywhere',
    portal: 'https://security.apps.mil',
    teams: 'https://dod.teams.microsoft.us',
    serviceUrlHosts: ['smba.infra.dod.teams.microsoft.us'],
  },
};

/** The API host near the tenant, where a region was chosen; the cloud's global host else. */
export function defenderApiOf(cloud: Cloud, region: RegionName | undefined): string {
  return region === undefined ? cloud.defenderApi : `https://${region}.api.security.microsoft.com`;
}
