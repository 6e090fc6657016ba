/** What a failed on-behalf-of exchange means. Numbers of Microsoft's page 'Entra authentication and authorization error codes'. */
import { AuthError, ClientAuthErrorCodes, InteractionRequiredAuthError, ServerError } from '@azure/msal-node';
import type { Problem } from '../../domain/problem.ts';
import { EntraUnavailable } from './msal-network.ts';

/** A failed exchange, judged. */
export interface JudgedExchange {
  readonly problem: Problem;
  /** True where only an operator can mend it: the app, its credential, or its permissions are set up wrongly. */
  readonly needsOperator: boolean;
}

/** Nobody has consented, the person declined, or an administrator has to. */
const consentNumbers = new Set(['65001', '65004', '90094', '90095']);
/** More proof is wanted (MFA, Conditional Access), or the proof is used up: in each case a fresh sign-in is the way on. */
const proofNumbers = new Set([
  ...['50072', '50074', '50076', '50079', '50158', '50097', '53000', '53001', '53002', '53003', '53004', '530003'],
  ...['50013', '50078', '50089', '50132', '50133', '50173', '70043', '70044', '500133', '700082', '700084'],
]);
/** OAuth errors that blame the client and not the person. */
const operatorErrors = new Set([
  'invalid_client',
  'unauthorized_client',
  'invalid_request',
  'invalid_resource',
  'invalid_scope',
  'unsupported_grant_type',
]);

/** Entra was not to be reached for its metadata; as a rule an outage like any other. */
const metadataErrors = new Set<string>([
  ClientAuthErrorCodes.endpointResolutionError,
  ClientAuthErrorCodes.openIdConfigError,
]);

/** Judges an error of `acquireTokenOnBehalfOf`; undefined for one that is not MSAL's, and so a fault of ours. */
export function judgeExchangeError(error: unknown): JudgedExchange | undefined {
  if (!(error instanceof AuthError)) return undefined;
  if (error instanceof EntraUnavailable) return { problem: { kind: 'signInUnavailable' }, needsOperator: false };
  const number = numberOf(error);
  if (error.subError === 'consent_required' || consentNumbers.has(number)) {
    return { problem: { kind: 'consentMissing' }, needsOperator: false };
  }
  if (wantsProof(error) || proofNumbers.has(number)) {
    return { problem: { kind: 'moreProofNeeded' }, needsOperator: false };
  }
  if (error instanceof ServerError || error instanceof InteractionRequiredAuthError) {
    const code = number === '' ? error.errorCode : `AADSTS${number}`;
    const refused = { kind: 'signInRefused', ...(code === '' ? {} : { code }) } as const;
    return { problem: refused, needsOperator: operatorErrors.has(error.errorCode) };
  }
  // MSAL's own trouble: Entra's metadata did not come, or else the managed identity that stands in for a secret fails.
  return { problem: { kind: 'signInUnavailable' }, needsOperator: !metadataErrors.has(error.errorCode) };
}

function wantsProof(error: AuthError): boolean {
  return (
    error instanceof InteractionRequiredAuthError && (error.claims !== '' || error.errorCode === 'interaction_required')
  );
}

/** Entra's number without `AADSTS`; empty where it gave none. MSAL's type says text, the wire says number. */
function numberOf(error: AuthError): string {
  const given =
    error instanceof ServerError || error instanceof InteractionRequiredAuthError ? error.errorNo : undefined;
  return given === undefined ? (/AADSTS(\d+)/.exec(error.errorMessage)?.[1] ?? '') : String(given);
}
