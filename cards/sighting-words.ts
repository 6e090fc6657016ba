import type { Instant } from '../src/domain/instant.ts';
import type { Person } from '../src/domain/person.ts';
import type { Sighting } from '../src/domain/request.ts';
import { deviceLine, healthWarning } from './device-words.ts';
import { problemWords } from './problem-words.ts';
import { moment, strong, type Words, words } from './words.ts';

/** How far the look-up of a device is, and what to do now: a line each. */
export function sightingWords(sighting: Sighting, requester: Person, expiresAt: Instant): readonly Words[] {
  switch (sighting.step) {
    case 'signInNeeded':
      return [
        words`${requester.name} has to sign in, so that Defender sees them and not the bot. Then the device is looked up.`,
        words`Nothing has been sent to Defender.`,
      ];
    case 'looking':
      return [words`Defender is asked for this device, as ${requester.name}.`];
    case 'found': {
      const warning = healthWarning(sighting.device);
      return [
        ...(warning === undefined ? [] : [warning]),
        words`Is this the right device? Nothing has been sent yet. ${requester.name} can press ${strong('Collect')} until ${moment(expiresAt)}.`,
      ];
    }
    case 'problem': {
      const { what, meaning, next } = problemWords(sighting.problem);
      return [what, meaning, next];
    }
  }
}

/** The same for one of several devices, where what holds for all of them is said once above. */
export function brieflySighted(sighting: Sighting): readonly Words[] {
  switch (sighting.step) {
    case 'signInNeeded':
    case 'looking':
      return [];
    case 'found': {
      const warning = healthWarning(sighting.device);
      return [deviceLine(sighting.device), ...(warning === undefined ? [] : [warning])];
    }
    case 'problem': {
      const { what, next } = problemWords(sighting.problem);
      return [what, next];
    }
  }
}
