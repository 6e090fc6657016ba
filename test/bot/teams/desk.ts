/** The bot's turns without a wire: the real handlers over stores in memory and services that a test speaks for. */

import type { Activity, ResourceResponse } from 'botbuilder';
import { BotAdapter, TurnContext } from 'botbuilder';
import { UnsecuredJWT } from 'jose';
import { z } from 'zod';
import type { TokenService } from '../../../bot/teams/assertions.ts';
import { type BotPorts, CollectorBot } from '../../../bot/teams/collector-bot.ts';
import type { Content } from '../../../bot/teams/connector-rest.ts';
import { readAssertionClaims } from '../../../src/adapters/entra/assertion-claims.ts';
import { silentTelemetry } from '../../../src/adapters/telemetry/telemetry.ts';
import { type AadObjectId, parseActivityId } from '../../../src/domain/ids.ts';
import { instantOf } from '../../../src/domain/instant.ts';
import type { Person } from '../../../src/domain/person.ts';
import type { Request } from '../../../src/domain/request.ts';
import { Secret } from '../../../src/domain/secret.ts';
import type { AssertionResult, Defender } from '../../../src/ports.ts';
import { selfApproval } from '../../build/approval.ts';
import { conversationId, known, tenantId } from '../../build/ids.ts';
import { dana } from '../../build/person.ts';
import { aProposal } from '../../build/request.ts';
import { MemoryStore } from '../../fakes/memory-store.ts';
import { botApp } from '../../sandbox/app.ts';
import { type KeptLog, keptLog } from '../../src/adapters/defender/wire-server.ts';
import { anActivity, asActivity } from './activities.ts';

/** A person's token for our app, unsigned: our app reads it, Entra would judge it. */
export function aToken(person: Person, changes: Readonly<Record<string, unknown>> = {}): string {
  const expires = Math.floor(Date.now() / 1000) + 3_600;
  const claims = { oid: person.oid, tid: person.tenant, aud: botApp.appId, exp: expires, ...changes };
  return new UnsecuredJWT(claims).encode();
}

/** What the Token Service would give for a token. */
export function held(token: string): AssertionResult {
  const assertion = new Secret('assertion', token);
  return { kind: 'found', assertion, claims: known(readAssertionClaims(assertion)) };
}

/** The Token Service; each answer may be replaced, and `calls` names what was asked. */
class FakeTokenService implements TokenService {
  readonly calls: string[] = [];
  found: () => Promise<AssertionResult> = async () => ({ kind: 'none' });
  exchanged: () => Promise<AssertionResult> = async () => held(aToken(dana));
  redeemed: () => Promise<AssertionResult> = async () => held(aToken(dana));
  resource: TokenService['signInResource'] = async () => ({
    signInLink: 'https://token.example/signin?code=link-marker',
    tokenExchangeResource: { id: 'exchange-1', uri: `api://botid-${botApp.appId}`, providerId: 'p' },
  });
  signedOut: () => Promise<void> = async () => undefined;

  find(): Promise<AssertionResult> {
    this.calls.push('find');
    return this.found();
  }
  exchange(): Promise<AssertionResult> {
    this.calls.push('exchange');
    return this.exchanged();
  }
  redeem(): Promise<AssertionResult> {
    this.calls.push('redeem');
    return this.redeemed();
  }
  signOut(): Promise<void> {
    this.calls.push('signOut');
    return this.signedOut();
  }
  signInResource(activity: Activity): ReturnType<TokenService['signInResource']> {
    this.calls.push('signInResource');
    return this.resource(activity);
  }
}

class RecordingAdapter extends BotAdapter {
  readonly sent: Partial<Activity>[] = [];
  fails: Error | undefined;

  override async sendActivities(_: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    for (const activity of activities) {
      if (this.fails !== undefined && activity.type !== 'invokeResponse') throw this.fails;
      this.sent.push(activity);
    }
    return activities.map((_activity, n) => ({ id: String(n) }));
  }
  override async updateActivity(): Promise<void> {
    throw new Error('no turn edits');
  }
  override async deleteActivity(): Promise<void> {
    throw new Error('no turn deletes');
  }
  override async continueConversation(): Promise<void> {
    throw new Error('no turn begins another');
  }
}

const unexpected = async (): Promise<never> => {
  throw new Error('nobody expected a call to Defender');
};

const invokeAnswer = z.object({
  status: z.number(),
  body: z
    .looseObject({ statusCode: z.number().optional(), type: z.string().optional(), value: z.unknown().optional() })
    .optional(),
});
/** The answer of an invoke, as it goes to the client. */
export type InvokeAnswer = z.infer<typeof invokeAnswer>;

/** A bot at its desk. */
export class Desk {
  /** A minute after the built requests were asked. */
  readonly memory = new MemoryStore('2026-03-02T03:13:00Z');
  readonly tokenService = new FakeTokenService();
  readonly adapter = new RecordingAdapter();
  readonly log: KeptLog = keptLog();
  /** Whose sweeps were planned, and how soon, in milliseconds. */
  readonly sweeps: (readonly [AadObjectId, number])[] = [];
  /** What went to one person's eyes alone. */
  readonly targeted: Content[] = [];
  readonly defender: Defender = {
    device: unexpected,
    devicesNamed: unexpected,
    devicesNear: unexpected,
    collect: unexpected,
    action: unexpected,
    actionsOnDevice: unexpected,
    actionsOfRequestor: unexpected,
    actionsSince: unexpected,
    cancel: unexpected,
    packageLink: unexpected,
  };
  readonly ports: BotPorts;

  constructor(changes: Partial<BotPorts> = {}) {
    const { memory, tokenService, log } = this;
    const seen = new Set<string>();
    this.ports = {
      log,
      telemetry: silentTelemetry(),
      tokenService,
      assertions: tokenService,
      defender: this.defender,
      store: memory.requests,
      scheduleSweep: async (watcher, afterMs) => {
        this.sweeps.push([watcher, afterMs]);
      },
      posts: memory.posts,
      audit: memory.audit,
      announceLater: memory.announceLater.bind(memory),
      approval: selfApproval,
      proposalTtlMs: 1_800_000,
      allowedConversations: [],
      connectionName: botApp.connectionName,
      app: { appId: botApp.appId, tenant: tenantId() },
      clock: () => known(instantOf(new Date())),
      onBehalfOf: { exchange: async () => ({ kind: 'token', token: new Secret('defenderToken', 'defender-marker') }) },
      exchangesUnderWay: new Map(),
      exchanges: {
        firstTime: async (id) => {
          const isFirst = !seen.has(id);
          seen.add(id);
          return isFirst;
        },
      },
      cards: {
        portal: 'https://security.example',
        consentUrl: 'https://login.example/consent',
        teams: 'https://teams.example',
        approval: selfApproval,
      },
      conversations: {
        remember: async () => undefined,
        find: async () => undefined,
        rememberPersonal: async () => undefined,
        personalOf: async () => conversationId('a:1'),
        forget: async () => undefined,
        serviceUrlOf: async () => undefined,
      },
      pace: { take: async () => ({ kind: 'taken' }), pause: async () => undefined },
      flood: { knock: async () => ({ kind: 'admitted' }) },
      audiences: {
        find: async () => 'own',
        note: async () => undefined,
        outdate: async () => undefined,
        isOutsider: async () => false,
      },
      adapter: { speak: () => Promise.reject(new Error('nothing is posted in a turn')) },
      rest: {
        postTargeted: async (_serviceUrl, _conversation, _to, content) => {
          this.targeted.push(content);
          return known(parseActivityId('1'));
        },
        openPersonal: () => Promise.reject(new Error('nobody is written to in 1:1')),
      },
      ...changes,
    };
  }

  /** Stores a request as it stands. */
  async keep(request: Request): Promise<void> {
    const source = { conversation: request.place.conversation, activity: `seed ${request.id}` };
    await this.memory.requests.propose(source, () => ({ request: aProposal({ id: request.id }), effects: [] }));
    await this.memory.requests.change(request.id, () => ({ kind: 'changed', to: request, effects: [] }));
  }

  /** One turn. */
  async turn(changes: object): Promise<void> {
    const context = new TurnContext(this.adapter, asActivity({ ...anActivity(), ...changes }));
    await new CollectorBot(this.ports).run(context);
  }

  /** A message; gives back what was answered, public and private alike. */
  async say(text: string, changes: object = {}): Promise<readonly string[]> {
    const from = this.adapter.sent.length;
    const fromTargeted = this.targeted.length;
    await this.turn({ text, ...changes });
    return [...this.adapter.sent.slice(from), ...this.targeted.slice(fromTargeted)].map((each) => JSON.stringify(each));
  }

  /** An invoke; gives back its answer. */
  async invoke(name: unknown, value: unknown, changes: object = {}): Promise<InvokeAnswer> {
    const from = this.adapter.sent.length;
    await this.turn({ type: 'invoke', name, value, ...changes });
    const answers = this.adapter.sent.slice(from).filter(({ type }) => type === 'invokeResponse');
    if (answers.length !== 1) throw new Error(`the invoke got ${answers.length} answers`);
    return invokeAnswer.parse(answers[0]?.value);
  }

  /** A click on a card of a request. */
  click(verb: unknown, data: unknown, { value = {}, changes = {} }: { value?: object; changes?: object } = {}) {
    return this.invoke('adaptiveCard/action', { action: { type: 'Action.Execute', verb, data }, ...value }, changes);
  }
}
