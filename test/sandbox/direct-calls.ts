import { z } from 'zod';
import { botFrameworkResource, defenderResource } from './app.ts';
import type { JsonValue } from './json.ts';
import { type Person, tenantId } from './people.ts';
import type { Sandbox } from './sandbox.ts';

/** What came back from a call that a test makes without the bot. */
export interface DirectAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed JSON, or the text if it is none. */
  readonly body: JsonValue;
}

/** How the token of a call differs from a good one. */
export interface TokenChanges {
  readonly scopes?: readonly string[];
  readonly audience?: string;
  /** In seconds; negative: it has ended. */
  readonly lifetime?: number;
}

/** Calls Defender as a person, with a token such as OBO gives, unless changed. */
export async function callDefender(
  sandbox: Sandbox,
  person: Person,
  path: string,
  init: RequestInit = {},
  changes: TokenChanges = {},
): Promise<DirectAnswer> {
  const { tokens, consented } = sandbox.entra;
  const assertion = await tokens.verified((await tokens.assertion(person)).token);
  if (!assertion) throw new Error('The sandbox does not accept its own assertion');
  const { scopes = consented, audience = defenderResource, lifetime } = changes;
  const { token } = await tokens.onBehalfOf(assertion, audience, scopes, lifetime);
  return call(`${sandbox.defender.url}${path}`, token, init);
}

/** Calls the connector below its service URL, or the Token Service, with the bot's own token. */
export async function callAsBot(sandbox: Sandbox, url: string, init: RequestInit = {}): Promise<DirectAnswer> {
  const { token } = await sandbox.entra.tokens.application(botFrameworkResource, tenantId, []);
  return call(url, token, init);
}

/** A POST of JSON. */
export function posting(body: JsonValue): RequestInit {
  return { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
}

/** Calls any host of the sandbox with any token; undefined: none. */
export async function call(url: string, token: string | undefined, init: RequestInit = {}): Promise<DirectAnswer> {
  const headers = new Headers(init.headers);
  if (token !== undefined) headers.set('Authorization', `Bearer ${token}`);
  const response = await fetch(url, { ...init, headers });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: parsed(text) };
}

function parsed(text: string): JsonValue {
  try {
    return z.json().parse(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}
