import type { Person } from '../src/domain/person.ts';
import type { Problem } from '../src/domain/problem.ts';
import type { Offer, Proposed, ProposedDevice, Sighting } from '../src/domain/request.ts';
import { duration } from './dates.ts';
import { deviceLine, deviceMarks, deviceWarnings, nameOf } from './device-words.ts';
import { problemWords } from './problem-words.ts';
import { moment, strong, type Words, words } from './words.ts';

/** How far the look-up of a device is, and what to do now, as everybody may read it: a line each. */
export function sightingWords(
  each: ProposedDevice,
  { requester, expiresAt }: Pick<Proposed, 'requester' | 'expiresAt'>,
): readonly Words[] {
  const { sighting } = each;
  switch (sighting.step) {
    case 'signInNeeded':
      return [...whySignIn(sighting, requester), words`Nothing has been sent to Defender.`];
    case 'looking':
      return sighting.delayedBy === undefined
        ? [words`Defender is asked for this device, as ${requester.name}.`]
        : delayWords(sighting.delayedBy);
    case 'choosing':
      return [
        words`${matchWords(sighting.match, nameOf(each))}: ${requester.name} chooses.`,
        words`Which they are is shown to ${requester.name} alone. Nothing has been sent yet.`,
      ];
    case 'found':
      return [
        ...deviceWarnings(sighting.device),
        words`Is this the right device? Nothing has been sent yet. ${requester.name} can press ${strong('Collect')} until ${moment(expiresAt)}.`,
      ];
    case 'problem': {
      const { what, meaning, next } = problemWords(sighting.problem);
      return [what, meaning, next];
    }
  }
}

function whySignIn(
  { problem }: Extract<Sighting, { readonly step: 'signInNeeded' }>,
  { name }: Person,
): readonly Words[] {
  if (problem === undefined) {
    return [words`${name} has to sign in, so that Defender sees them and not the bot. Then the device is looked up.`];
  }
  const { what, next } = problemWords(problem);
  return [what, words`${name} has to sign in once more; then the device is looked up.`, next];
}

/** No moment is promised: a name may need more than one call, and nobody has a turn. */
function delayWords(delayedBy: Problem): readonly Words[] {
  const why =
    delayedBy.kind === 'noBudget'
      ? words`Queued, about ${duration(delayedBy.waitMs)}: Defender allows only so many calls, and others were first.`
      : problemWords(delayedBy).what;
  return [why, words`The bot asks for the device by itself; nobody has to do anything.`];
}

/** Why there is a choice. */
export function matchWords(match: Offer['match'], name: string): Words {
  switch (match) {
    case 'sameName':
      return words`Several devices are called “${name}”`;
    case 'nearName':
      return words`Defender shows no device called “${name}”, but some with a name like it`;
  }
}

/** The same for one of several devices, where what holds for all of them is said once above. */
export function brieflySighted(each: ProposedDevice): readonly Words[] {
  const { sighting } = each;
  switch (sighting.step) {
    case 'signInNeeded':
      return [];
    case 'looking':
      return sighting.delayedBy === undefined ? [] : delayWords(sighting.delayedBy);
    case 'choosing':
      return [words`${matchWords(sighting.match, nameOf(each))}.`];
    case 'found':
      return [words`${deviceLine(sighting.device)}.`, ...deviceWarnings(sighting.device)];
    case 'problem': {
      const { what, next } = problemWords(sighting.problem);
      return [what, next];
    }
  }
}

/** The same in a few words each, for a line that has room for no more. */
export function sightingMarks({ sighting }: ProposedDevice): readonly Words[] {
  return sighting.step === 'found' ? deviceMarks(sighting.device) : [];
}
