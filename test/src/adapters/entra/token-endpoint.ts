import type { ServerResponse } from 'node:http';
import { UnsecuredJWT } from 'jose';
import { certificates, trustInThisProcess } from '../../../sandbox/certificates.ts';
import { json, type WireServer, wireServer } from '../defender/wire-server.ts';

/** The tenant and the people of these tests. */
export const tenant = '00000000-0000-4000-8000-00000000000a';
export const appId = '00000000-0000-4000-8000-0000000000aa';
export const ana = '00000000-0000-4000-8000-00000000000b';
export const bo = '00000000-0000-4000-8000-00000000000c';

/** A token request's form. */
export type Form = Readonly<Record<string, string>>;

/** Entra's token endpoint on loopback, over TLS as MSAL wants it. */
export interface TokenEndpoint {
  readonly url: string;
  /** The forms of the token requests, in order. */
  readonly forms: readonly Form[];
  close(): Promise<void>;
}

/** Starts a token endpoint. `answer` gets what was asked, and how many token requests there were with this one. */
export async function tokenEndpoint(
  answer: (response: ServerResponse, form: Form, count: number) => void,
): Promise<TokenEndpoint> {
  await trustInThisProcess();
  const forms: Form[] = [];
  const server: WireServer = await wireServer(
    (response, { url, body }) => {
      if (url.includes('/.well-known/openid-configuration')) return json(response, 200, metadata(server.url));
      const form = Object.fromEntries(new URLSearchParams(body));
      forms.push(form);
      answer(response, form, forms.length);
    },
    await certificates(),
  );
  return { url: server.url, forms, close: () => server.close() };
}

function metadata(url: string) {
  return {
    issuer: `${url}/${tenant}/v2.0`,
    token_endpoint: `${url}/${tenant}/oauth2/v2.0/token`,
    authorization_endpoint: `${url}/${tenant}/oauth2/v2.0/authorize`,
    jwks_uri: `${url}/${tenant}/discovery/v2.0/keys`,
  };
}

/** A token with these claims; nobody in these tests verifies a signature. */
export function jwt(claims: Readonly<Record<string, unknown>>): string {
  return new UnsecuredJWT({ ...claims })
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + 3_600)
    .encode();
}

/** One moment for all: the same claims make the same token, as the cache needs it. */
const issuedAt = Math.floor(Date.now() / 1_000);

/** A person's assertion; `salt` makes one that differs from the last. */
export function assertionOf(oid: string, salt = ''): string {
  return jwt({ oid, tid: tenant, aud: appId, salt });
}

/** What Entra answers to a good exchange for this person. */
export function granted(oid: string, claims: Readonly<Record<string, unknown>> = { scp: 'Machine.Read' }) {
  return {
    token_type: 'Bearer',
    // Entra repeats the `.default` that was asked for; by it MSAL finds the token again.
    scope: 'https://defender.example/Machine.Read https://defender.example/.default',
    expires_in: 3_600,
    ext_expires_in: 3_600,
    access_token: jwt({ oid, ...claims }),
    refresh_token: 'refresh-marker',
    id_token: jwt({ oid, tid: tenant, sub: oid, ver: '2.0' }),
    client_info: Buffer.from(JSON.stringify({ uid: oid, utid: tenant })).toString('base64url'),
  };
}

/** How Entra refuses. */
export function refused(error: string, number: number, more: Readonly<Record<string, string>> = {}) {
  return {
    error,
    error_description: `AADSTS${number}: No. Trace ID: t Correlation ID: c Timestamp: 2026-03-01 08:00:00Z`,
    error_codes: [number],
    correlation_id: '7a8d5f3e-0000-4000-8000-000000000001',
    trace_id: 't',
    timestamp: '2026-03-01 08:00:00Z',
    ...more,
  };
}
