/** Puts running collections into the store and into Defender, as they are after hours of work. */
import { rootOf } from '../../bot/teams/incoming.ts';
import { parseMachineActionId } from '../../src/domain/ids.ts';
import type { Instant } from '../../src/domain/instant.ts';
import { hour, later, second } from '../../src/domain/instant.ts';
import { followPace } from '../../src/domain/pace.ts';
import type { Confirmed, Running } from '../../src/domain/request.ts';
import { aCollection } from '../build/collection.ts';
import { aDevice } from '../build/device.ts';
import { collectionId, collectionRef, conversationId, deviceId, known, requestId, tenantId } from '../build/ids.ts';
import { aPerson } from '../build/person.ts';
import { aConfirmed, aPlace } from '../build/request.ts';
import { Random } from '../fleet/random.ts';
import { simulatedPaceMs } from './replica.ts';
import { requestorOf } from './simulated-defender.ts';
import type { Simulation } from './simulation.ts';

/** How much runs, and what of it ends. */
export interface RunningPlan {
  readonly people: number;
  readonly actions: number;
  /** So many of them end, evenly in this time after the start; the others wait for devices that are away. */
  readonly ends: number;
  readonly endsFromMs: number;
  readonly endsUntilMs: number;
  /** So many of the people follow one action only, whatever the others follow. */
  readonly lonely?: number;
}

/** An action whose end has a card of its own to be seen on. */
export interface AwaitedEnd {
  readonly at: Instant;
  /** The card's activity. */
  readonly card: string;
}

/** Numbers of as many digits make ids that are all different. */
const firstNumber = 0x10_00_00;
/** Of each person's actions the later part belongs to requests of so many devices. */
const devicesPerRequest = 50;
const sharedChannels = 2;

/** @returns the ends that are to be told, of the requests of one device */
export async function putRunning(simulation: Simulation, plan: RunningPlan): Promise<readonly AwaitedEnd[]> {
  const random = new Random(7);
  const start = simulation.time.now;
  const awaited: AwaitedEnd[] = [];
  const requests: Confirmed[] = [];
  for (let person = 1; person <= plan.people; person += 1) {
    const own: Running[] = [];
    const endsAt: (Instant | undefined)[] = [];
    const last = person <= (plan.lonely ?? 0) ? person : plan.actions;
    for (let n = person; n <= last; n += plan.people) {
      // The first one of each is young and does not end: so everybody has something to follow, at the pace of young ones.
      const isFirst = own.length === 0;
      const ends = !isFirst && random.between(1, plan.actions - plan.people) <= plan.ends;
      const endsInMs = random.between(plan.endsFromMs, plan.endsUntilMs);
      const sentAt = later(start, isFirst ? -second : -random.between(0, 6 * hour));
      const endAt = ends ? later(start, endsInMs) : undefined;
      endsAt.push(endAt);
      own.push(begun(simulation, n, person, sentAt, endAt));
    }
    const singles = own.slice(0, Math.ceil(own.length * 0.6));
    const rest = own.slice(singles.length);
    for (const [i, collection] of singles.entries()) {
      const request = requestOf([collection], person, i, requests.length);
      requests.push(request);
      const at = endsAt[i];
      if (at !== undefined) awaited.push({ at, card: cardOf(request) });
    }
    for (let i = 0; i < rest.length; i += devicesPerRequest)
      requests.push(requestOf(rest.slice(i, i + devicesPerRequest), person, i, requests.length));
  }
  await store(simulation, requests);
  // Each person's sweeps have a beat of their own.
  const paceMs = followPace(0, simulatedPaceMs, plan.people);
  for (let person = 1; person <= plan.people; person += 1)
    await simulation.first.store.jobs.scheduleSweep(aPerson(person).oid, random.between(0, paceMs));
  return awaited;
}

function begun(
  simulation: Simulation,
  n: number,
  person: number,
  sentAt: Instant,
  endAt: Instant | undefined,
): Running {
  const [id, device, ref] = [collectionId(n), aDevice({ id: deviceId(firstNumber + n) }), collectionRef(n)];
  const watcher = aPerson(person);
  const comment = `[ref ${ref}] suspicious logon, alert 1234`;
  const pendingMs = endAt === undefined ? Number.POSITIVE_INFINITY : endAt - sentAt;
  const progress = { pendingMs, inProgressMs: 0, end: 'Succeeded' } as const;
  const made = simulation.defender.begin(device.id, watcher.oid, comment, sentAt, progress);
  const action = {
    id: known(parseMachineActionId(made.id)),
    status: 'Pending',
    requestor: requestorOf(watcher.oid),
    comment,
    machineId: device.id,
    createdAt: sentAt,
  } as const;
  return aCollection.running({ id, device, ref, action, sentAt, watcher });
}

function requestOf(collections: readonly Running[], person: number, i: number, number: number): Confirmed {
  const isShared = i % 2 === 1;
  const channel = conversationId(`19:soc-${i % (2 * sharedChannels)}@thread.tacv2;messageid=${firstNumber + number}`);
  const place = isShared
    ? aPlace({ conversation: channel })
    : aPlace({ conversation: conversationId(`a:person-${person}`), kind: 'personal' });
  return aConfirmed({ id: requestId(firstNumber + number), requester: aPerson(person), place, collections });
}

function cardOf({ id }: Confirmed): string {
  return `card-of-${id}`;
}

/** All at once: what the store would write one by one, as `SqlRequestStore` does. */
async function store(simulation: Simulation, requests: readonly Confirmed[]): Promise<void> {
  const { db, store: opened } = simulation.first;
  const batch = 500;
  for (let i = 0; i < requests.length; i += batch) {
    const some = requests.slice(i, i + batch);
    await db
      .insertInto('request')
      .values(
        some.map((request) => ({
          id: request.id,
          state: request.state,
          revision: request.revision,
          requester_oid: request.requester.oid,
          conversation_id: request.place.conversation,
          source_activity: request.id,
          waiting_for: [],
          document: JSON.stringify(request),
        })),
      )
      .execute();
    await db.insertInto('collection').values(some.flatMap(collectionRows)).execute();
    await db
      .insertInto('post')
      .values(
        some.map((request) => ({
          request_id: request.id,
          what: 'card',
          conversation_id: request.place.conversation,
          activity_id: cardOf(request),
          fingerprint: '',
        })),
      )
      .execute();
  }
  for (const conversation of new Set(requests.map(({ place }) => rootOf(place.conversation)))) {
    const serviceUrl = 'https://smba.example/';
    await opened.conversations.remember({ conversation, kind: 'channel', serviceUrl, tenant: tenantId() });
  }
}

function collectionRows({ id, collections }: Confirmed) {
  return collections.map((collection) => ({
    id: collection.id,
    request_id: id,
    device_id: collection.device.id,
    state: collection.state,
    watcher_oid: collection.state === 'running' ? collection.watcher.oid : null,
    action_id: collection.state === 'running' ? collection.action.id : null,
  }));
}
