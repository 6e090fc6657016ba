import ky, { HTTPError, type KyInstance, type Options, type ResponsePromise, TimeoutError } from 'ky';
import type { DefenderFailure } from '../../domain/defender-failure.ts';
import { second } from '../../domain/instant.ts';
import type { DefenderToken } from '../../domain/secret.ts';
import type { Log, LogFields } from '../../ports.ts';
import { parsedJson } from './bodies.ts';
import { BrokenBody, DeadlinePassed, failureOf } from './failures.ts';
import { causeCodes } from './unsent.ts';

/** A whole read may take this long, repeats and body included. */
const readPatience = 8 * second;
/** How often a read is repeated after a network error, 502, 503 or 504. */
export const readRepeats = 2;

/** One call. `path` is for the log: a template, without what people typed. */
export type DefenderCall =
  | { readonly method: 'GET'; readonly path: string; readonly url: URL; readonly repeats: number }
  | {
      readonly method: 'POST';
      readonly path: string;
      readonly url: URL;
      readonly body: { readonly Comment: string };
      /** On the clock of `performance.now()`: not sent later, and not awaited longer. */
      readonly sendBefore: number;
    };

/** What came back. */
export type DefenderAnswer =
  | { readonly ok: true; readonly status: number; readonly body: unknown }
  /** `body` is what an error status carried, parsed where it is JSON; text where it is not; undefined where it is nothing. */
  | { readonly ok: false; readonly failure: DefenderFailure; readonly body: unknown };

/** Sends calls, and tells the log of each: never a token, never a body. */
export interface DefenderHttp {
  /** Never throws for what the wire does. */
  send(token: DefenderToken, call: DefenderCall): Promise<DefenderAnswer>;
}

/** Repeats are for reads alone: a POST that may have been heard is never sent again. Redirects are answers, not followed. */
const client: KyInstance = ky.create({
  redirect: 'manual',
  headers: { accept: 'application/json' },
  timeout: false,
});
const shortPause = (attempt: number) => 200 * 2 ** (attempt - 1);

/** The HTTP side of the Defender client. */
export function createDefenderHttp(log: Log): DefenderHttp {
  return {
    async send(token, call) {
      const began = performance.now();
      const { answer, causes } = await attempt(token, call);
      const durationMs = Math.round(performance.now() - began);
      const fields = { call: 'defender', method: call.method, path: call.path, ...told(answer), durationMs };
      if (answer.ok) log.info(fields, 'Defender answered');
      else log.warn(causes === undefined ? fields : { ...fields, causes }, 'Defender call failed');
      return answer;
    },
  };
}

interface Attempt {
  readonly answer: DefenderAnswer;
  /** For the log: names and codes of what went wrong underneath. */
  readonly causes?: string;
}

async function attempt(token: DefenderToken, call: DefenderCall): Promise<Attempt> {
  try {
    const pending = client(call.url, { ...optionsOf(call), headers: { authorization: `Bearer ${token.reveal()}` } });
    const { status } = await pending;
    return { answer: readable(status, await wholeBody(pending)) };
  } catch (error) {
    const failure = failureOf(error, Date.now());
    if (failure === undefined) throw error;
    const body = error instanceof HTTPError ? error.data : undefined;
    const causes = failure.kind === 'unanswered' ? { causes: causeCodes(error) } : {};
    return { answer: { ok: false, failure, body }, ...causes };
  }
}

/** The HTTP client gives a broken body as the bare error of `fetch`, which could be any fault of ours. */
async function wholeBody(pending: ResponsePromise): Promise<string> {
  try {
    return await pending.text();
  } catch (error) {
    if (error instanceof TimeoutError) throw error;
    throw new BrokenBody('The answer broke off', { cause: error });
  }
}

function optionsOf(call: DefenderCall): Options {
  switch (call.method) {
    case 'GET':
      return {
        totalTimeout: readPatience,
        retry: {
          limit: call.repeats,
          methods: ['get'],
          statusCodes: [502, 503, 504],
          afterStatusCodes: [],
          delay: shortPause,
        },
      };
    case 'POST':
      return {
        method: 'POST',
        json: call.body,
        retry: 0,
        totalTimeout: Math.max(1, call.sendBefore - performance.now()),
        fetch: (input, init) => fetchBefore(call.sendBefore, input, init),
      };
  }
}

/** The last line before the network: here nothing of ours can stand between the check and the request. */
function fetchBefore(deadline: number, ...request: Parameters<typeof fetch>): Promise<Response> {
  return performance.now() < deadline
    ? fetch(...request)
    : Promise.reject(new DeadlinePassed('Not sent: its time was up'));
}

function readable(status: number, text: string): DefenderAnswer {
  const body = parsedJson(text);
  if (body !== undefined) return { ok: true, status, body };
  return { ok: false, failure: { kind: 'unreadable', status }, body: text };
}

/** What the log says of an answer. */
function told(answer: DefenderAnswer): LogFields {
  if (answer.ok) return { status: answer.status };
  const { failure } = answer;
  switch (failure.kind) {
    case 'answered':
      return { status: failure.status, code: failure.code, correlationId: failure.correlationId };
    case 'unanswered':
      return { sent: failure.sent };
    case 'unreadable':
      return { status: failure.status, unreadable: true };
  }
}
