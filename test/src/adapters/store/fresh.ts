/** Values that no other test has used: the suites share one database. */
import { randomBytes, randomUUID } from 'node:crypto';
import {
  type DeviceId,
  newCollectionId,
  newCollectionRef,
  newRequestId,
  parseAadObjectId,
  parseDeviceId,
} from '../../../../src/domain/ids.ts';
import type { Person } from '../../../../src/domain/person.ts';
import type { Collection, Confirmed, Proposed } from '../../../../src/domain/request.ts';
import type { Placed, Source } from '../../../../src/ports.ts';
import { aCollection } from '../../../build/collection.ts';
import { known } from '../../../build/ids.ts';
import { aPerson } from '../../../build/person.ts';
import { aConfirmed, aPlace, aProposal } from '../../../build/request.ts';

/** A message that nobody has sent yet. */
export function aSource(): Source {
  return { conversation: aPlace().conversation, activity: randomUUID() };
}

/** A person who has asked for nothing yet. */
export function aStranger(): Person {
  return aPerson(1, { oid: known(parseAadObjectId(randomUUID())) });
}

/** A device on which nothing has happened yet. */
export function freshDeviceId(): DeviceId {
  return known(parseDeviceId(randomBytes(20).toString('hex')));
}

/** A proposal of somebody new. */
export function aFresh(over: Partial<Omit<Proposed, 'state'>> = {}): Proposed {
  return aProposal({ id: newRequestId(), requester: aStranger(), ...over });
}

/** A confirmed request with one collection. */
export interface Single extends Confirmed {
  readonly collections: readonly [Collection];
}

/**
 * A confirmed request with this one collection, which gets names of its own.
 * @param like the request and collection whose names it keeps instead
 */
export function aRunning(of: Collection = aCollection.queued(), requester = aStranger(), like?: Single): Single {
  const { id, ref } = like?.collections[0] ?? { id: newCollectionId(), ref: newCollectionRef() };
  const collections = [{ ...of, id, ref }] as const;
  return { ...aConfirmed({ id: like?.id ?? newRequestId(), requester }), collections };
}

/** The one collection of a request, in its place. */
export function placed(request: Single): Placed<Collection> {
  return { request, collection: request.collections[0] };
}
