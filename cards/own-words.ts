/** What only the requester reads of a proposed device: what Defender shows them, as whom it was asked. */
import { type Device, isRestricted } from '../src/domain/device.ts';
import { type EarlierCollection, recentPackage, runningOf } from '../src/domain/earlier.ts';
import { whyApproval } from '../src/domain/policy.ts';
import type { Proposed, ProposedDevice, Sighting } from '../src/domain/request.ts';
import { button, type CardElement } from './adaptive-card.ts';
import { confirmTitle, on } from './buttons.ts';
import { clipped } from './clipped.ts';
import type { CardContext } from './context.ts';
import type { Said } from './device-rows.ts';
import { deviceLine, deviceMarks, devicePage, deviceWarnings, nameOf } from './device-words.ts';
import { brieflySighted, matchWords, sightingWords } from './sighting-words.ts';
import { wordOfAction } from './status.ts';
import { link, moment, strong, type Words, words } from './words.ts';

type Found = Extract<Sighting, { readonly step: 'found' }>;

/** How much of what Defender shows the requester there is room for. */
export type Extent = 'everything' | 'warnings';

const mostTags = 10;

/** What the requester's own view says of a device. */
export function ownWords(each: ProposedDevice, request: Proposed, context: CardContext, extent: Extent): Said {
  const { sighting } = each;
  switch (sighting.step) {
    case 'found':
      return ofFound(sighting, request, context, extent);
    case 'choosing': {
      const lines = [words`${matchWords(sighting.match, nameOf(each))}. Which one do you mean?`];
      return { lines, briefly: lines };
    }
    case 'signInNeeded':
    case 'looking':
    case 'problem':
      return { lines: sightingWords(each, request), briefly: brieflySighted(each) };
  }
}

function ofFound(found: Found, request: Proposed, context: CardContext, extent: Extent): Said {
  const { device, earlier } = found;
  const warnings = [...deviceWarnings(device), ...ownWarnings(found, request, context)];
  const recent = recentPackage(earlier, request.askedAt);
  return {
    facts: extent === 'warnings' ? [] : [...deviceFacts(device, context), ...earlierWords(earlier)],
    lines: [...warnings, question(found, request)],
    briefly: [words`${deviceLine(device)}.`, ...warnings],
    marks: [...deviceMarks(device), ...ownMarks(found, request, context)],
    more: recent === undefined ? [] : [linkRow(request, recent)],
  };
}

function question({ earlier }: Found, { expiresAt }: Proposed): Words {
  const go = strong(runningOf(earlier) === undefined ? 'Collect' : 'Follow it');
  return words`Is this the right device? Nothing has been sent yet. You can press ${go} until ${moment(expiresAt)}.`;
}

/** Warnings that only the requester may read, because they come from what Defender shows them. */
function ownWarnings({ device, earlier }: Found, request: Proposed, context: CardContext): readonly Words[] {
  const { askedAt } = request;
  const needsApproval = whyApproval(context.approval.policy, [device]) !== undefined;
  const running = runningOf(earlier);
  const recent = recentPackage(earlier, askedAt);
  return [
    ...(needsApproval && confirmTitle(request) === 'Collect' ? [approvalWarning(request, context)] : []),
    ...(isRestricted(device)
      ? [words`It bears the tag ${strong('Restricted security operations')}: Defender may refuse the collection.`]
      : []),
    ...(running === undefined
      ? []
      : [
          words`A collection is already running on it: ${asker(running)} started it at ${moment(running.createdAt)}. The request follows that one and starts no second${needsApproval ? '' : ', unless it has ended by then'}.`,
        ]),
    ...(recent === undefined
      ? []
      : [
          words`A package of it was collected at ${moment(recent.updatedAt ?? recent.createdAt)}, for ${asker(recent)}. Perhaps that one will do.`,
        ]),
  ];
}

/** The same in a few words each. */
function ownMarks({ device, earlier }: Found, request: Proposed, context: CardContext): readonly Words[] {
  const needsApproval = whyApproval(context.approval.policy, [device]) !== undefined;
  return [
    ...(needsApproval && confirmTitle(request) === 'Collect' ? [words`needs approval`] : []),
    ...(isRestricted(device) ? [words`restricted`] : []),
    ...(runningOf(earlier) === undefined ? [] : [words`runs already`]),
    ...(recentPackage(earlier, request.askedAt) === undefined ? [] : [words`collected lately`]),
  ];
}

function approvalWarning({ place }: Proposed, { approval: { conversation } }: CardContext): Words {
  return place.kind === 'personal' && conversation === undefined
    ? words`A second person has to approve it, and in this chat there is nobody else: send the command in a channel or group chat where I am.`
    : words`A second person has to approve it before it is sent. I ask for that when you press ${strong('Collect')}.`;
}

function linkRow(request: Proposed, { id }: EarlierCollection): CardElement {
  const get = button('Get download link', { verb: 'earlierLink', ...on(request), action: id });
  return { type: 'ActionSet', actions: [get] };
}

function deviceFacts(device: Device, { portal }: CardContext): readonly Words[] {
  const { lastSeen, details = {} } = device;
  const { build, risk, exposure, value, tags = [], group, firstSeen } = details;
  const ratings = [
    ...(build === undefined ? [] : [words`Build ${String(build)}`]),
    ...(risk === undefined ? [] : [words`risk ${clipped(risk, 40)}`]),
    ...(exposure === undefined ? [] : [words`exposure ${clipped(exposure, 40)}`]),
    ...(value === undefined ? [] : [words`value ${clipped(value, 40)}`]),
  ];
  const more = tags.length - mostTags;
  return [
    lastSeen === undefined
      ? words`Defender has no full report of it.`
      : words`Last full report ${moment(lastSeen)}. A device sends one about once a day, so one that is on can look a day old.`,
    ...(ratings.length === 0 ? [] : [listed(ratings)]),
    ...(group === undefined ? [] : [words`Device group ${clipped(group, 80)}`]),
    ...(tags.length === 0
      ? []
      : [
          words`Tags: ${listed(tags.slice(0, mostTags).map((tag) => words`${clipped(tag, 60)}`))}${more > 0 ? words` and ${more} more` : words``}`,
        ]),
    ...(firstSeen === undefined ? [] : [words`First seen ${moment(firstSeen)}`]),
    words`${link('Open the device in Defender', devicePage(device, portal))}`,
  ];
}

function earlierWords(earlier: readonly EarlierCollection[] | undefined): readonly Words[] {
  if (earlier === undefined)
    return [words`What was collected from it before was not looked up, or Defender did not say.`];
  if (earlier.length === 0) return [words`Defender shows you no earlier collection from it.`];
  return [
    words`Earlier collections:`,
    ...earlier.map((each) => words`${wordOfAction[each.status]}: ${asker(each)}, ${moment(each.createdAt)}`),
  ];
}

function asker({ requestor }: EarlierCollection): Words {
  return requestor === undefined
    ? words`somebody whom Defender does not name`
    : words`${strong(clipped(requestor, 80))}`;
}

function listed(parts: readonly Words[]): Words {
  return { pieces: parts.flatMap(({ pieces }, i) => (i === 0 ? pieces : [...words`, `.pieces, ...pieces])) };
}
