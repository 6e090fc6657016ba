/** Cards in the tab: the same ones, with the buttons that make sense outside a conversation. */
import { isSamePerson, type Person } from '../src/domain/person.ts';
import type { Request } from '../src/domain/request.ts';
import type { AdaptiveCard, Button, CardElement, ExecuteButton } from './adaptive-card.ts';

/** Who reads a card in the tab. */
export type TabReader = 'requester' | 'other';

/** Which of both somebody is. */
export function tabReader(person: Person, request: Request): TabReader {
  return isSamePerson(person, request.requester) ? 'requester' : 'other';
}

/**
 * Whether a button works in the tab. What is posted into the conversation, or decides for it, is for those who are there:
 * outside of it only the requester is known to be. Approving is for the conversation where it was asked.
 */
export function worksInTab(verb: ExecuteButton['verb'], reader: TabReader): boolean {
  switch (verb) {
    case 'showCard':
    case 'refresh':
    case 'askCancelCollection':
    case 'cancelCollection':
    case 'downloadLink':
    case 'askDownload':
    case 'downloadPicked':
      return true;
    case 'signIn':
    case 'collect':
    case 'cancel':
    case 'edit':
    case 'saveReason':
    case 'askDevice':
    case 'chooseDevice':
    case 'keepFollowing':
    case 'earlierLink':
    case 'tryAgain':
    case 'retryFailed':
      return reader === 'requester';
    case 'approve':
    case 'askDeny':
    case 'deny':
    case 'showStatus':
    case 'showHistory':
    case 'cancelAction':
    case 'cancelOthersAction':
    case 'openForm':
    case 'leaveForm':
    case 'askByForm':
      return false;
  }
}

/** The card as the tab shows it. */
export function inTab({ refresh: _clientsOwn, ...card }: AdaptiveCard, reader: TabReader): AdaptiveCard {
  return { ...card, body: elements(card.body, reader), actions: buttons(card.actions, reader) };
}

function buttons(all: readonly Button[], reader: TabReader): readonly Button[] {
  return all.filter((each) => each.type === 'Action.OpenUrl' || worksInTab(each.verb, reader));
}

function elements(all: readonly CardElement[], reader: TabReader): readonly CardElement[] {
  return all.flatMap((each): readonly CardElement[] => {
    if (each.type === 'Container') return [{ ...each, items: elements(each.items, reader) }];
    if (each.type !== 'ActionSet') return [each];
    const actions = buttons(each.actions, reader);
    return actions.length === 0 ? [] : [{ ...each, actions }];
  });
}
