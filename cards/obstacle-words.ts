/** What stands in the way of a sign-in, in words, and what the person can do about it. */
import type { Obstacle, Problem } from '../src/domain/problem.ts';
import { strong, type Words, words } from './words.ts';

type OfProof = Extract<Problem, { readonly kind: 'moreProofNeeded' | 'signInBlocked' }>;

/** What Entra, or Defender, wants or does not like. */
export function obstacleWords({ obstacle, code }: OfProof): Words {
  return ofObstacle(obstacle, code === undefined ? words`` : words` (${code})`);
}

function ofObstacle(obstacle: Obstacle | undefined, number: Words): Words {
  switch (obstacle) {
    case 'secondFactor':
      return words`Microsoft Entra wants a second factor from the person who asked${number}.`;
    case 'device':
      return words`Microsoft Entra does not let them in from that device: it has to be known to your organisation, compliant or managed${number}.`;
    case 'app':
      return words`Microsoft Entra wants another, approved app to be used${number}.`;
    case 'risk':
      return words`Microsoft Entra holds the account of the person who asked to be at risk${number}.`;
    case 'policy':
      return words`A Conditional Access policy of your organisation blocks it, for instance because of the place or the network${number}.`;
    case 'sessionEnded':
      return words`The sign-in of the person who asked has ended, was revoked, or is older than your organisation allows${number}.`;
    case undefined:
      return words`Microsoft wants a fresh sign-in of the person who asked${number}.`;
  }
}

/** What a new sign-in has to be like, to be worth a try. */
export function signInAgainWords({ obstacle }: OfProof): Words {
  return words`Sign in again${placeOf(obstacle)}. If it stays so, your tenant’s administrator can see which rule blocks it.`;
}

/** A new sign-in was no better: what is left to do. */
export function blockedWords({ obstacle }: OfProof): Words {
  const rule = words`Your tenant’s administrator finds the rule in Entra’s sign-in log, by the correlation ID. A colleague whom it lets through can press ${strong('Try again')}.`;
  return obstacle === 'secondFactor'
    ? words`${rule} The rule has to cover this app as well as Defender, so that the sign-in window asks for the second factor.`
    : rule;
}

function placeOf(obstacle: Obstacle | undefined): Words {
  switch (obstacle) {
    case 'device':
      return words` from a device that your organisation manages`;
    case 'policy':
    case 'app':
      return words` from a device, an app and a place that your organisation’s rules allow`;
    case 'secondFactor':
      return words` in the window that opens, with your second factor`;
    case 'risk':
    case 'sessionEnded':
    case undefined:
      return words``;
  }
}
