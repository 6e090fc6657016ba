import type { Problem } from '../src/domain/problem.ts';
import type { Catalogue } from './language/catalogue.ts';

/** Who can mend a problem; the catalogue says how the cards call them. */
export type Fixer = keyof Catalogue['fixers'];

/** Who can mend a problem, whoever has to act first in front. `problemWords` says the same in its last sentence. */
export function fixedBy({ kind }: Problem): readonly [Fixer, ...Fixer[]] {
  return fixers[kind];
}

const fixers: Readonly<Record<Problem['kind'], readonly [Fixer, ...Fixer[]]>> = {
  someoneElsesSignIn: ['person'],
  otherTenant: ['colleague'],
  consentMissing: ['tenantAdministrator'],
  moreProofNeeded: ['person', 'tenantAdministrator'],
  signInBlocked: ['tenantAdministrator', 'colleague'],
  botRefused: ['operator'],
  signInRefused: ['person', 'tenantAdministrator'],
  signInUnavailable: ['time'],
  deviceNotFound: ['person', 'defenderAdministrator'],
  deviceNotSupported: ['person'],
  permissionMissing: ['tenantAdministrator'],
  notPermitted: ['defenderAdministrator', 'colleague', 'operator'],
  actionNotOffered: ['defenderAdministrator'],
  alreadyRunningUnseen: ['time'],
  throttled: ['time'],
  noBudget: ['time'],
  defenderRefused: ['operator'],
  defenderUnavailable: ['time'],
  outcomeUnknown: ['person'],
  notAsApproved: ['operator'],
  defenderUnreadable: ['person', 'operator'],
};
