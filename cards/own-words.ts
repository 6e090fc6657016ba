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
import type { Catalogue } from './language/catalogue.ts';
import { brieflySighted, matchWords, sightingWords } from './sighting-words.ts';
import { moment, strong, type Words, words } from './words.ts';

type Found = Extract<Sighting, { readonly step: 'found' }>;

/** How much of what Defender shows the requester there is room for. */
export type Extent = 'everything' | 'warnings';

const mostTags = 10;

/** What the requester's own view says of a device. */
export function ownWords(each: ProposedDevice, request: Proposed, context: CardContext, extent: Extent): Said {
  const { say } = context;
  const { sighting } = each;
  switch (sighting.step) {
    case 'found':
      return ofFound(sighting, request, context, extent);
    case 'choosing': {
      const lines = [say.own.whichOne(matchWords(say, sighting.match, nameOf(each)))];
      return { lines, briefly: lines };
    }
    case 'signInNeeded':
    case 'looking':
    case 'problem':
      return { lines: sightingWords(say, each, request), briefly: brieflySighted(say, each) };
  }
}

function ofFound(found: Found, request: Proposed, context: CardContext, extent: Extent): Said {
  const { say } = context;
  const { device, earlier } = found;
  const warnings = [...deviceWarnings(say, device), ...ownWarnings(found, request, context)];
  const recent = recentPackage(earlier, request.askedAt);
  return {
    facts: extent === 'warnings' ? [] : [...deviceFacts(device, context), ...earlierWords(say, earlier)],
    lines: [...warnings, question(say, found, request)],
    briefly: [words`${deviceLine(say, device)}.`, ...warnings],
    marks: [...deviceMarks(say, device), ...ownMarks(found, request, context)],
    more: recent === undefined ? [] : [linkRow(say, request, recent)],
  };
}

function question({ own, buttons }: Catalogue, { earlier }: Found, { expiresAt }: Proposed): Words {
  const go = runningOf(earlier) === undefined ? buttons.collect : buttons.followIt;
  return own.rightDevice(go, moment(expiresAt));
}

/** Warnings that only the requester may read, because they come from what Defender shows them. */
function ownWarnings({ device, earlier }: Found, request: Proposed, context: CardContext): readonly Words[] {
  const { say } = context;
  const { own } = say;
  const needsApproval = whyApproval(context.approval.policy, [device]) !== undefined;
  const running = runningOf(earlier);
  const recent = recentPackage(earlier, request.askedAt);
  const runsAlready = needsApproval ? own.runsAlreadyUnapproved : own.runsAlready;
  return [
    ...(needsApproval && confirmTitle(request) === 'collect' ? [approvalWarning(request, context)] : []),
    ...(isRestricted(device) ? [own.restricted] : []),
    ...(running === undefined ? [] : [runsAlready(asker(say, running), moment(running.createdAt))]),
    ...(recent === undefined
      ? []
      : [own.collectedLately(asker(say, recent), moment(recent.updatedAt ?? recent.createdAt))]),
  ];
}

/** The same in a few words each. */
function ownMarks({ device, earlier }: Found, request: Proposed, context: CardContext): readonly Words[] {
  const { marks } = context.say.own;
  const needsApproval = whyApproval(context.approval.policy, [device]) !== undefined;
  return [
    ...(needsApproval && confirmTitle(request) === 'collect' ? [marks.needsApproval] : []),
    ...(isRestricted(device) ? [marks.restricted] : []),
    ...(runningOf(earlier) === undefined ? [] : [marks.runsAlready]),
    ...(recentPackage(earlier, request.askedAt) === undefined ? [] : [marks.collectedLately]),
  ];
}

function approvalWarning({ place }: Proposed, { approval: { conversation }, say }: CardContext): Words {
  const isAlone = place.kind === 'personal' && conversation === undefined;
  return isAlone ? say.own.nobodyToApprove : say.own.needsApproval;
}

function linkRow({ buttons }: Catalogue, request: Proposed, { id }: EarlierCollection): CardElement {
  const get = button(buttons.getDownloadLink, { verb: 'earlierLink', ...on(request), action: id });
  return { type: 'ActionSet', actions: [get] };
}

function deviceFacts(device: Device, { portal, say }: CardContext): readonly Words[] {
  const said = say.own.facts;
  const { lastSeen, details = {} } = device;
  const { build, risk, exposure, value, tags = [], group, firstSeen } = details;
  const ratings = [
    ...(build === undefined ? [] : [said.build(String(build))]),
    ...(risk === undefined ? [] : [said.risk(clipped(risk, 40))]),
    ...(exposure === undefined ? [] : [said.exposure(clipped(exposure, 40))]),
    ...(value === undefined ? [] : [said.value(clipped(value, 40))]),
  ];
  const shown = listed(tags.slice(0, mostTags).map((tag) => words`${clipped(tag, 60)}`));
  const more = tags.length - mostTags;
  return [
    lastSeen === undefined ? said.noFullReport : said.lastFullReport(moment(lastSeen)),
    ...(ratings.length === 0 ? [] : [listed(ratings)]),
    ...(group === undefined ? [] : [said.group(clipped(group, 80))]),
    ...(tags.length === 0 ? [] : [more > 0 ? said.moreTags(shown, more) : said.tags(shown)]),
    ...(firstSeen === undefined ? [] : [said.firstSeen(moment(firstSeen))]),
    words`${say.collection.openDevice(devicePage(device, portal))}`,
  ];
}

function earlierWords(say: Catalogue, earlier: readonly EarlierCollection[] | undefined): readonly Words[] {
  const { own, status } = say;
  if (earlier === undefined) return [own.earlierUnknown];
  if (earlier.length === 0) return [own.noneEarlier];
  return [
    own.earlier,
    ...earlier.map((each) => own.earlierOne(status.ofAction[each.status], asker(say, each), moment(each.createdAt))),
  ];
}

function asker({ own }: Catalogue, { requestor }: EarlierCollection): Words {
  return requestor === undefined ? own.nobodyNamed : words`${strong(clipped(requestor, 80))}`;
}

function listed(parts: readonly Words[]): Words {
  return { pieces: parts.flatMap(({ pieces }, i) => (i === 0 ? pieces : [...words`, `.pieces, ...pieces])) };
}
