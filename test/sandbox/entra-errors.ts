import { randomUUID } from 'node:crypto';
import type { JsonObject } from './json.ts';
import type { WireAnswer } from './wire.ts';

/** Why Entra refuses to issue a token. */
export type EntraRefusal =
  | 'unknownTenant'
  | 'unknownApp'
  | BotRefusal
  | 'badScope'
  | 'badRedirect'
  | 'badGrant'
  | 'unknownResource'
  | 'badAssertion'
  | 'wrongAudience'
  | 'otherTenant'
  | 'consentRequired'
  | 'authorizationPending'
  | 'badDeviceCode'
  | 'expiredDeviceCode'
  | AccessRefusal;

/** Why Entra does not take a client for our app. */
export type BotRefusal =
  | 'wrongSecret'
  | 'expiredSecret'
  | 'noProof'
  | 'unknownCertificate'
  | 'badProof'
  | 'untrustedIdentity';

/** Why a rule of the tenant (Conditional Access) keeps a person out. */
export type AccessRefusal = 'mfaRequired' | 'deviceNotCompliant' | 'blockedByPolicy' | 'sessionRevoked';

interface Row {
  readonly status: number;
  readonly error: string;
  readonly code: number;
  readonly text: string;
  readonly more?: JsonObject;
}

/** What a client must pass to an interactive sign-in to satisfy a Conditional Access policy. */
const mfaClaims = JSON.stringify({
  access_token: { capolids: { essential: true, values: ['c5b2c2b4-0000-4000-8000-0000000000ca'] } },
});

/** Codes and OAuth errors of Microsoft's page 'Microsoft Entra authentication and authorization error codes'. */
const rows: Readonly<Record<EntraRefusal, Row>> = {
  unknownTenant: { status: 400, error: 'invalid_request', code: 90002, text: 'Tenant not found.' },
  unknownApp: {
    status: 400,
    error: 'unauthorized_client',
    code: 700016,
    text: 'Application was not found in the directory.',
  },
  wrongSecret: { status: 401, error: 'invalid_client', code: 7000215, text: 'Invalid client secret provided.' },
  expiredSecret: {
    status: 401,
    error: 'invalid_client',
    code: 7000222,
    text: 'The provided client secret keys for app are expired.',
  },
  noProof: {
    status: 401,
    error: 'invalid_client',
    code: 7000218,
    text: "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
  },
  unknownCertificate: {
    status: 401,
    error: 'invalid_client',
    code: 700027,
    text: 'The certificate with identifier used to sign the client assertion is not registered on application.',
  },
  badProof: {
    status: 401,
    error: 'invalid_client',
    code: 700027,
    text: 'Client assertion failed signature validation.',
  },
  untrustedIdentity: {
    status: 401,
    error: 'invalid_client',
    code: 700213,
    text: 'No matching federated identity record found for presented assertion subject.',
  },
  badScope: {
    status: 400,
    error: 'invalid_scope',
    code: 70011,
    text: "The provided value for the input parameter 'scope' is not valid.",
  },
  badRedirect: {
    status: 400,
    error: 'invalid_request',
    code: 50011,
    text: "The redirect URI specified in the request doesn't match the ones configured for the application.",
  },
  badGrant: {
    status: 400,
    error: 'unsupported_grant_type',
    code: 70003,
    text: 'The app requested an unsupported grant type.',
  },
  unknownResource: {
    status: 400,
    error: 'invalid_resource',
    code: 500011,
    text: 'The resource principal was not found in the tenant.',
  },
  badAssertion: {
    status: 400,
    error: 'invalid_grant',
    code: 50013,
    text: 'Assertion failed signature validation or has expired.',
  },
  wrongAudience: {
    status: 400,
    error: 'invalid_grant',
    code: 500131,
    text: 'Assertion audience does not match the Client app presenting the assertion.',
  },
  otherTenant: {
    status: 400,
    error: 'invalid_grant',
    code: 50020,
    text: 'User account from identity provider does not exist in tenant.',
  },
  consentRequired: {
    status: 400,
    error: 'invalid_grant',
    code: 65001,
    text: 'The user or administrator has not consented to use the application.',
    more: { suberror: 'consent_required' },
  },
  authorizationPending: {
    status: 400,
    error: 'authorization_pending',
    code: 70016,
    text: 'OAuth 2.0 device flow error. Authorization is pending. Continue polling.',
  },
  badDeviceCode: {
    status: 400,
    error: 'bad_verification_code',
    code: 70018,
    text: 'Invalid verification code.',
  },
  expiredDeviceCode: {
    status: 400,
    error: 'expired_token',
    code: 70019,
    text: 'Verification code expired.',
  },
  mfaRequired: {
    status: 400,
    error: 'interaction_required',
    code: 50076,
    text: 'Due to a configuration change made by your administrator you must use multi-factor authentication.',
    more: { suberror: 'basic_action', claims: mfaClaims },
  },
  deviceNotCompliant: {
    status: 400,
    error: 'interaction_required',
    code: 53000,
    text: "Device is not in required device state: compliant. Conditional Access policy requires a compliant device, and the device isn't compliant.",
    more: { suberror: 'message_only', claims: mfaClaims },
  },
  blockedByPolicy: {
    status: 400,
    error: 'invalid_grant',
    code: 53003,
    text: 'Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.',
    more: { suberror: 'message_only', claims: mfaClaims },
  },
  sessionRevoked: {
    status: 400,
    error: 'invalid_grant',
    code: 50173,
    text: 'The provided grant has expired due to it being revoked, a fresh auth token is needed.',
    more: { suberror: 'bad_token' },
  },
};

/** Entra's refusal as it goes over the wire. */
export function refusal(why: EntraRefusal): WireAnswer {
  const { status, error, code, text, more } = rows[why];
  const trace = randomUUID();
  const body = {
    error,
    error_description: `AADSTS${code}: ${text} Trace ID: ${trace} Correlation ID: ${trace} Timestamp: ${new Date().toISOString()}`,
    error_codes: [code],
    timestamp: new Date().toISOString(),
    trace_id: trace,
    correlation_id: trace,
    ...more,
  };
  return { status, body, note: { error, code: `AADSTS${code}` } };
}
