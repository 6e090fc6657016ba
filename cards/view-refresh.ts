/** Whose clients ask for a view of their own, and when. */
import type { ChatUserId } from '../src/domain/ids.ts';
import { askedElsewhere, type Confirmed, type Request } from '../src/domain/request.ts';
import type { AdaptiveCard } from './adaptive-card.ts';
import { hasOwnView, showCardButton } from './buttons.ts';
import type { Catalogue } from './language/catalogue.ts';

/**
 * Asks people's clients for the view of this moment: the requester's as soon as a device is there, and while others may
 * approve (who else may shows only when they click); and of whoever is involved while something goes on.
 */
export function viewRefresh({ buttons }: Catalogue, request: Request): AdaptiveCard['refresh'] {
  const userIds = readersOf(request);
  return userIds.length === 0 ? undefined : { action: showCardButton(request, buttons.show), userIds };
}

/** Teams takes no more (page 'Universal Actions for Adaptive Cards'). */
const mostReaders = 60;

function readersOf(request: Request): readonly ChatUserId[] {
  if (request.state === 'confirmed') return involved(request);
  const awaits = request.state === 'awaitingApproval' && askedElsewhere(request) === undefined;
  return hasOwnView(request) || awaits ? [request.requester.chatUserId] : [];
}

/** Who asked, approved, lends their sign-in, or wanted it stopped. */
function involved({ requester, approval, collections }: Confirmed): readonly ChatUserId[] {
  const people = [
    requester,
    ...(approval === undefined ? [] : [approval.by]),
    ...collections.flatMap((each) => (each.state === 'running' ? [each.watcher] : [])),
    ...collections.flatMap((each) => ('cancelAsked' in each && each.cancelAsked ? [each.cancelAsked.by] : [])),
  ];
  return [...new Set(people.map(({ chatUserId }) => chatUserId))].slice(0, mostReaders);
}
