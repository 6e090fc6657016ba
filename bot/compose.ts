/** The composition root: every `new` and `create` of an adapter, and who gets which. */
import type { Server } from 'node:http';
import type { Activity } from 'botbuilder';
import { MsalServiceClientCredentialsFactory } from 'botframework-connector';
import { createDefender } from '../src/adapters/defender/defender-client.ts';
import { createConfidentialClient } from '../src/adapters/entra/confidential-client.ts';
import { createOnBehalfOf } from '../src/adapters/entra/on-behalf-of.ts';
import type { JobHandlers } from '../src/adapters/store/job-payloads.ts';
import { openStore, type Store } from '../src/adapters/store/open-store.ts';
import { startTelemetry, type Telemetry } from '../src/adapters/telemetry/telemetry.ts';
import { watchedAnnouncer } from '../src/adapters/telemetry/watched-announcer.ts';
import { watchedJobs } from '../src/adapters/telemetry/watched-jobs.ts';
import { announce } from '../src/app/announce.ts';
import { decide } from '../src/app/decide.ts';
import { sweep } from '../src/app/follow.ts';
import { lookUp } from '../src/app/look-up.ts';
import { offerSignIn } from '../src/app/sign-in.ts';
import { submit } from '../src/app/submit.ts';
import { type ConversationId, parseConversationId } from '../src/domain/ids.ts';
import { instantOf } from '../src/domain/instant.ts';
import { Secret } from '../src/domain/secret.ts';
import type { Defender, Log } from '../src/ports.ts';
import { cardContextOf } from './card-context.ts';
import { createClockCheck, frameworkTime, watchClock } from './clock-check.ts';
import type { Config } from './config.ts';
import { watchCredential } from './credential-watch.ts';
import { databasePassword } from './database-password.ts';
import { within } from './deadline.ts';
import { tellState } from './metrics.ts';
import { createHttpServer } from './server.ts';
import { ListCache } from './tab/list-cache.ts';
import { createTab } from './tab/tab-api.ts';
import { createTabDoor } from './tab/tab-door.ts';
import { readTabFiles } from './tab/tab-files.ts';
import { tabLinks } from './tab/tab-links.ts';
import { TeamsAdapter } from './teams/adapter.ts';
import { warnOfUnseenPlace } from './teams/approval-rule.ts';
import { createTokenService } from './teams/assertions.ts';
import { type AudiencePorts, audienceOf, createRosterReader } from './teams/audience.ts';
import { botIdentity, StrictAuthentication } from './teams/authentication.ts';
import { CollectorBot } from './teams/collector-bot.ts';
import { createConnectorRest } from './teams/connector-rest.ts';
import { createPoster } from './teams/poster.ts';
import { createSignInOffers } from './teams/sign-in-offers.ts';
import { createSigningKeys } from './teams/signing-keys.ts';
import { notingUserNames, rememberingOnce } from './teams/user-names.ts';
import { watchedPorts } from './watched-ports.ts';

/** The running parts, for whoever starts and stops them. */
export interface Collector {
  readonly server: Server;
  /** Fetches signing keys and the bot's token, for which the first person would wait. What is away is only logged. */
  warmUp(): Promise<void>;
  /** Takes up the jobs: also those that another process left behind. */
  startJobs(): Promise<void>;
  /** Stops taking jobs, waits so long for the running ones, gives back the rest, closes the store. */
  stop(patienceMs?: number): Promise<void>;
}

/** A probe waits for its answer. */
const readinessPatience = 8_000;

/**
 * Builds the whole bot from its configuration. Throws what opening the store throws.
 * @param dist the folder that `npm run build` writes
 */
export async function compose(config: Config, log: Log, dist: URL): Promise<Collector> {
  const telemetry = await startTelemetry(config.telemetry, log);
  const store = await openStore(config.databaseUrl, log, databasePassword(config, log));
  await warnOfUnseenPlace({ approval: config.approval, conversations: store.conversations, log });
  const { appId, tenant, botFramework } = config;
  const entra = createConfidentialClient({ ...config, log });
  const keys = createSigningKeys(botFramework.openIdMetadata, () => performance.now());
  const credentials = new MsalServiceClientCredentialsFactory(appId, entra);
  const authentication = new StrictAuthentication(config, credentials, keys, log);
  const adapter = new TeamsAdapter(authentication, appId);
  const tokens = authentication.createUserTokenClient(botIdentity(appId));
  const unwatched = {
    adapter,
    log,
    telemetry,
    rest: createConnectorRest(appId, () => botToken(entra, botFramework.scope)),
    conversations: store.conversations,
    pace: store.pace,
    flood: store.flood,
    audiences: store.audiences,
    cards: cardContextOf(config),
    tokenService: notingUserNames(
      createTokenService(() => tokens, botFramework.connectionName, log),
      store.audit.rememberUpn.bind(store.audit),
    ),
    connectionName: botFramework.connectionName,
    exchanges: store.signInExchanges,
    exchangesUnderWay: new Map(),
    store: store.requests,
    posts: store.posts,
    audit: store.audit,
    app: { appId, tenant },
    roster: createRosterReader(() => botToken(entra, botFramework.scope)),
    clock: processClock,
    proposalTtlMs: config.proposalTtlMs,
    approval: config.approval,
    onBehalfOf: createOnBehalfOf(entra, config.defender.scope, log),
    ...defenders(config, store, log),
    allowedConversations: servedConversations(config),
    youngMs: config.followIntervalMs,
    monotonic: () => performance.now(),
    scheduleSweep: store.jobs.scheduleSweep.bind(store.jobs),
    announceLater: store.jobs.scheduleAnnounce.bind(store.jobs),
    retentionMs: config.retentionMs,
  };
  const ports = watchedPorts(unwatched, telemetry);
  const bot = new CollectorBot({ ...ports, assertions: ports.tokenService });
  const clock = createClockCheck({
    now: Date.now,
    monotonic: ports.monotonic,
    databaseNow: () => store.requests.now(),
    frameworkNow: () => frameworkTime(botFramework.openIdMetadata),
  });
  const ready = async () => {
    await Promise.all([store.ready(), keys.load(), clock.check()]);
  };
  const files = await readTabFiles(new URL('tab/', dist));
  if (files === undefined) log.warn({}, 'the tab has not been built, so it cannot be opened: npm run build');
  const server = createHttpServer({
    log,
    teams: config.teams,
    tab: createTab({
      ...ports,
      files,
      door: tabDoor(config),
      links: tabLinks(config),
      cache: new ListCache(ports.monotonic),
      rememberUpn: rememberingOnce(store.audit.rememberUpn.bind(store.audit)),
    }),
    receive: (authorization, activity) =>
      adapter.receive(authorization, activity, (context) =>
        telemetry.tracing.turn(conversationOf(activity), () => bot.run(context)),
      ),
    ready: () => within(readinessPatience, 'the store or the Bot Framework', ready()),
    telemetry,
  });
  const prove = () => botToken(entra, botFramework.scope);
  const watches = [
    watchCredential({ credential: config.credential, prove, clock: processClock, log }),
    watchClock(clock, log),
    tellState(telemetry.metrics, { ...config, figures: store.figures, ready, clockCheck: clock, clock: processClock }),
  ];
  return {
    server,
    warmUp: async () => {
      const [read, proven] = await Promise.allSettled([keys.load(), prove()]);
      for (const each of [read, proven]) {
        if (each.status === 'rejected') log.warn({ err: each.reason }, 'could not be fetched beforehand');
      }
    },
    startJobs: () => startJobs(store, { ...ports, assertions: ports.tokenService }),
    stop: async (patienceMs) => {
      for (const watch of watches) watch.stop();
      await store.close(patienceMs);
      await telemetry.stop();
    },
  };
}

/** Entra's keys are fetched when the first person opens the tab; a bot without it does not wait for them. */
function tabDoor({ appId, tenant, authorityHost }: Config) {
  const issuer = `${authorityHost}/${tenant}/v2.0`;
  const metadata = `${issuer}/.well-known/openid-configuration`;
  const { keyFor } = createSigningKeys(metadata, () => performance.now(), 'Entra');
  return createTabDoor({ issuer, app: { appId, tenant }, keyFor, clock: processClock });
}

/** Where approvals are asked the bot serves too: whoever chose the conversation meant that. */
function servedConversations({ allowedConversations, approval: { conversation } }: Config): readonly string[] {
  const isEverywhere = allowedConversations.length === 0 || conversation === undefined;
  return isEverywhere ? allowedConversations : [...allowedConversations, conversation];
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
  AudiencePorts &
  Omit<Parameters<typeof announce>[0], 'announcer'> & {
    readonly backgroundDefender: Defender;
    readonly retentionMs: number;
    readonly telemetry: Telemetry;
  };

async function startJobs(store: Store, ports: JobPorts): Promise<void> {
  const poster = createPoster({ ...ports, audience: (place) => audienceOf(ports, place) });
  const announcer = watchedAnnouncer(poster, { ...ports.telemetry, now: () => ports.store.now() });
  const offers = createSignInOffers(ports);
  const handlers: JobHandlers = {
    announce: ({ request }) => announce({ ...ports, announcer }, request),
    lookUp: ({ request }) => lookUp(ports, request),
    submit: ({ request, collection, round }) => submit(ports, request, collection, round),
    follow: ({ watcher }) => sweep({ ...ports, defender: ports.backgroundDefender }, watcher),
    expire: async ({ request }) => {
      await decide(ports.store, request, { type: 'timePassed' });
    },
    offerSignIn: ({ request, person }) => offerSignIn({ ...ports, offers }, request, person),
    retain: async () => {
      const deleted = await store.deleteOld(ports.retentionMs);
      ports.log.info({ deleted }, 'old requests were deleted');
    },
    chainAudit: ({ numbers }) => store.chainAudit(numbers),
  };
  await store.jobs.work(handlers, watchedJobs(ports.telemetry));
  await store.jobs.startRetention();
}

async function botToken(
  entra: ReturnType<typeof createConfidentialClient>,
  scope: string,
): Promise<Secret<'botToken'>> {
  const result = await entra.acquireTokenByClientCredential({ scopes: [`${scope}/.default`] });
  if (result === null) throw new Error('Entra gave the bot no token for the connector');
  return new Secret('botToken', result.accessToken);
}

function conversationOf({ conversation }: Activity): ConversationId | undefined {
  return typeof conversation?.id === 'string' ? parseConversationId(conversation.id) : undefined;
}

function processClock() {
  const now = instantOf(new Date());
  if (now === undefined) throw new Error('the process has no clock');
  return now;
}
