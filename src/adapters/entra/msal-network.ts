import { AuthError, type INetworkModule, type NetworkRequestOptions, type NetworkResponse } from '@azure/msal-node';
import ky, { HTTPError, NetworkError, type Options, TimeoutError } from 'ky';
import { z } from 'zod';
import { second } from '../../domain/instant.ts';
import type { Log } from '../../ports.ts';

/** A whole call may take this long, its one repeat and the body included: a person waits at a card. */
const usualPatience = 5 * second;

/** Why Entra gave no usable answer. */
type Trouble = 'noAnswer' | 'tooLate' | 'busy' | 'unreadable';

/**
 * Entra did not answer, or not as Entra does. An `AuthError`, because MSAL passes those on and swallows others.
 * Its cause is never an error of the HTTP client: that would carry the request, and so secret and assertion.
 */
export class EntraUnavailable extends AuthError {
  override readonly cause: unknown;
  readonly trouble: Trouble;

  constructor(trouble: Trouble, correlationId: string, cause?: unknown) {
    super('entra_unavailable', correlationId, `Entra gave no usable answer: ${trouble}`);
    Object.setPrototypeOf(this, EntraUnavailable.prototype);
    this.name = 'EntraUnavailable';
    this.trouble = trouble;
    this.cause = cause;
  }
}

/**
 * MSAL's way to the network: with a timeout and one repeat, which its own has not. An exchange starts nothing, so a
 * repeat is safe.
 *
 * Two of MSAL's traps are closed here. It remembers a 429, a 5xx or any `Retry-After` and then refuses the calls of all
 * other people for a minute or more: it never sees one. And it crashes on HTML: it never sees a body that is no JSON object.
 */
export function createMsalNetwork(log: Log, patience = usualPatience): INetworkModule {
  return {
    sendGetRequestAsync: <T>(url: string, options?: NetworkRequestOptions) =>
      send<T>(log, { method: 'get', url, patience, ...options }),
    sendPostRequestAsync: <T>(url: string, options?: NetworkRequestOptions) =>
      send<T>(log, { method: 'post', url, patience, ...options }),
  };
}

interface Call extends NetworkRequestOptions {
  readonly method: 'get' | 'post';
  readonly url: string;
  /** In milliseconds. */
  readonly patience: number;
}

async function send<T>(log: Log, call: Call): Promise<NetworkResponse<T>> {
  const began = performance.now();
  const { method, url, correlationId = '' } = call;
  const fields = { call: 'entra', method: method.toUpperCase(), path: URL.parse(url)?.pathname, correlationId };
  try {
    const answer = await request<T>(call, correlationId);
    log.info({ ...fields, status: answer.status, durationMs: since(began) }, 'Entra answered');
    return answer;
  } catch (error) {
    const unavailable = error instanceof EntraUnavailable ? error : unavailableFrom(error, correlationId);
    log.warn({ ...fields, trouble: unavailable.trouble, durationMs: since(began) }, 'Entra call failed');
    throw unavailable;
  }
}

async function request<T>(
  { method, url, patience, headers, body }: Call,
  correlationId: string,
): Promise<NetworkResponse<T>> {
  const settings: Options = {
    method,
    redirect: 'manual',
    timeout: false,
    totalTimeout: patience,
    throwHttpErrors: (status) => status === 503,
    retry: { limit: 1, methods: ['get', 'post'], statusCodes: [503], afterStatusCodes: [], delay: () => 200 },
    ...(headers === undefined ? {} : { headers }),
    ...(body === undefined ? {} : { body }),
  };
  const pending = ky(url, settings);
  const { status, headers: answered, body: unread } = await pending;
  if (status === 429 || status >= 500) {
    await unread?.cancel();
    throw new EntraUnavailable('busy', correlationId);
  }
  const kept = [...answered].filter(([name]) => name !== 'retry-after');
  return { status, headers: Object.fromEntries(kept), body: jsonObject<T>(await pending.text(), correlationId) };
}

/**
 * `T` is MSAL's promise to itself; that the body is an object is what keeps it from crashing. The parser's error is not
 * kept as cause: it quotes the body, and so perhaps a token.
 */
export function jsonObject<T>(text: string, correlationId: string): T {
  const body = parsedJson(text);
  if (!z.record(z.string(), z.unknown()).safeParse(body).success)
    throw new EntraUnavailable('unreadable', correlationId);
  return body;
}

function parsedJson(text: string) {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** What an error of the HTTP client means. */
export function unavailableFrom(error: unknown, correlationId: string): EntraUnavailable {
  if (error instanceof HTTPError) return new EntraUnavailable('busy', correlationId);
  if (error instanceof TimeoutError) return new EntraUnavailable('tooLate', correlationId);
  if (error instanceof NetworkError) return new EntraUnavailable('noAnswer', correlationId, error.cause);
  return new EntraUnavailable('noAnswer', correlationId, error);
}

function since(began: number): number {
  return Math.round(performance.now() - began);
}
