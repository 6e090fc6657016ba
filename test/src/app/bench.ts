/** What a use case needs, all of it fake, everybody signed in. */

import type { DefenderFailure, DefenderResult } from '../../../src/domain/defender-failure.ts';
import type { CollectionId, RequestId } from '../../../src/domain/ids.ts';
import { minute, second } from '../../../src/domain/instant.ts';
import type { Collection, Proposed, Request } from '../../../src/domain/request.ts';
import { known, tenantId } from '../../build/ids.ts';
import { after } from '../../build/moment.ts';
import { dana, omar } from '../../build/person.ts';
import { aProposal } from '../../build/request.ts';
import { Conversation } from '../../fakes/announcer.ts';
import { fakeDefender } from '../../fakes/defender.ts';
import { MemoryStore } from '../../fakes/memory-store.ts';
import { appId, Exchange, PeopleSignedIn } from '../../fakes/people-signed-in.ts';
import { RecordingLog } from '../../fakes/recording-log.ts';

/** A fresh bench. The clock stands 5 min after `start`. */
export function bench() {
  const memory = new MemoryStore(new Date(after(5 * minute)).toISOString());
  const assertions = new PeopleSignedIn(() => memory.now);
  assertions.signIn(dana);
  assertions.signIn(omar);
  const conversation = new Conversation();
  const ports = {
    store: memory.requests,
    posts: memory.posts,
    audit: memory.audit,
    assertions,
    onBehalfOf: new Exchange(),
    defender: fakeDefender(),
    announcer: conversation,
    offers: conversation,
    log: new RecordingLog(),
    app: { appId, tenant: tenantId() },
    clock: () => memory.now,
    monotonic: () => memory.now,
    youngMs: 20 * second,
    proposalTtlMs: 30 * minute,
    scheduleSweep: memory.scheduleSweep.bind(memory),
    announceLater: memory.announceLater.bind(memory),
  };
  return { memory, assertions, conversation, ports };
}

/** Puts a request into the store as it is, without jobs. */
export async function put(memory: MemoryStore, request: Request): Promise<void> {
  const proposal: Proposed = aProposal({ id: request.id });
  const source = { conversation: request.place.conversation, activity: `put ${request.id}` };
  await memory.requests.propose(source, () => ({ request: proposal, effects: [] }));
  await memory.requests.change(request.id, () => ({ kind: 'changed', to: request, effects: [] }));
}

/** The stored request; throws where there is none. */
export async function stored(memory: MemoryStore, id: RequestId): Promise<Request> {
  return known(await memory.requests.find(id));
}

/** A stored collection; throws where there is none. */
export async function storedCollection(memory: MemoryStore, id: CollectionId): Promise<Collection> {
  const request = known(await memory.requests.findByCollection(id));
  return known('collections' in request ? request.collections.find((each) => each.id === id) : undefined);
}

/** The jobs that wait, in words: `submit in 10 s`. */
export function waiting(memory: MemoryStore): readonly string[] {
  return memory.queued.map(({ queue, dueAt }) => `${queue} in ${(dueAt - memory.now) / second} s`);
}

/** An answer of Defender with a value. */
export function ok<Value>(value: Value): DefenderResult<Value> {
  return { ok: true, value };
}

/** An answer of Defender with an error status. */
export function status(code: number, more: Partial<Extract<DefenderFailure, { kind: 'answered' }>> = {}) {
  return failed({ kind: 'answered', status: code, code: '', message: '', ...more });
}

/** A call to Defender that failed. */
export function failed(failure: DefenderFailure) {
  return { ok: false, failure } as const;
}
