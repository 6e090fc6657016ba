/** What stands in the way of a sign-in, in words, and what the person can do about it. */
import type { Obstacle, Problem } from '../src/domain/problem.ts';
import type { Catalogue } from './language/catalogue.ts';
import { inOneLine, type Words, words } from './words.ts';

type OfProof = Extract<Problem, { readonly kind: 'moreProofNeeded' | 'signInBlocked' }>;

/** What Entra, or Defender, wants or does not like. */
export function obstacleWords({ obstacles }: Catalogue, { obstacle, code }: OfProof): Words {
  return obstacles[obstacle ?? 'unsaid'](code === undefined ? words`` : words` (${code})`);
}

/** What a new sign-in has to be like, to be worth a try. */
export function signInAgainWords(say: Catalogue, { obstacle }: OfProof): Words {
  return inOneLine(againWords(say, obstacle), say.obstacles.ruleSeen);
}

/** A new sign-in was no better: what is left to do. */
export function blockedWords({ obstacles }: Catalogue, { obstacle }: OfProof): Words {
  const { findRule, coverThisApp } = obstacles;
  return obstacle === 'secondFactor' ? inOneLine(findRule, coverThisApp) : findRule;
}

function againWords({ obstacles }: Catalogue, obstacle: Obstacle | undefined): Words {
  switch (obstacle) {
    case 'device':
      return obstacles.againFromDevice;
    case 'policy':
    case 'app':
      return obstacles.againFromPlace;
    case 'secondFactor':
      return obstacles.againWithFactor;
    case 'risk':
    case 'sessionEnded':
    case undefined:
      return obstacles.again;
  }
}
