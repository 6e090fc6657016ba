/**
 * What a failed exchange with Entra means. Microsoft warns that its numbers change and that no app should hang on them:
 * so what the bot does follows from the OAuth error, its sub-error and the claims where these say enough, and the
 * numbers only say more. They are of the page 'Microsoft Entra authentication and authorization error codes'.
 */
import { AuthError, ClientAuthErrorCodes, InteractionRequiredAuthError, ServerError } from '@azure/msal-node';
import { parseCorrelationId } from '../../domain/ids.ts';
import type { Obstacle, Problem } from '../../domain/problem.ts';
import { IdentityUnavailable } from './managed-identity.ts';
import { EntraUnavailable } from './msal-network.ts';

/** A failed exchange, judged. */
export interface JudgedExchange {
  /** With the correlation id where MSAL has one. */
  readonly problem: Problem;
  /** True where only an operator can mend it: the app, its credential, or its permissions are set up wrongly. */
  readonly needsOperator: boolean;
}

/** A line of the table: the AADSTS numbers that mean the same. */
export interface EntraErrorRow {
  readonly numbers: readonly string[];
  /** What they have in common, for the page of errors. */
  readonly about: string;
  readonly meaning:
    | { readonly kind: 'consentMissing' | 'otherTenant' | 'botRefused' }
    | { readonly kind: 'moreProofNeeded'; readonly obstacle: Obstacle };
}

/** Entra's numbers, and what each means for the person who asked. Any other is `signInRefused`, with its number. */
export const entraErrors: readonly EntraErrorRow[] = [
  {
    numbers: ['65001', '65004', '90094', '90095'],
    about: 'nobody has consented, the person declined, or an administrator has to',
    meaning: { kind: 'consentMissing' },
  },
  {
    numbers: ['50072', '50074', '50076', '50078', '50079', '50158', '53010'],
    about: 'a second factor is wanted, has to be set up, or is too old',
    meaning: { kind: 'moreProofNeeded', obstacle: 'secondFactor' },
  },
  {
    numbers: ['50005', '50097', '50129', '50155', '50187', '53000', '53001', '530003'],
    about: 'the device has to be known, compliant or managed',
    meaning: { kind: 'moreProofNeeded', obstacle: 'device' },
  },
  {
    numbers: ['50127', '53002'],
    about: 'another app has to be used',
    meaning: { kind: 'moreProofNeeded', obstacle: 'app' },
  },
  {
    numbers: ['50135', '53004', '53011', '530034'],
    about: 'the account is held to be at risk',
    meaning: { kind: 'moreProofNeeded', obstacle: 'risk' },
  },
  {
    numbers: ['50131', '53003', '530035'],
    about: 'a policy blocks it: the place, the network, or any other rule, which the number does not tell apart',
    meaning: { kind: 'moreProofNeeded', obstacle: 'policy' },
  },
  {
    numbers: [
      ...['50013', '50055', '50089', '50132', '50133', '50144', '50173', '70008', '70043', '70044'],
      ...['500133', '700082', '700084'],
    ],
    about: 'the sign-in has ended, was revoked, or is older than a rule allows',
    meaning: { kind: 'moreProofNeeded', obstacle: 'sessionEnded' },
  },
  {
    numbers: ['16000', '50020', '51004', '500212', '500213'],
    about: 'the account is not one of this tenant, or may not come in as a guest',
    meaning: { kind: 'otherTenant' },
  },
  {
    numbers: ['500131', '650057'],
    about: 'the sign-in is for another app, or the registration lacks Defender’s permissions',
    meaning: { kind: 'botRefused' },
  },
];

/** OAuth errors that blame the client and not the person: `invalid_client` is a wrong or ended credential. */
export const operatorErrors = [
  'invalid_client',
  'unauthorized_client',
  'invalid_request',
  'invalid_resource',
  'invalid_scope',
  'unsupported_grant_type',
] as const;

/** Entra was not to be reached for its metadata; as a rule an outage like any other. */
const metadataErrors = new Set<string>([
  ClientAuthErrorCodes.endpointResolutionError,
  ClientAuthErrorCodes.openIdConfigError,
]);

/** Judges an error of MSAL's; undefined for one that is not MSAL's, and so a fault of ours. */
export function judgeExchangeError(error: unknown): JudgedExchange | undefined {
  if (!(error instanceof AuthError)) return undefined;
  const { problem, needsOperator } = judge(error);
  const correlationId = parseCorrelationId(error.correlationId);
  return { problem: correlationId === undefined ? problem : { ...problem, correlationId }, needsOperator };
}

function judge(error: AuthError): JudgedExchange {
  if (error instanceof EntraUnavailable) return { problem: { kind: 'signInUnavailable' }, needsOperator: false };
  if (error instanceof IdentityUnavailable) {
    return { problem: { kind: error.isRefusal ? 'botRefused' : 'signInUnavailable' }, needsOperator: true };
  }
  if (error instanceof ServerError || error instanceof InteractionRequiredAuthError) return judgeAnswer(error);
  // MSAL's own trouble: Entra's metadata did not come, or else something that only its set-up explains.
  return { problem: { kind: 'signInUnavailable' }, needsOperator: !metadataErrors.has(error.errorCode) };
}

function judgeAnswer(error: ServerError | InteractionRequiredAuthError): JudgedExchange {
  const number = numberOf(error);
  const code = number === '' ? wordOf(error) : `AADSTS${number}`;
  const said = code === '' ? {} : { code };
  const meaning = entraErrors.find(({ numbers }) => numbers.includes(number))?.meaning ?? withoutNumber(error);
  switch (meaning?.kind) {
    case 'consentMissing':
    case 'otherTenant':
      return { problem: { kind: meaning.kind }, needsOperator: false };
    case 'moreProofNeeded':
      return { problem: { ...meaning, ...said }, needsOperator: false };
    case 'botRefused':
      return { problem: { kind: 'botRefused', ...said }, needsOperator: true };
    case undefined:
      return { problem: { kind: 'signInRefused', ...said }, needsOperator: false };
  }
}

/** What the protocol itself says, whatever the number. */
function withoutNumber(error: ServerError | InteractionRequiredAuthError) {
  if (error.subError === 'consent_required') return { kind: 'consentMissing' } as const;
  const wantsProof =
    error instanceof InteractionRequiredAuthError &&
    (error.claims !== '' || error.errorCode === 'interaction_required');
  if (wantsProof) return { kind: 'moreProofNeeded' } as const;
  return operatorErrors.some((each) => each === error.errorCode) ? ({ kind: 'botRefused' } as const) : undefined;
}

/** Entra's number without `AADSTS`; empty where it gave none. MSAL's type says text, the wire says number. */
function numberOf({ errorNo, errorMessage }: ServerError | InteractionRequiredAuthError): string {
  const said = errorNo === undefined ? (/AADSTS(\d+)/.exec(errorMessage)?.[1] ?? '') : String(errorNo);
  return /^\d{1,9}$/.test(said) ? said : '';
}

/**
 * The OAuth error; empty where it is none. MSAL passes on whatever the body had in its place, and this is kept, logged
 * and shown: so nothing but a word of the protocol's kind is taken.
 */
function wordOf({ errorCode }: ServerError | InteractionRequiredAuthError): string {
  const said: unknown = errorCode;
  return typeof said === 'string' && /^[a-z_]{1,64}$/.test(said) ? said : '';
}
