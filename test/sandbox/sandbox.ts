import { botApp, commercialResources, type Resources } from './app.ts';
import { BotFramework } from './bot-framework.ts';
import { certificates } from './certificates.ts';
import { Connector } from './connector.ts';
import { Defender } from './defender.ts';
import type { DefenderSwitches } from './defender-switches.ts';
import { Delivery } from './delivery.ts';
import { type Device, devices } from './devices.ts';
import { Entra } from './entra.ts';
import { EntraTokens } from './entra-tokens.ts';
import { Faults } from './faults.ts';
import { type Hosts, openHosts } from './hosts.ts';
import { type IdentityEndpoint, openIdentityEndpoint } from './identity-endpoint.ts';
import { Journal } from './journal.ts';
import { type Person, tenantId } from './people.ts';
import { type ClientOptions, TeamsClient } from './teams-client.ts';
import { Places } from './tenant-places.ts';
import { TokenService } from './token-service.ts';
import { transcript } from './transcript.ts';
import { Wire } from './wire.ts';

/** How a sandbox is made. */
export interface SandboxOptions {
  /** Switches of Defender that differ from the default; they may also be changed later, on `defender.switches`. */
  readonly defender?: Partial<DefenderSwitches>;
  /** Defaults to the devices of devices.ts. */
  readonly devices?: readonly Device[];
  /** Five ports in a row are taken from this one on; without it any free ones. */
  readonly firstPort?: number;
  /** Defender's time, in milliseconds since 1970. Defaults to the machine's. */
  readonly clock?: () => number;
  /** Defaults to the commercial cloud's. */
  readonly resources?: Resources;
  /** What the hosts call themselves towards the bot, if not by their address on loopback; whoever connects to it is led there. */
  readonly addresses?: Addresses;
}

/** `https://…`, without a slash at the end. */
export type Addresses = Readonly<Record<keyof Hosts, string>>;

/** The variables of the public surface that make the bot use the sandbox. */
export type SandboxEnvironment = Readonly<Record<string, string>>;

/** A cloud on loopback: Entra, Bot Framework, Bot Connector, Token Service, Defender, and people with Teams clients. */
export class Sandbox {
  readonly journal: Journal;
  readonly faults: Faults;
  readonly entra: Entra;
  readonly botFramework: BotFramework;
  readonly connector: Connector;
  readonly tokenService: TokenService;
  readonly defender: Defender;
  readonly places: Places;
  readonly delivery: Delivery;
  /** For `hosts.defender.down()` and `up()`: a host that refuses connections. */
  readonly hosts: Hosts;
  readonly #wire: Wire;
  readonly #caFile: string;
  #identity: Promise<IdentityEndpoint> | undefined;
  readonly #clients = new Map<string, TeamsClient>();

  constructor(parts: SandboxParts) {
    this.journal = parts.journal;
    this.faults = parts.faults;
    this.entra = parts.entra;
    this.botFramework = parts.botFramework;
    this.connector = parts.connector;
    this.tokenService = parts.tokenService;
    this.defender = parts.defender;
    this.places = parts.places;
    this.#wire = parts.wire;
    this.hosts = parts.hosts;
    this.#caFile = parts.caFile;
    this.delivery = new Delivery(this.botFramework, this.connector.serviceUrl, this.journal, this.places);
  }

  /** The Teams client of a person; the options count at the first call only. Without one nobody reacts to sign-in cards. */
  client(person: Person, options: ClientOptions = {}): TeamsClient {
    const known = this.#clients.get(person.key);
    if (known) return known;
    const made = new TeamsClient(person, this, options);
    this.#clients.set(person.key, made);
    return made;
  }

  /** Where activities go, for example `http://127.0.0.1:3978/api/messages`; a function is asked for each activity. */
  setBotUrl(url: string | (() => string)): void {
    this.delivery.botUrl = typeof url === 'string' ? () => url : url;
  }

  /** What the bot's process needs besides PORT and DATABASE_URL. */
  environment(): SandboxEnvironment {
    return {
      MicrosoftAppId: botApp.appId,
      MicrosoftAppTenantId: tenantId,
      MicrosoftAppType: 'SingleTenant',
      MicrosoftAppPassword: botApp.secret,
      AUTHORITY_HOST: this.entra.url,
      ToBotFromChannelOpenIdMetadataUrl: this.botFramework.openIdUrl,
      ToBotFromChannelTokenIssuer: this.botFramework.issuer,
      ToChannelFromBotOAuthScope: this.entra.tokens.resources.botFramework,
      OAuthUrl: this.tokenService.url,
      OAUTH_CONNECTION_NAME: botApp.connectionName,
      SERVICE_URL_HOSTS: new URL(this.connector.serviceUrl).host,
      DEFENDER_API_URL: this.defender.url,
      DEFENDER_SCOPE: `${this.entra.tokens.resources.defender}/.default`,
      NODE_EXTRA_CA_CERTS: this.#caFile,
    };
  }

  /** The endpoints where the machine's managed identity gets its tokens; opened once, trusted by nobody of itself. */
  identityEndpoint(): Promise<IdentityEndpoint> {
    this.#identity ??= openIdentityEndpoint(this.#wire, this.entra.tokens);
    return this.#identity;
  }

  /** All conversations and all calls to Defender as readable text. */
  transcript(): string {
    return transcript(this.places.all, this.journal);
  }

  /** Ends everything: held answers, waiting clients, open connections. */
  async stop(): Promise<void> {
    for (const client of this.#clients.values()) client.close();
    this.#wire.stop();
    // In the same moment: a held answer that was let go must find its connection gone.
    const down = Object.values(this.hosts).map((host) => host.down());
    await Promise.all([...down, this.#identity?.then((each) => each.close())]);
  }
}

interface SandboxParts
  extends Pick<
    Sandbox,
    'journal' | 'faults' | 'entra' | 'botFramework' | 'connector' | 'tokenService' | 'defender' | 'places' | 'hosts'
  > {
  readonly wire: Wire;
  readonly caFile: string;
}

/** Starts a sandbox; call `stop()` in the end. Throws if a fixed port is in use, naming it. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const journal = new Journal();
  const faults = new Faults();
  const wire = new Wire(journal, faults);
  const hosts = await openHosts(wire, options.firstPort);
  const { resources = commercialResources, addresses = addressesOf(hosts) } = options;
  const tokens = new EntraTokens(addresses.entra, resources);
  const places = new Places(journal);
  const entra = new Entra(addresses.entra, tokens);
  const botFramework = new BotFramework(addresses.botFramework, resources.botFramework);
  const connector = new Connector(addresses.connector, tokens, places, journal);
  const tokenService = new TokenService(addresses.tokenService, tokens, journal);
  const defender = new Defender(addresses.defender, {
    tokens,
    journal,
    devices: options.devices ?? devices,
    clock: options.clock ?? Date.now,
    switches: options.defender ?? {},
  });
  entra.mount(wire, hosts.entra.app);
  botFramework.mount(wire, hosts.botFramework.app);
  connector.mount(wire, hosts.connector.app);
  tokenService.mount(wire, hosts.tokenService.app);
  defender.mount(wire, hosts.defender.app);
  const { caFile } = await certificates();
  return new Sandbox({
    journal,
    faults,
    entra,
    botFramework,
    connector,
    tokenService,
    defender,
    places,
    wire,
    hosts,
    caFile,
  });
}

function addressesOf({ entra, botFramework, connector, tokenService, defender }: Hosts): Addresses {
  return {
    entra: entra.url,
    botFramework: botFramework.url,
    connector: connector.url,
    tokenService: tokenService.url,
    defender: defender.url,
  };
}
