/**
 * The Bot Connector for load: it checks the bot's token, takes posts and edits, names the members. The sandbox' own
 * connector keeps every conversation and would itself be what is measured.
 */

import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import { certificates } from '../sandbox/certificates.ts';
import { channelAccount } from '../sandbox/connector-answers.ts';
import type { EntraTokens } from '../sandbox/entra-tokens.ts';
import type { Person } from '../sandbox/people.ts';

/** What a call is about. */
const callPath = /^\/emea\/v3\/conversations\/(?<conversation>[^/?]+)\/(?<what>activities|pagedmembers|members)/;

/** Listens with TLS, as the sandbox' hosts do. */
export class LeanConnector {
  readonly serviceUrl: string;
  /** The host and port of `serviceUrl`. */
  readonly host: string;
  /** When the newest posts and edits came, on `performance.now()`; oldest first, those of the last minute at least. */
  readonly #moments: number[] = [];
  readonly #awaited = new Map<string, (at: number) => void>();
  /** A token is the same text for an hour: its signature is checked once. */
  readonly #trusted = new Set<string>();
  readonly #server: Server;
  readonly #tokens: EntraTokens;
  readonly #members: string;

  constructor(server: Server, port: number, tokens: EntraTokens, members: readonly Person[]) {
    this.#server = server;
    this.#tokens = tokens;
    this.#members = JSON.stringify({ members: members.map(channelAccount) });
    this.host = `127.0.0.1:${port}`;
    this.serviceUrl = `https://${this.host}/emea/`;
    server.on('request', (request, response) => void this.#serve(request, response));
  }

  /** Resolves with the moment at which the bot's first post into this conversation (with its thread) has arrived. */
  replyIn(conversation: string): Promise<number> {
    return new Promise((resolve) => this.#awaited.set(conversation, resolve));
  }

  /** Posts and edits of the last so many milliseconds, at most those of the last minute. */
  writtenWithin(ms: number): number {
    const since = performance.now() - ms;
    return this.#moments.length - (this.#moments.findLastIndex((at) => at < since) + 1);
  }

  async close(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    request.resume();
    await once(request, 'end');
    const at = performance.now();
    if (!(await this.#isBot(request.headers.authorization))) return answer(response, 401, '{}');
    const { conversation, what } = callPath.exec(request.url ?? '')?.groups ?? {};
    if (conversation === undefined) return answer(response, 404, '{}');
    if (what !== 'activities') return answer(response, 200, this.#members);
    this.#note(at);
    if (request.method !== 'POST') return answer(response, 200, '{"id":"1"}');
    this.#arrived(decodeURIComponent(conversation), at);
    answer(response, 201, JSON.stringify({ id: String(Math.trunc(performance.timeOrigin + at * 1_000)) }));
  }

  #note(at: number): void {
    this.#moments.push(at);
    if (this.#moments.length > 10_000) this.#moments.splice(0, 5_000);
  }

  #arrived(conversation: string, at: number): void {
    const resolve = this.#awaited.get(conversation);
    this.#awaited.delete(conversation);
    resolve?.(at);
  }

  async #isBot(authorization = ''): Promise<boolean> {
    if (this.#trusted.has(authorization)) return true;
    const isBot = await this.#tokens.isBotToken(authorization.replace(/^Bearer /, ''));
    if (isBot) this.#trusted.add(authorization);
    return isBot;
  }
}

/** Opens one, on any free port. */
export async function openLeanConnector(tokens: EntraTokens, members: readonly Person[]): Promise<LeanConnector> {
  const { key, cert } = await certificates();
  const server = createServer({ key, cert, keepAliveTimeout: 65_000 });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the connector has no port');
  return new LeanConnector(server, address.port, tokens, members);
}

function answer(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
  response.end(body);
}
