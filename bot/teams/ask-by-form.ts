/** **Continue** on the form that stands for a typed `/collect`: the same proposal that the line would have made. */
import type { AskAction } from '../../cards/form-action.ts';
import { type CollectDraft, type CollectFault, parseCollectForm } from '../../src/domain/command.ts';
import type { ConversationId } from '../../src/domain/ids.ts';
import type { Place } from '../../src/domain/place.ts';
import { type AskPorts, ask } from './ask.ts';
import { type Incoming, rootOf } from './incoming.ts';

/** What came of it. */
export type FormOutcome =
  /** Also where this form has already made its request. */
  | { readonly kind: 'asked'; readonly devices: number }
  | { readonly kind: 'fault'; readonly fault: CollectFault; readonly draft: CollectDraft }
  | { readonly kind: 'nobodyToApprove' };

/** Asks as the person who pressed, whoever opened the form. */
export async function askByForm(
  ports: AskPorts,
  { person, place, language }: Pick<Incoming, 'person' | 'place' | 'language'>,
  { conversation, opening, devices: typed, why }: Omit<AskAction, 'verb'>,
): Promise<FormOutcome> {
  const command = parseCollectForm({ devices: typed, reason: why });
  if (command.name === 'collectFault') return { kind: 'fault', fault: command.fault, draft: command.draft };
  const { devices, reason } = command;
  const wish = { requester: person, place: placeIn(place, conversation), devices, reason, language };
  const outcome = await ask(ports, `form:${person.oid}:${opening}`, wish);
  return outcome === 'asked' ? { kind: 'asked', devices: devices.length } : { kind: outcome };
}

/**
 * Where the card is to stand is what a client says: it may name a thread of the conversation where its person is, and
 * nothing else.
 */
function placeIn(here: Place, wanted: ConversationId): Place {
  return rootOf(wanted) === rootOf(here.conversation) ? { ...here, conversation: wanted } : here;
}
