import type { Problem } from '../src/domain/problem.ts';

/** Who can mend a problem, as the cards call them. */
export const fixerNames = {
  person: 'the person who asked',
  colleague: 'a colleague',
  defenderAdministrator: 'your Defender administrator',
  tenantAdministrator: 'your tenant’s administrator',
  operator: 'whoever runs this bot',
  time: 'nobody has to: wait',
} as const;
/** One of `fixerNames`. */
export type Fixer = keyof typeof fixerNames;

/** Who can mend a problem, whoever has to act first in front. `problemWords` says the same in its last sentence. */
export function fixedBy({ kind }: Problem): readonly [Fixer, ...Fixer[]] {
  return fixers[kind];
}

const fixers: Readonly<Record<Problem['kind'], readonly [Fixer, ...Fixer[]]>> = {
  someoneElsesSignIn: ['person'],
  otherTenant: ['colleague'],
  consentMissing: ['tenantAdministrator'],
  moreProofNeeded: ['person', 'tenantAdministrator'],
  signInRefused: ['person', 'tenantAdministrator'],
  signInUnavailable: ['time'],
  deviceNotFound: ['person', 'defenderAdministrator'],
  deviceAmbiguous: ['person'],
  deviceNotSupported: ['person'],
  permissionMissing: ['tenantAdministrator'],
  notPermitted: ['defenderAdministrator', 'colleague'],
  actionNotOffered: ['defenderAdministrator'],
  alreadyRunningUnseen: ['time'],
  throttled: ['time'],
  noBudget: ['time'],
  defenderRefused: ['person', 'defenderAdministrator'],
  defenderUnavailable: ['time'],
  outcomeUnknown: ['person'],
  defenderUnreadable: ['person', 'operator'],
};
