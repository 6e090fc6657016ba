/** What somebody's token showed of an action, noted for the collections that follow it. */
import { refOf } from '../domain/comment.ts';
import type { RequestId } from '../domain/ids.ts';
import type { MachineAction } from '../domain/machine-action.ts';
import type { Running, Unresolved, Unwatched } from '../domain/request.ts';
import type { RequestStore } from '../ports.ts';
import { decide } from './decide.ts';

/** It counts only if it bears our ref; id and device are checked by the transition. */
export async function noteAction(
  store: RequestStore,
  request: RequestId,
  collection: Running | Unwatched | Unresolved,
  action: MachineAction,
): Promise<void> {
  const ref = action.comment === undefined ? undefined : refOf(action.comment);
  if (collection.ownership.kind === 'ours' && action.comment !== undefined && ref !== collection.ref) return;
  await decide(store, request, {
    type: 'collection',
    collection: collection.id,
    event: { type: 'actionSeen', action },
  });
}

/** Every request that follows the action learns how it stands now, whoever asked for it. */
export async function noteForFollowers(store: RequestStore, action: MachineAction): Promise<void> {
  for (const { request, collection } of await store.followersOf(action.id)) {
    await noteAction(store, request.id, collection, action);
  }
}
