/** What people do in a simulation: ask, and confirm. */
import assert from 'node:assert/strict';
import { rootOf } from '../../bot/teams/incoming.ts';
import type { Store } from '../../src/adapters/store/open-store.ts';
import { decide } from '../../src/app/decide.ts';
import { propose } from '../../src/app/propose.ts';
import {
  type ConversationId,
  type DeviceId,
  newCollectionId,
  newCollectionRef,
  newRequestId,
  parseActivityId,
  type RequestId,
} from '../../src/domain/ids.ts';
import { later, minute } from '../../src/domain/instant.ts';
import type { Person } from '../../src/domain/person.ts';
import type { Place } from '../../src/domain/place.ts';
import { aDevice } from '../build/device.ts';
import { deviceId, known, tenantId } from '../build/ids.ts';
import { aProposal, aProposedDevice, aReason, aRule } from '../build/request.ts';
import type { Simulation } from './simulation.ts';

/** Numbers of as many digits make ids that are all different. */
const firstNumber = 0x10_00_00;

/** The n-th device that Defender knows. */
export function scaleDevice(n: number): DeviceId {
  return deviceId(firstNumber + n);
}

/** Asks for devices by their ids: the card and the look-ups follow as jobs. */
export async function ask(
  { first: { store } }: Simulation,
  requester: Person,
  place: Place,
  devices: readonly DeviceId[],
): Promise<RequestId> {
  const conversation = await reachable(store, place);
  const source = { conversation, activity: devices.join() };
  const queries = devices.map((id) => ({ by: 'id', id }) as const);
  const asked = { requester, place, devices: queries, reason: aReason(), language: 'en' } as const;
  return known(await propose({ store: store.requests, proposalTtlMs: 120 * minute }, source, asked));
}

/** A card that stands already, of a device that was found: it can be confirmed at once. */
export async function putFound(
  { first: { store }, time }: Simulation,
  requester: Person,
  place: Place,
  device: DeviceId,
): Promise<RequestId> {
  const conversation = await reachable(store, place);
  const devices = [aProposedDevice({ step: 'found', device: aDevice({ id: device }) })];
  const expiresAt = later(time.now, 120 * minute);
  const request = aProposal({ id: newRequestId(), requester, place, devices, expiresAt });
  const source = { conversation, activity: device };
  assert.ok(await store.requests.propose(source, () => ({ request, effects: [] })));
  await store.posts.note(request.id, 'card', {
    conversation,
    activity: known(parseActivityId(device)),
    fingerprint: '',
  });
  return request.id;
}

/** Presses **Collect** on the card as it stands. */
export async function pressCollect({ first: { store } }: Simulation, id: RequestId): Promise<void> {
  const request = known(await store.requests.find(id));
  assert.ok(request.state === 'proposed', `a request cannot be confirmed that is ${request.state}`);
  const click = { by: request.requester, revision: request.revision };
  const names = request.devices.map(() => ({ id: newCollectionId(), ref: newCollectionRef() }));
  const changed = await decide(store.requests, id, { type: 'confirmed', click, names, rule: aRule() });
  assert.equal(changed?.request.state, 'confirmed');
}

async function reachable({ conversations }: Store, { conversation: id, kind }: Place): Promise<ConversationId> {
  const conversation = rootOf(id);
  const reference = { conversation, kind, serviceUrl: 'https://smba.example/', tenant: tenantId() };
  await conversations.remember(reference);
  return conversation;
}
