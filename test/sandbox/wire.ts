import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import express, { type Express, type Request } from 'express';
import type { Faults, FaultyAnswer, InjectedFault } from './faults.ts';
import type { Journal } from './journal.ts';
import type { JsonObject } from './json.ts';
import type { Operation } from './operations.ts';

/** One request as the sandbox's parts see it. */
export interface WireRequest {
  readonly method: string;
  readonly path: string;
  /** The named parts of the path, decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly rawBody: string;
  /** The body parsed as JSON; undefined if it is not JSON. */
  readonly json: unknown;
}

/** One answer. A body that is text goes out as it is, anything else as JSON. `note` goes to the journal alone. */
export interface WireAnswer extends FaultyAnswer {
  readonly note?: JsonObject;
}

/** What the sandbox does for one call. */
export interface Route {
  readonly operation: Operation | ((request: WireRequest) => Operation);
  readonly handle: (request: WireRequest) => WireAnswer | Promise<WireAnswer>;
  /** What the journal notes when the request comes in. */
  readonly describe?: (request: WireRequest) => JsonObject;
}

/** The wires of the sandbox: journal and faults are the same for every host. */
export class Wire {
  readonly #journal: Journal;
  readonly #faults: Faults;
  readonly #stopping = new AbortController();

  constructor(journal: Journal, faults: Faults) {
    this.#journal = journal;
    this.#faults = faults;
  }

  /** A host without routes. Its bodies are read as text, up to 2 MB. */
  host(): Express {
    const app = express();
    app.disable('x-powered-by');
    app.disable('etag');
    app.use(express.text({ type: () => true, limit: '2mb' }));
    return app;
  }

  /** Adds a route to a host. */
  route(app: Express, method: 'get' | 'post' | 'put' | 'delete' | 'all', path: string, route: Route): void {
    app[method](path, async (request, response) => {
      await this.#serve(route, wireRequest(request), response);
    });
  }

  /** Ends everything that waits. */
  stop(): void {
    this.#stopping.abort();
    this.#faults.clear();
  }

  async #serve(route: Route, request: WireRequest, response: ServerResponse): Promise<void> {
    const operation = typeof route.operation === 'string' ? route.operation : route.operation(request);
    const seen = { method: request.method, path: request.path, ...route.describe?.(request) };
    this.#journal.add(`${operation}.received`, seen);
    const fault = this.#faults.meeting(operation, request);
    const answer = await this.#act(fault, () => this.#handle(route, request));
    const data = { ...seen, ...answered(answer), ...(fault && { fault: fault.fault.kind }) };
    if (answer === 'hang' || response.destroyed) {
      this.#journal.add(`${operation}.answered`, { ...data, lost: true });
    } else if (answer === 'reset') {
      response.socket?.destroy();
      this.#journal.add(`${operation}.answered`, { ...data, lost: true });
    } else {
      // The journal comes first: who has received the answer may rely on the event.
      this.#journal.add(`${operation}.answered`, data);
      write(response, answer);
    }
  }

  /** A fault of the sandbox itself must be seen as such, not as a refusal of the real cloud. */
  async #handle(route: Route, request: WireRequest): Promise<WireAnswer> {
    try {
      return await route.handle(request);
    } catch (error) {
      const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
      return { status: 599, body: `The sandbox itself failed: ${message}`, note: { sandboxFailure: message } };
    }
  }

  async #act(fault: InjectedFault | undefined, act: () => Promise<WireAnswer>): Promise<Ending> {
    if (!fault) return act();
    const { fault: kind } = fault;
    switch (kind.kind) {
      case 'answer':
        fault.arrived();
        return kind;
      case 'reset':
      case 'hang':
        fault.arrived();
        return kind.kind;
      case 'actLate':
        fault.arrived();
        await this.#wait(kind.milliseconds);
        return act();
      case 'holdBefore':
        fault.arrived();
        await fault.released;
        return act();
      case 'loseAnswer':
        await act();
        fault.arrived();
        return 'reset';
      case 'answerInstead':
        await act();
        fault.arrived();
        return kind;
      case 'truncate':
        return truncated(await act(), fault);
      case 'answerLate': {
        const answer = await act();
        fault.arrived();
        await this.#wait(kind.milliseconds);
        return answer;
      }
      case 'hold': {
        const answer = await act();
        fault.arrived();
        await fault.released;
        return answer;
      }
    }
  }

  async #wait(milliseconds: number): Promise<void> {
    await delay(milliseconds, undefined, { signal: this.#stopping.signal, ref: false }).catch((error: unknown) => {
      // A stopped sandbox wakes its sleepers; nobody is left to hear their answers.
      if (!this.#stopping.signal.aborted) throw error;
    });
  }
}

type Ending = WireAnswer | 'reset' | 'hang';

function answered(answer: Ending): JsonObject {
  return typeof answer === 'string' ? {} : { status: answer.status, ...answer.note };
}

function truncated(answer: WireAnswer, fault: InjectedFault): WireAnswer {
  fault.arrived();
  const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body ?? null);
  const headers = { 'Content-Type': 'application/json; charset=utf-8', ...answer.headers };
  return { status: answer.status, headers, body: text.slice(0, Math.floor(text.length / 2)) };
}

function wireRequest(request: Request): WireRequest {
  const body: unknown = request.body;
  const rawBody = typeof body === 'string' ? body : '';
  const url = new URL(request.originalUrl, 'https://sandbox');
  const params: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.params)) params[name] = String(value);
  const { method, headers } = request;
  return { method, path: url.pathname, params, query: url.searchParams, headers, rawBody, json: parseJson(rawBody) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON: the part that reads it refuses it in its own words.
    return undefined;
  }
}

function write(response: ServerResponse, answer: FaultyAnswer): void {
  const { body } = answer;
  const isText = typeof body === 'string';
  const contentType = isText ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8';
  const payload = body === undefined ? '' : isText ? body : JSON.stringify(body);
  response.writeHead(answer.status, {
    ...(payload !== '' && { 'Content-Type': contentType }),
    ...answer.headers,
    'Content-Length': Buffer.byteLength(payload),
  });
  response.end(payload);
}

/** The scheme's credentials of an `Authorization: Bearer` header, or undefined. */
export function bearerOf(request: WireRequest): string | undefined {
  return /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
}
