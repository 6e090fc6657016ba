import ky, { HTTPError, type KyInstance, type Options, type ResponsePromise, TimeoutError } from 'ky';
import type { CallWish } from '../../domain/call-budget.ts';
import type { DefenderFailure } from '../../domain/defender-failure.ts';
import { second } from '../../domain/instant.ts';
import { defaultThrottleMs } from '../../domain/problem-of-failure.ts';
import type { DefenderToken } from '../../domain/secret.ts';
import type { DefenderBudget, Log, LogFields } from '../../ports.ts';
import { parsedJson } from '../parsed-json.ts';
import { BrokenBody, BudgetSpent, DeadlinePassed, failureOf } from './failures.ts';
import { causeCodes } from './unsent.ts';

/** A whole read may take this long, repeats and body included. */
const readPatience = 8 * second;
/** How often a read is repeated after a network error, 502, 503 or 504. */
export const readRepeats = 2;

/** One call. `path` is for the log: a template, without what people typed. `wish` is what each try costs. */
export type DefenderCall =
  | {
      readonly method: 'GET';
      readonly wish: CallWish;
      readonly path: string;
      readonly url: URL;
      readonly repeats: number;
    }
  | {
      readonly method: 'POST';
      readonly wish: CallWish;
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

/** The HTTP side of the Defender client. Nothing is sent that the budget does not have. */
export function createDefenderHttp(budget: DefenderBudget, log: Log): DefenderHttp {
  return {
    async send(token, call) {
      const began = performance.now();
      const { answer, causes } = await attempt(budget, token, call);
      const waitMs = pauseAfter(answer);
      if (waitMs !== undefined) await budget.pause(call.wish.api, waitMs);
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

/** How long Defender wants to be left alone; undefined for any answer but a 429. */
function pauseAfter(answer: DefenderAnswer): number | undefined {
  if (answer.ok || answer.failure.kind !== 'answered' || answer.failure.status !== 429) return undefined;
  return answer.failure.retryAfterMs ?? defaultThrottleMs;
}

async function attempt(budget: DefenderBudget, token: DefenderToken, call: DefenderCall): Promise<Attempt> {
  let isOnItsWay = false;
  const departs = () => {
    isOnItsWay = true;
  };
  try {
    const pending = client(call.url, {
      ...optionsOf(call, budget, departs),
      headers: { authorization: `Bearer ${token.reveal()}` },
    });
    const { status } = await pending;
    return { answer: readable(status, await wholeBody(pending)) };
  } catch (error) {
    // The client's own clock may strike before a byte was sent.
    const isUnsent = error instanceof TimeoutError && !isOnItsWay;
    const cause = isUnsent ? new DeadlinePassed('Not sent: its time was up', { cause: error }) : error;
    const failure = failureOf(cause, Date.now());
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

function optionsOf(call: DefenderCall, budget: DefenderBudget, departs: () => void): Options {
  const sendBefore = call.method === 'POST' ? call.sendBefore : performance.now() + readPatience;
  const fetch: Options['fetch'] = (input, init) => fetchWithin(budget, call.wish, sendBefore, departs, input, init);
  switch (call.method) {
    case 'GET':
      return {
        fetch,
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
        totalTimeout: Math.max(1, sendBefore - performance.now()),
        fetch,
      };
  }
}

/** The last lines before the network, for every try: nothing of ours stands between the last check and the request. */
async function fetchWithin(
  budget: DefenderBudget,
  wish: CallWish,
  sendBefore: number,
  departs: () => void,
  ...request: Parameters<typeof fetch>
): Promise<Response> {
  if (performance.now() >= sendBefore) throw new DeadlinePassed('Not sent: its time was up');
  const answer = await budget.take(wish);
  if (answer.kind === 'none') throw new BudgetSpent(answer.retryAfterMs);
  if (performance.now() >= sendBefore) throw new DeadlinePassed('Not sent: its time was up');
  departs();
  return fetch(...request);
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
    case 'noBudget':
      return { sent: false, retryAfterMs: failure.retryAfterMs };
    case 'unreadable':
      return { status: failure.status, unreadable: true };
  }
}
