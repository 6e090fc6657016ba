/**
 * The stores in memory, for tests of use cases. They pass the same contract suite as the real ones
 * (`test/src/adapters/store/contract.ts`). Time stands still until a test moves it; jobs wait in `queued`
 * until a test runs them.
 */
import type { Job, JobHandlers, JobPayloads, QueueName } from '../../src/adapters/store/job-payloads.ts';
import { type PlannedJob, planJobs } from '../../src/adapters/store/planned-job.ts';
import { waitingFor } from '../../src/adapters/store/request-projection.ts';
import type { AuditEntry } from '../../src/domain/audit-entry.ts';
import { auditOfChange, auditOfProposal } from '../../src/domain/audit-of-change.ts';
import type {
  AadObjectId,
  CollectionId,
  ConversationId,
  DeviceId,
  MachineActionId,
  RequestId,
} from '../../src/domain/ids.ts';
import { type Instant, later, parseInstant } from '../../src/domain/instant.ts';
import {
  type Collection,
  collectionsOf,
  isFollowing,
  isOver,
  type Proposed,
  type Request,
  type Running,
  type Unwatched,
} from '../../src/domain/request.ts';
import type { Effect, Outcome } from '../../src/domain/transition.ts';
import type { AuditLog, Changed, Placed, Posted, PostKind, PostStore, RequestStore, Source } from '../../src/ports.ts';

/** Everything in one place: the ports, the clock, the jobs. */
export class MemoryStore {
  /** The database's clock. Moved by `advance`. */
  now: Instant;
  /** Jobs that nobody has run yet, in the order in which they were planned. */
  readonly queued: PlannedJob[] = [];
  /** What the audit kept, in order. */
  readonly audited: AuditEntry[] = [];
  readonly audit: AuditLog = {
    record: async (entry) => {
      this.audited.push(entry);
    },
  };
  readonly requests: RequestStore;
  readonly posts: MemoryPosts;

  constructor(startsAt = '2026-03-02T09:00:00Z') {
    const now = parseInstant(startsAt);
    if (now === undefined) throw new TypeError(`no moment: ${startsAt}`);
    this.now = now;
    this.requests = new MemoryRequests(this);
    this.posts = new MemoryPosts();
  }

  /** Moves the clock. */
  advance(ms: number): void {
    this.now = later(this.now, ms);
  }

  /** Plans a watcher's next sweep, as the follow use case does while its own job is running. */
  async scheduleSweep(watcher: AadObjectId, afterMs: number): Promise<void> {
    this.queue({ queue: 'follow', payload: { watcher }, dueAt: later(this.now, afterMs) });
  }

  /** Plans the next announcement, as `announce` does when it is not its turn. */
  async announceLater(request: RequestId, afterMs: number): Promise<void> {
    this.queue({ queue: 'announce', payload: { request }, dueAt: later(this.now, afterMs) });
  }

  /** Takes the due job that has waited longest; undefined when none is due. */
  takeDue(): PlannedJob | undefined {
    const due = this.queued.filter((job) => job.dueAt <= this.now).toSorted((a, b) => a.dueAt - b.dueAt)[0];
    if (due !== undefined) this.queued.splice(this.queued.indexOf(due), 1);
    return due;
  }

  /** Runs due jobs one after the other, those that they plan included, until none is due. A throw ends it. */
  async runDue(handlers: JobHandlers): Promise<void> {
    for (let job = this.takeDue(); job !== undefined; job = this.takeDue()) await runJob(handlers, job);
  }

  /** Adds a job by the rules of its queue: announce, look-up and follow have one waiting job each. */
  queue(job: PlannedJob): void {
    const twin = this.queued.findIndex((other) => coalesces(job) && isSame(job, other));
    const waiting = this.queued[twin];
    if (waiting === undefined) this.queued.push(job);
    else if (job.dueAt < waiting.dueAt) this.queued[twin] = job;
  }
}

/** Calls the handler of a job's queue. */
export async function runJob<Queue extends QueueName>(
  handlers: JobHandlers,
  job: { readonly queue: Queue; readonly payload: JobPayloads[Queue] },
): Promise<void> {
  await handlers[job.queue](job.payload, new AbortController().signal);
}

function coalesces({ queue }: Job): boolean {
  return queue === 'announce' || queue === 'lookUp' || queue === 'follow';
}

function isSame(one: Job, other: Job): boolean {
  return one.queue === other.queue && JSON.stringify(one.payload) === JSON.stringify(other.payload);
}

class MemoryRequests implements RequestStore {
  readonly #store: MemoryStore;
  /** In the order of their making. */
  readonly #requests = new Map<RequestId, Request>();
  readonly #sources = new Set<string>();
  readonly #names = new Map<AadObjectId, string>();

  constructor(store: MemoryStore) {
    this.#store = store;
  }

  async now(): Promise<Instant> {
    return this.#store.now;
  }

  async propose(
    source: Source,
    make: (now: Instant) => { request: Proposed; effects: readonly Effect[] },
  ): Promise<boolean> {
    const { request, effects } = make(this.#store.now);
    const key = JSON.stringify([source.conversation, source.activity]);
    if (this.#sources.has(key)) return false;
    this.#sources.add(key);
    this.#store.audited.push(...auditOfProposal(request));
    this.#write(request, effects);
    return true;
  }

  async find(id: RequestId): Promise<Request | undefined> {
    return structuredClone(this.#requests.get(id));
  }

  async findByCollection(id: CollectionId): Promise<Request | undefined> {
    return this.#placed().find(({ collection }) => collection.id === id)?.request;
  }

  async change(
    id: RequestId,
    decide: (request: Request, now: Instant) => Outcome<Request>,
  ): Promise<Changed | undefined> {
    const before = structuredClone(this.#requests.get(id));
    if (before === undefined) return undefined;
    const outcome = decide(before, this.#store.now);
    if (outcome.kind === 'unchanged') return { outcome, request: before };
    this.#store.audited.push(...auditOfChange(before, outcome.to));
    this.#write(outcome.to, outcome.effects);
    return { outcome, request: outcome.to };
  }

  async waitingForSignIn(person: AadObjectId): Promise<readonly RequestId[]> {
    return [...this.#requests.values()].filter((each) => waitingFor(each).includes(person)).map(({ id }) => id);
  }

  async openOnDevice(device: DeviceId, except: CollectionId): Promise<Placed<Collection> | undefined> {
    const others = this.#placed().filter(
      ({ collection }) => collection.device.id === device && collection.id !== except,
    );
    return (
      others.find(({ collection }) => collection.state === 'running') ??
      others.find(({ collection }) => collection.state === 'submitting')
    );
  }

  async watchedBy(watcher: AadObjectId): Promise<readonly Placed<Running>[]> {
    return this.#placed().flatMap(({ request, collection }) =>
      collection.state === 'running' && collection.watcher.oid === watcher ? [{ request, collection }] : [],
    );
  }

  async watchers(): Promise<number> {
    const running = this.#placed().flatMap(({ collection }) => (collection.state === 'running' ? [collection] : []));
    return new Set(running.map(({ watcher }) => watcher.oid)).size;
  }

  async followersOf(action: MachineActionId): Promise<readonly Placed<Running | Unwatched>[]> {
    return this.#placed().flatMap(({ request, collection }) =>
      isFollowing(collection) && collection.action.id === action ? [{ request, collection }] : [],
    );
  }

  async aboutActions(actions: readonly MachineActionId[]): Promise<readonly Placed<Collection>[]> {
    return this.#placed().filter(({ collection }) => 'action' in collection && actions.includes(collection.action.id));
  }

  async openIn(conversation: ConversationId): Promise<readonly RequestId[]> {
    const here = ({ place }: Request) =>
      place.conversation === conversation || place.conversation.startsWith(`${conversation};messageid=`);
    return [...this.#requests.values()].filter((each) => !isOver(each) && here(each)).map(({ id }) => id);
  }

  async newestOf(requester: AadObjectId, count: number): Promise<readonly Request[]> {
    const theirs = [...this.#requests.values()].filter((each) => each.requester.oid === requester).reverse();
    const sorted = theirs.toSorted((one, other) => Number(isOver(one)) - Number(isOver(other)));
    return structuredClone(sorted.slice(0, count));
  }

  async requestorName(person: AadObjectId): Promise<string | undefined> {
    return this.#names.get(person);
  }

  async rememberRequestorName(person: AadObjectId, name: string): Promise<void> {
    this.#names.set(person, name);
  }

  #write(request: Request, effects: readonly Effect[]): void {
    this.#requests.set(request.id, structuredClone(request));
    for (const job of planJobs(request.id, effects, this.#store.now)) this.#store.queue(job);
  }

  #placed(): readonly Placed<Collection>[] {
    const requests = structuredClone([...this.#requests.values()]);
    return requests.flatMap((request) => collectionsOf(request).map((collection) => ({ request, collection })));
  }
}

class MemoryPosts implements PostStore {
  /** The requests of which something was given up. */
  readonly givenUp = new Set<RequestId>();
  readonly #posts = new Map<string, Posted>();

  async posted(request: RequestId, what: PostKind): Promise<Posted | undefined> {
    return this.#posts.get(`${request} ${what}`);
  }

  async note(request: RequestId, what: PostKind, posted: Posted): Promise<void> {
    for (const [key, each] of this.#posts) {
      if (!key.startsWith(request) && isSamePost(each, posted)) this.#posts.delete(key);
    }
    this.#posts.set(`${request} ${what}`, posted);
  }

  async noteEdit(request: RequestId, what: PostKind, posted: Posted): Promise<void> {
    const key = `${request} ${what}`;
    if (this.#posts.get(key)?.activity === posted.activity) this.#posts.set(key, posted);
  }

  async adopt(request: RequestId, card: Omit<Posted, 'fingerprint'>): Promise<boolean> {
    if ([...this.#posts.values()].some((each) => isSamePost(each, card))) return false;
    const key = `${request} ${this.#posts.has(`${request} card`) ? 'orphan' : 'card'}`;
    if (this.#posts.has(key)) return false;
    this.#posts.set(key, { ...card, fingerprint: '' });
    return true;
  }

  async undelivered(requests: readonly RequestId[]): Promise<ReadonlySet<RequestId>> {
    return new Set(requests.filter((request) => this.givenUp.has(request)));
  }
}

function isSamePost(one: Omit<Posted, 'fingerprint'>, other: Omit<Posted, 'fingerprint'>): boolean {
  const root = ({ conversation }: typeof one) => conversation.replace(/;messageid=.*/, '');
  return one.activity === other.activity && root(one) === root(other);
}
