/** The bot's own Entra app, as registered in the sandbox's tenant. */
export const botApp = {
  appId: 'b07b07b0-3333-4333-8333-000000000003',
  secret: 'sandbox~client~secret~marker',
  /** `webApplicationInfo.resource` of the manifest, with the form that Teams wants for bots (teams-platform.md, 'Manifest'). */
  get resource(): string {
    return `api://botid-${this.appId}`;
  },
  /** The id by which Teams knows the bot: 28: and the app id. */
  get teamsId(): string {
    return `28:${this.appId}`;
  },
  name: 'Collector',
  connectionName: 'defender-sso',
  /** Registered for the OAuth connection ('OAuth URL support in Azure AI Bot Service', Microsoft's page). */
  redirectUri: 'https://token.botframework.com/.auth/web/redirect',
} as const;

/** What tokens are for; other clouds have other names for it. */
export interface Resources {
  /** Of a bot's token towards the Bot Framework, and the issuer of the channel's own ('Bot Connector authentication', Microsoft's page). */
  readonly botFramework: string;
  /** Of Defender's API (defender-api.md, 'Hosts, authorities, scope'). */
  readonly defender: string;
}

/** The resource of a bot's token towards the Bot Framework, in the commercial cloud. */
export const botFrameworkResource = 'https://api.botframework.com';
/** The resource of Defender's API, in the commercial cloud. */
export const defenderResource = 'https://api.securitycenter.microsoft.com';

/** Those of the commercial cloud. */
export const commercialResources: Resources = { botFramework: botFrameworkResource, defender: defenderResource };
