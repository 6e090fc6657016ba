import { randomUUID } from 'node:crypto';
import type { JsonObject } from './json.ts';
import type { WireAnswer } from './wire.ts';

/** Why Entra refuses to issue a token. */
export type EntraRefusal =
  | 'unknownTenant'
  | 'unknownApp'
  | 'wrongSecret'
  | 'badScope'
  | 'badGrant'
  | 'unknownResource'
  | 'badAssertion'
  | 'wrongAudience'
  | 'otherTenant'
  | 'consentRequired'
  | 'mfaRequired';

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
  badScope: {
    status: 400,
    error: 'invalid_scope',
    code: 70011,
    text: "The provided value for the input parameter 'scope' is not valid.",
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
  mfaRequired: {
    status: 400,
    error: 'interaction_required',
    code: 50076,
    text: 'Due to a configuration change made by your administrator you must use multi-factor authentication.',
    more: { suberror: 'basic_action', claims: mfaClaims },
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
