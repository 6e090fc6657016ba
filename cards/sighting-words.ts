import type { Person } from '../src/domain/person.ts';
import type { Problem } from '../src/domain/problem.ts';
import type { Offer, Proposed, ProposedDevice, Sighting } from '../src/domain/request.ts';
import { duration } from './dates.ts';
import { deviceLine, deviceMarks, deviceWarnings, nameOf } from './device-words.ts';
import type { Catalogue } from './language/catalogue.ts';
import { problemWords } from './problem-words.ts';
import { moment, type Words, words } from './words.ts';

/** How far the look-up of a device is, and what to do now, as everybody may read it: a line each. */
export function sightingWords(
  say: Catalogue,
  each: ProposedDevice,
  { requester, expiresAt }: Pick<Proposed, 'requester' | 'expiresAt'>,
): readonly Words[] {
  const said = say.sighting;
  const { sighting } = each;
  switch (sighting.step) {
    case 'signInNeeded':
      return [...whySignIn(say, sighting, requester), said.nothingSent];
    case 'looking':
      return sighting.delayedBy === undefined ? [said.asked(requester.name)] : delayWords(say, sighting.delayedBy);
    case 'choosing':
      return [
        said.chooses(matchWords(say, sighting.match, nameOf(each)), requester.name),
        said.shownAlone(requester.name),
      ];
    case 'found':
      return [...deviceWarnings(say, sighting.device), said.rightDevice(requester.name, moment(expiresAt))];
    case 'problem': {
      const { what, meaning, next } = problemWords(say, sighting.problem);
      return [what, meaning, next];
    }
  }
}

function whySignIn(
  say: Catalogue,
  { problem }: Extract<Sighting, { readonly step: 'signInNeeded' }>,
  { name }: Person,
): readonly Words[] {
  if (problem === undefined) return [say.sighting.signIn(name)];
  const { what, next } = problemWords(say, problem);
  return [what, say.sighting.signInOnceMore(name), next];
}

/** No moment is promised: a name may need more than one call, and nobody has a turn. */
function delayWords(say: Catalogue, delayedBy: Problem): readonly Words[] {
  const said = say.sighting;
  const why =
    delayedBy.kind === 'noBudget' ? said.queuedFor(duration(say, delayedBy.waitMs)) : problemWords(say, delayedBy).what;
  return [why, said.asksByItself];
}

/** Why there is a choice. */
export function matchWords({ sighting }: Catalogue, match: Offer['match'], name: string): Words {
  return sighting[match](name);
}

/** The same for one of several devices, where what holds for all of them is said once above. */
export function brieflySighted(say: Catalogue, each: ProposedDevice): readonly Words[] {
  const { sighting } = each;
  switch (sighting.step) {
    case 'signInNeeded':
      return [];
    case 'looking':
      return sighting.delayedBy === undefined ? [] : delayWords(say, sighting.delayedBy);
    case 'choosing':
      return [words`${matchWords(say, sighting.match, nameOf(each))}.`];
    case 'found':
      return [words`${deviceLine(say, sighting.device)}.`, ...deviceWarnings(say, sighting.device)];
    case 'problem': {
      const { what, next } = problemWords(say, sighting.problem);
      return [what, next];
    }
  }
}

/** The same in a few words each, for a line that has room for no more. */
export function sightingMarks(say: Catalogue, { sighting }: ProposedDevice): readonly Words[] {
  return sighting.step === 'found' ? deviceMarks(say, sighting.device) : [];
}
