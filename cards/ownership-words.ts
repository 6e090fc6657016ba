import type { Collection } from '../src/domain/request.ts';
import { moment, strong, type Words, words } from './words.ts';

/** Whose machine action is followed, where that is not simply our own; undefined where there is nothing to say. */
export function ownershipWords(collection: Collection): Words | undefined {
  if (!('ownership' in collection)) return undefined;
  const { ownership, action } = collection;
  switch (ownership.kind) {
    case 'ours':
      return undefined;
    case 'probablyOurs':
      return words`This is probably the collection that this request started: person and time fit, but Defender does not show its comment.`;
    case 'joined':
      return words`A collection was already running on this device: ${starter(collection)} started it at ${moment(action.createdAt)}. This request follows that one; no second one was started.`;
  }
}

/** Whether the action was already running when the request came. */
export function isJoined(collection: Collection): boolean {
  return 'ownership' in collection && collection.ownership.kind === 'joined';
}

/** Who started the action, as Defender writes it. */
export function starter(collection: Extract<Collection, { readonly action: unknown }>): Words {
  const { requestor } = collection.action;
  return requestor === undefined ? words`somebody whom Defender does not name` : words`${strong(requestor)}`;
}
