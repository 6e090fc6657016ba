/** What an attacker, or a careless keyboard, may put into a reason, a device name or a display name. */
import type { AdaptiveCard } from '../../cards/adaptive-card.ts';
import { cancelCollectionForm, editReasonForm } from '../../cards/forms.ts';
import { sharedCard } from '../../cards/guarded-card.ts';
import { cardFor } from '../../cards/own-card.ts';
import { requestCard } from '../../cards/request-card.ts';
import type { Request } from '../../src/domain/request.ts';
import { anAction, anEarlier } from '../build/action.ts';
import { aCollection } from '../build/collection.ts';
import { aDevice, anOffer } from '../build/device.ts';
import { deviceId } from '../build/ids.ts';
import { dana } from '../build/person.ts';
import { aConfirmed, aProposal, aProposedDevice, aReason } from '../build/request.ts';
import { cardContext } from './card-context.ts';
import { privateCards } from './private-cards.ts';

/** Requests that carry this text wherever strangers' text can stand. */
export function requestsWith(text: string): readonly Request[] {
  const requester = { ...dana, name: text };
  const details = { risk: text, exposure: text, value: text, group: text, tags: [text, text] };
  const device = aDevice({ name: text, os: text, details });
  const earlier = [anEarlier({ requestor: text }), anEarlier({ requestor: text, status: 'InProgress' })];
  const offer = anOffer({ devices: [device, aDevice({ ...device, id: deviceId(2) })], hasMore: true });
  const query = { by: 'name', name: text } as const;
  const reason = aReason(`x ${text}`);
  const action = anAction({ requestor: text, comment: text });
  const running = aCollection.running({ device, action, watcher: requester, ownership: { kind: 'joined' } });
  return [
    aProposal({ requester, reason, devices: [aProposedDevice({ step: 'found', device, earlier })] }),
    aProposal({ requester, reason, devices: [{ query, sighting: { step: 'choosing', ...offer } }] }),
    aProposal({
      ...{ requester, reason },
      devices: [
        aProposedDevice({ step: 'found', device, earlier }),
        { query, sighting: { step: 'choosing', ...offer } },
      ],
    }),
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
      cardFor(request.requester, request, cardContext),
      sharedCard(request, cardContext, 'mixed'),
      editReasonForm(cardContext.say, request),
      cancelCollectionForm(cardContext.say, request),
    ]),
    ...privateCards(text).values(),
  ];
}

/** Cards with texts that are hard to lay out. */
export const hostileCards: ReadonlyMap<string, AdaptiveCard> = new Map(
  ['W'.repeat(255), '_'.repeat(120), `${'a1-'.repeat(80)}b`, '\u202eelpmaxe', '😀'.repeat(100)].flatMap((text, i) =>
    cardsWith(text).map((card, k): [string, AdaptiveCard] => [`hostile-${i}-${k}`, card]),
  ),
);
