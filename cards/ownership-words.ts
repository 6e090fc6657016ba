import type { MachineAction } from '../src/domain/machine-action.ts';
import type { Collection } from '../src/domain/request.ts';
import type { Catalogue } from './language/catalogue.ts';
import { moment, strong, type Words, words } from './words.ts';

/** Whose machine action is followed, where that is not simply our own; undefined where there is nothing to say. */
export function ownershipWords(say: Catalogue, collection: Collection): Words | undefined {
  if (!('ownership' in collection)) return undefined;
  const { ownership, action } = collection;
  switch (ownership.kind) {
    case 'ours':
      return undefined;
    case 'probablyOurs':
      return say.ownership.probablyOurs;
    case 'joined':
      return say.ownership.joined(starter(say, action), moment(action.createdAt));
  }
}

/** Whether the action was already running when the request came. */
export function isJoined(collection: Collection): boolean {
  return 'ownership' in collection && collection.ownership.kind === 'joined';
}

/** Who started the action, as Defender writes it. */
export function starter({ ownership }: Catalogue, { requestor }: Pick<MachineAction, 'requestor'>): Words {
  return requestor === undefined ? ownership.nobodyNamed : words`${strong(requestor)}`;
}
