/** What an attacker, or a careless keyboard, may put into a reason, a device name or a display name. */
import type { AdaptiveCard } from '../../cards/adaptive-card.ts';
import { cancelCollectionForm, editReasonForm } from '../../cards/forms.ts';
import { requestCard } from '../../cards/request-card.ts';
import { statusAnswer } from '../../cards/status-card.ts';
import type { Request } from '../../src/domain/request.ts';
import { anAction } from '../build/action.ts';
import { aCollection } from '../build/collection.ts';
import { aDevice } from '../build/device.ts';
import { dana } from '../build/person.ts';
import { aConfirmed, aProposal, aProposedDevice, aReason } from '../build/request.ts';
import { cardContext } from './card-context.ts';

/** Two requests that carry this text wherever strangers' text can stand. */
export function requestsWith(text: string): readonly Request[] {
  const requester = { ...dana, name: text };
  const device = aDevice({ name: text, os: text });
  const reason = aReason(`x ${text}`);
  const action = anAction({ requestor: text, comment: text });
  const running = aCollection.running({ device, action, watcher: requester, ownership: { kind: 'joined' } });
  return [
    aProposal({ requester, reason, devices: [aProposedDevice({ step: 'found', device })] }),
    aConfirmed({ requester, reason, collections: [running] }),
    aConfirmed({ requester, reason, collections: [aCollection.unwatched({ device, action, lastWatcher: requester })] }),
  ];
}

/** Every card that carries this text. */
export function cardsWith(text: string): readonly AdaptiveCard[] {
  const requests = requestsWith(text);
  return [
    ...requests.flatMap((request) => [
      requestCard(request, cardContext),
      editReasonForm(request),
      cancelCollectionForm(request),
    ]),
    statusAnswer(requests),
  ];
}

/** Cards with texts that are hard to lay out. */
export const hostileCards: ReadonlyMap<string, AdaptiveCard> = new Map(
  ['W'.repeat(255), '_'.repeat(120), `${'a1-'.repeat(80)}b`, '\u202eelpmaxe', '😀'.repeat(100)].flatMap((text, i) =>
    cardsWith(text).map((card, k): [string, AdaptiveCard] => [`hostile-${i}-${k}`, card]),
  ),
);
