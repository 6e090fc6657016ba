/** Clicks on a request that has been confirmed, or is over. */
import type { CardAction } from '../../cards/action.ts';
import { reasonFaultAnswer } from '../../cards/answers.ts';
import { downloadLinkCard } from '../../cards/download-link-card.ts';
import { linkTooLateAnswer } from '../../cards/edge-answers.ts';
import { cancelCollectionForm, downloadForm } from '../../cards/forms.ts';
import { catalogueOf } from '../../cards/language/catalogue.ts';
import { cancelCollections } from '../../src/app/cancel.ts';
import { earlierLink } from '../../src/app/earlier-link.ts';
import { downloadLink, type OnActionResult, refresh } from '../../src/app/on-action.ts';
import { retryFailed, tryAgain } from '../../src/app/try-again.ts';
import type { Device } from '../../src/domain/device.ts';
import type { RequestId } from '../../src/domain/ids.ts';
import { isSamePerson } from '../../src/domain/person.ts';
import { parseReason } from '../../src/domain/reason.ts';
import { collectionsOf, isOver, type Request } from '../../src/domain/request.ts';
import { offersRetry } from '../../src/domain/retry.ts';
import type { PackageLink } from '../../src/domain/secret.ts';
import type { Budget } from '../deadline.ts';
import type { ClickAnswer, ClickPorts, IncomingClick } from './click.ts';
import { apply, card, currentCard, needsSignIn, shown, text, unchanged, waited } from './click-answers.ts';
import { inTime, tooLate } from './in-time.ts';

/** What may be clicked where Defender has something, or the request is over. */
export type CollectionAction = Extract<
  CardAction,
  {
    readonly verb:
      | 'refresh'
      | 'keepFollowing'
      | 'askCancelCollection'
      | 'cancelCollection'
      | 'downloadLink'
      | 'askDownload'
      | 'downloadPicked'
      | 'earlierLink'
      | 'tryAgain'
      | 'retryFailed';
  }
>;

/** Handles such a click. */
export async function onCollectionClick(
  ports: ClickPorts,
  click: IncomingClick,
  action: CollectionAction,
  request: Request,
  budget: Budget,
): Promise<ClickAnswer> {
  const say = catalogueOf(click.language);
  switch (action.verb) {
    case 'refresh':
      return await waited(ports, click, request, budget, refresh(ports, request, click.person));
    case 'keepFollowing':
      return (
        (await needsSignIn(ports, click, request, budget)) ??
        (await apply(ports, click, request, { type: 'keptFollowing', by: click.person }))
      );
    case 'askCancelCollection':
      return request.state === 'confirmed'
        ? card(cancelCollectionForm(say, request))
        : unchanged(ports, click, 'notNow', request);
    case 'cancelCollection': {
      const check = parseReason(action.reason);
      if (!check.ok) return text(reasonFaultAnswer(say, check));
      const work = cancelCollections(ports, request, click.person, check.reason);
      return await waited(ports, click, request, budget, work);
    }
    case 'downloadLink':
      return await linked(ports, click, request, budget, downloadLink(ports, request, action.collection, click.person));
    case 'askDownload':
      return collectionsOf(request).some(({ state }) => state === 'succeeded')
        ? card(downloadForm(say, request))
        : unchanged(ports, click, 'notNow', request);
    case 'downloadPicked':
      return await linked(ports, click, request, budget, downloadLink(ports, request, action.picked, click.person));
    case 'earlierLink':
      if (!isSamePerson(click.person, request.requester)) return unchanged(ports, click, 'notForYou', request);
      return await linked(ports, click, request, budget, earlierLink(ports, request, action.action, click.person));
    case 'tryAgain':
      if (!offersTryAgain(request)) return unchanged(ports, click, 'notNow', request);
      return proposed(ports, click, request, await tryAgain(ports, request, click.person, click.language));
    case 'retryFailed':
      if (request.state !== 'done' || !offersRetry(request)) return unchanged(ports, click, 'notNow', request);
      return proposed(ports, click, request, await retryFailed(ports, request, click.person, click.language));
  }
}

/** @param made the new request; undefined when this person has had it */
function proposed(ports: ClickPorts, click: IncomingClick, request: Request, made: RequestId | undefined): ClickAnswer {
  return made === undefined ? unchanged(ports, click, 'nothingNew', request) : currentCard(ports, click, request);
}

/** A link is shown to the clicker alone, or not at all: one that comes too late is thrown away. */
async function linked(
  ports: ClickPorts,
  click: IncomingClick,
  request: Request,
  budget: Budget,
  work: Promise<OnActionResult<{ readonly link: PackageLink; readonly device: Device }>>,
): Promise<ClickAnswer> {
  const say = catalogueOf(click.language);
  const result = await inTime(ports.log, budget, 'Defender', work);
  if (result === tooLate) return text(linkTooLateAnswer(say));
  if (result.kind !== 'ok') return await shown(ports, click, request, result);
  return card(downloadLinkCard(say, request, result.value.device, result.value.link));
}

/** Whether the card offers **Try again**: the request is over, or cannot be confirmed as it stands. */
function offersTryAgain(request: Request): boolean {
  if (request.state === 'proposed') return request.devices.some(({ sighting }) => sighting.step === 'problem');
  return isOver(request);
}
