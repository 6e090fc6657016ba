/** The composition root: every `new` and `create` of an adapter, and who gets which. */
import { readFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import { MsalServiceClientCredentialsFactory } from 'botframework-connector';
import { createDefender } from '../src/adapters/defender/defender-client.ts';
import { type BotCredential, createConfidentialClient } from '../src/adapters/entra/confidential-client.ts';
import { createOnBehalfOf } from '../src/adapters/entra/on-behalf-of.ts';
import { openStore, type Store } from '../src/adapters/store/open-store.ts';
import { announce } from '../src/app/announce.ts';
import { decide } from '../src/app/decide.ts';
import { sweep } from '../src/app/follow.ts';
import { lookUp } from '../src/app/look-up.ts';
import { offerSignIn } from '../src/app/sign-in.ts';
import { submit } from '../src/app/submit.ts';
import { instantOf } from '../src/domain/instant.ts';
import { Secret } from '../src/domain/secret.ts';
import type { Defender, Log } from '../src/ports.ts';
import type { Config, Credential } from './config.ts';
import { within } from './deadline.ts';
import { createHttpServer } from './server.ts';
import { TeamsAdapter } from './teams/adapter.ts';
import { createTokenService } from './teams/assertions.ts';
import { botIdentity, StrictAuthentication } from './teams/authentication.ts';
import { CollectorBot } from './teams/collector-bot.ts';
import { createConnectorRest } from './teams/connector-rest.ts';
import { createPoster } from './teams/poster.ts';
import { createSignInOffers } from './teams/sign-in-offers.ts';
import { createSigningKeys } from './teams/signing-keys.ts';

/** The running parts, for whoever starts and stops them. */
export interface Collector {
  readonly server: Server;
  /** Takes up the jobs: also those that another process left behind. */
  startJobs(): Promise<void>;
  /** Stops taking jobs, waits for the running ones up to 10 s, closes the store. */
  stop(): Promise<void>;
}

/** A probe waits for its answer. */
const readinessPatience = 8_000;

/** Builds the whole bot from its configuration. Throws what opening the store throws. */
export async function compose(config: Config, log: Log): Promise<Collector> {
  const store = await openStore(config.databaseUrl, log);
  const { appId, tenant, botFramework } = config;
  const entra = createConfidentialClient({ ...config, log, credential: await proofFrom(config.credential) });
  const keys = createSigningKeys(botFramework.openIdMetadata, () => performance.now());
  const credentials = new MsalServiceClientCredentialsFactory(appId, entra);
  const authentication = new StrictAuthentication(config, credentials, keys, log);
  const adapter = new TeamsAdapter(authentication, appId);
  const tokens = authentication.createUserTokenClient(botIdentity(appId));
  const ports = {
    adapter,
    log,
    rest: createConnectorRest(appId, () => botToken(entra, botFramework.scope)),
    conversations: store.conversations,
    cards: { portal: config.defender.portal, consentUrl: consentUrl(config), teams: config.teams },
    tokenService: createTokenService(() => tokens, botFramework.connectionName, log),
    connectionName: botFramework.connectionName,
    exchanges: store.signInExchanges,
    exchangesUnderWay: new Map(),
    store: store.requests,
    posts: store.posts,
    app: { appId, tenant },
    clock: processClock,
    proposalTtlMs: config.proposalTtlMs,
    onBehalfOf: createOnBehalfOf(entra, config.defender.scope, log),
    ...defenders(config, store, log),
    allowedConversations: config.allowedConversations,
    youngMs: config.followIntervalMs,
    monotonic: () => performance.now(),
    scheduleSweep: store.jobs.scheduleSweep.bind(store.jobs),
  };
  const bot = new CollectorBot({ ...ports, assertions: ports.tokenService });
  const server = createHttpServer({
    log,
    receive: (authorization, activity) => adapter.receive(authorization, activity, (context) => bot.run(context)),
    ready: async () => {
      await within(readinessPatience, 'the store or the Bot Framework', Promise.all([store.ready(), keys.load()]));
    },
  });
  return {
    server,
    startJobs: () => startJobs(store, { ...ports, assertions: ports.tokenService }),
    stop: () => store.close(),
  };
}

/** One client for people who wait at a card, and one for following, which leaves them a share of the budget. */
function defenders(config: Config, { budget }: Store, log: Log) {
  const options = { apiUrl: config.defender.api, budget, log };
  return {
    defender: createDefender({ ...options, priority: 'person' }),
    backgroundDefender: createDefender({ ...options, priority: 'background' }),
  };
}

type JobPorts = Parameters<typeof lookUp>[0] &
  Parameters<typeof submit>[0] &
  Parameters<typeof sweep>[0] &
  Parameters<typeof createSignInOffers>[0] &
  Pick<Parameters<typeof announce>[0], 'posts'> & { readonly backgroundDefender: Defender };

async function startJobs(store: Store, ports: JobPorts): Promise<void> {
  const announcer = createPoster(ports);
  const offers = createSignInOffers(ports);
  await store.jobs.work({
    announce: ({ request }) => announce({ ...ports, announcer }, request),
    lookUp: ({ request }) => lookUp(ports, request),
    submit: ({ request, collection }) => submit(ports, request, collection),
    follow: ({ watcher }) => sweep({ ...ports, defender: ports.backgroundDefender }, watcher),
    expire: async ({ request }) => {
      await decide(ports.store, request, { type: 'timePassed' });
    },
    offerSignIn: ({ request, person }) => offerSignIn({ ...ports, offers }, request, person),
  });
}

async function proofFrom(credential: Credential): Promise<BotCredential> {
  switch (credential.kind) {
    case 'certificate':
      return { kind: 'certificate', pem: await readFile(credential.path, 'utf8') };
    case 'secret':
    case 'managedIdentity':
      return credential;
  }
}

async function botToken(
  entra: ReturnType<typeof createConfidentialClient>,
  scope: string,
): Promise<Secret<'botToken'>> {
  const result = await entra.acquireTokenByClientCredential({ scopes: [`${scope}/.default`] });
  if (result === null) throw new Error('Entra gave the bot no token for the connector');
  return new Secret('botToken', result.accessToken);
}

/** Where a tenant administrator consents to exactly what the app's registration lists. */
function consentUrl({ authorityHost, tenant, appId }: Config): string {
  return `${authorityHost}/${tenant}/adminconsent?client_id=${appId}`;
}

function processClock() {
  const now = instantOf(new Date());
  if (now === undefined) throw new Error('the process has no clock');
  return now;
}
