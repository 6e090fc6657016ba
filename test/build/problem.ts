import { minute, second } from '../../src/domain/instant.ts';
import type { Problem } from '../../src/domain/problem.ts';
import { correlationId } from './ids.ts';
import { after } from './moment.ts';

/** One problem of each kind: a kind that is missing here does not compile. */
export const everyProblem = {
  someoneElsesSignIn: { kind: 'someoneElsesSignIn' },
  otherTenant: { kind: 'otherTenant' },
  consentMissing: { kind: 'consentMissing', correlationId: correlationId() },
  moreProofNeeded: {
    kind: 'moreProofNeeded',
    obstacle: 'secondFactor',
    code: 'AADSTS50076',
    correlationId: correlationId(),
  },
  signInBlocked: { kind: 'signInBlocked', obstacle: 'policy', code: 'AADSTS53003', correlationId: correlationId() },
  botRefused: { kind: 'botRefused', code: 'AADSTS7000215', correlationId: correlationId() },
  signInRefused: { kind: 'signInRefused', code: 'AADSTS50105', correlationId: correlationId() },
  signInUnavailable: { kind: 'signInUnavailable' },
  deviceNotFound: { kind: 'deviceNotFound', correlationId: correlationId() },
  permissionMissing: { kind: 'permissionMissing', permission: 'Machine.Read', correlationId: correlationId() },
  notPermitted: { kind: 'notPermitted', correlationId: correlationId() },
  actionNotOffered: { kind: 'actionNotOffered', code: 'DisabledFeature', correlationId: correlationId() },
  deviceNotSupported: { kind: 'deviceNotSupported', code: 'OsPlatformNotSupported', correlationId: correlationId() },
  alreadyRunningUnseen: { kind: 'alreadyRunningUnseen' },
  throttled: { kind: 'throttled', until: after(2 * minute) },
  noBudget: { kind: 'noBudget', until: after(2 * minute), waitMs: 40 * second },
  defenderRefused: { kind: 'defenderRefused', status: 400, code: 'InvalidInput', correlationId: correlationId() },
  defenderUnavailable: { kind: 'defenderUnavailable' },
  outcomeUnknown: { kind: 'outcomeUnknown' },
  notAsApproved: { kind: 'notAsApproved' },
  defenderUnreadable: { kind: 'defenderUnreadable' },
} satisfies { readonly [Kind in Problem['kind']]: Extract<Problem, { readonly kind: Kind }> };
