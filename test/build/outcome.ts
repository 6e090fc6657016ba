import { hour, minute, second } from '../../src/domain/instant.ts';
import type { Effect, Outcome } from '../../src/domain/transition.ts';
import { after } from './moment.ts';

/** What an event did, in words, so that a table of outcomes can be read: `queued: announce, submit at once`. */
export function inWords(outcome: Outcome<{ readonly state: string }>): string {
  if (outcome.kind === 'unchanged') return `no change: ${outcome.why}`;
  const effects = outcome.effects.map(effectInWords);
  return `${outcome.to.state}: ${effects.length === 0 ? 'in silence' : effects.join(', ')}`;
}

function effectInWords(effect: Effect): string {
  switch (effect.kind) {
    case 'announce':
      return 'announce';
    case 'lookUp':
      return effect.afterMs === 0 ? 'look up' : `look up ${wait(effect.afterMs)}`;
    case 'submit':
      return `submit ${wait(effect.afterMs)}`;
    case 'follow':
      return `follow ${wait(effect.afterMs)}`;
    case 'offerSignIn':
      return `offer ${effect.person.name} a sign-in ${wait(effect.afterMs)}`;
    case 'expire':
      return `expire ${wait(effect.at - after(0))}`.replace(' in ', ' at ');
  }
}

function wait(ms: number): string {
  if (ms === 0) return 'at once';
  if (ms % hour === 0) return `in ${ms / hour} h`;
  return ms % minute === 0 ? `in ${ms / minute} min` : `in ${ms / second} s`;
}
