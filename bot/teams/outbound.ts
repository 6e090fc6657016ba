/**
 * The SDK's clients, made safe. They follow redirects, with somebody's token in hand, and they repeat a POST whose answer
 * was lost, so that a post would stand there twice. Both are policies of a pipeline that the SDK does not show.
 */
import type { ConnectorClient } from 'botframework-connector';
import { ConnectorFactory } from 'botframework-connector';
import { z } from 'zod';

interface Pipeline {
  readonly removePolicy: (which: { readonly name: string }) => unknown;
}

const redirects = { name: 'redirectPolicy' } as const;
const repeats = { name: 'defaultRetryPolicy' } as const;
/** Which of the SDK's policies a client goes without. */
export type Unwanted = typeof redirects | typeof repeats;

/** For posts of our own accord: their jobs repeat them, looking first at what has been noted. */
export const neitherRedirectsNorRepeats: readonly Unwanted[] = [redirects, repeats];
/** For answers within a turn, which nobody repeats, and for the Token Service. */
export const noRedirects: readonly Unwanted[] = [redirects];

const isPipeline = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'removePolicy' in value && typeof value.removePolicy === 'function';
/** `ServiceClientContext` of botbuilder-stdlib 4.23.3, read in source. */
const serviceClient = z.object({ client: z.object({ pipeline: z.custom<Pipeline>(isPipeline) }) });
const tokenClient = z.object({ client: serviceClient });

/** Takes policies out of a connector client. Throws when the SDK is built otherwise than we know it. */
export function withoutPolicies(client: unknown, unwanted: readonly Unwanted[]): void {
  const { pipeline } = serviceClient.parse(client).client;
  for (const policy of unwanted) pipeline.removePolicy(policy);
}

/** The same for a `UserTokenClient`, which holds such a client. */
export function withoutRedirects(userTokenClient: unknown): void {
  withoutPolicies(tokenClient.parse(userTokenClient).client, noRedirects);
}

/** Teams has one service URL for each region and tenant; a tenant that moves gets another. */
const mostClients = 100;

/**
 * Makes connector clients as the SDK does, without the unwanted policies, and keeps them: the SDK makes one for every turn,
 * which costs more than the turn itself.
 */
export class SafeConnectorFactory extends ConnectorFactory {
  readonly #inner: ConnectorFactory;
  readonly #unwanted: readonly Unwanted[];
  readonly #clients = new Map<string, ConnectorClient>();

  constructor(inner: ConnectorFactory, unwanted: readonly Unwanted[]) {
    super();
    this.#inner = inner;
    this.#unwanted = unwanted;
  }

  /** A client for a host that authentication has found on the list. */
  override async create(serviceUrl: string, audience?: string): Promise<ConnectorClient> {
    const key = `${audience ?? ''} ${serviceUrl}`;
    const kept = this.#clients.get(key);
    if (kept !== undefined) return kept;
    const client = await this.#inner.create(serviceUrl, audience);
    withoutPolicies(client, this.#unwanted);
    this.#clients.set(key, client);
    const [oldest] = this.#clients.keys();
    if (this.#clients.size > mostClients && oldest !== undefined) this.#clients.delete(oldest);
    return client;
  }
}
