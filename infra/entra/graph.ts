/** Microsoft Graph, as far as an app registration needs it. */
import ky, { HTTPError, type KyInstance } from 'ky';
import { z } from 'zod';
import { type Federated, federatedShape, type WantedFederated } from './federated.ts';
import { type Registration, registrationShape } from './wanted.ts';

/** Graph refused, with its own words: they name what is missing, and hold no secret. */
export class GraphRefused extends Error {
  override readonly name = 'GraphRefused';
}

const servicePrincipalShape = z.object({
  id: z.string(),
  appId: z.string(),
  oauth2PermissionScopes: z.array(z.object({ id: z.string(), value: z.string().nullable() })).default([]),
});
/** An application's face in this tenant. */
export type ServicePrincipal = z.infer<typeof servicePrincipalShape>;

const errorShape = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

/**
 * What has just been made is not seen everywhere at once: such a 404 passes within seconds. A busy Graph is asked again,
 * but what may have made something already is not made twice.
 */
const retry = { limit: 6, methods: ['get', 'patch'], statusCodes: [404, 429, 503, 504] };
const retryOfPost = { limit: 6, methods: ['post'], statusCodes: [404, 429] };

/** Calls of API version 1.0, as the person who is signed in to the Azure CLI. */
export class Graph {
  readonly #http: KyInstance;

  /** @param endpoint `https://graph.microsoft.com/`, or that of another cloud */
  constructor(endpoint: string, token: string) {
    const prefix = `${endpoint.replace(/\/$/, '')}/v1.0/`;
    this.#http = ky.create({ prefix, headers: { authorization: `Bearer ${token}` }, retry, timeout: 30_000 });
  }

  /** Every registration of that name; names are not unique. */
  async findByName(name: string): Promise<readonly Registration[]> {
    const searchParams = { $filter: `displayName eq '${name.replaceAll("'", "''")}'` };
    return listOf(registrationShape).parse(await this.#read('applications', searchParams)).value;
  }

  async findByAppId(appId: string): Promise<Registration | undefined> {
    const found = await this.#read('applications', { $filter: `appId eq '${appId}'` });
    return listOf(registrationShape).parse(found).value[0];
  }

  async create(displayName: string): Promise<Registration> {
    const json = { displayName, signInAudience: 'AzureADMyOrg' };
    return registrationShape.parse(await this.#write('post', 'applications', json));
  }

  /** Writes what this project looks after, and leaves the rest. */
  async update(app: Registration): Promise<void> {
    const { id, signInAudience, identifierUris, api, appRoles, requiredResourceAccess, web } = app;
    const { redirectUris } = web;
    const json = { signInAudience, identifierUris, api, appRoles, requiredResourceAccess, web: { redirectUris } };
    await this.#write('patch', `applications/${id}`, json);
  }

  async servicePrincipal(appId: string): Promise<ServicePrincipal | undefined> {
    const found = await this.#read('servicePrincipals', { $filter: `appId eq '${appId}'` });
    return listOf(servicePrincipalShape).parse(found).value[0];
  }

  async createServicePrincipal(appId: string): Promise<void> {
    await this.#write('post', 'servicePrincipals', { appId });
  }

  async federated(app: Pick<Registration, 'id'>): Promise<readonly Federated[]> {
    return listOf(federatedShape).parse(await this.#read(`applications/${app.id}/federatedIdentityCredentials`)).value;
  }

  async addFederated(app: Pick<Registration, 'id'>, credential: WantedFederated): Promise<void> {
    await this.#write('post', `applications/${app.id}/federatedIdentityCredentials`, { ...credential });
  }

  async changeFederated(app: Pick<Registration, 'id'>, id: string, credential: WantedFederated): Promise<void> {
    const { issuer, subject, audiences } = credential;
    const json = { issuer, subject, audiences };
    await this.#write('patch', `applications/${app.id}/federatedIdentityCredentials/${id}`, json);
  }

  async #read(path: string, searchParams: Readonly<Record<string, string>> = {}): Promise<unknown> {
    return await told(() => this.#http.get(path, { searchParams }).json());
  }

  async #write(method: 'post' | 'patch', path: string, json: object): Promise<unknown> {
    const options = { method, json, ...(method === 'post' ? { retry: retryOfPost } : {}) };
    const text = await told(() => this.#http(path, options).text());
    return text === '' ? undefined : JSON.parse(text);
  }
}

function listOf<Shape extends z.ZodType>(shape: Shape) {
  return z.object({ value: z.array(shape) });
}

/** Graph's own words in place of the client's error, which holds the request and so the token. */
async function told<Value>(call: () => Promise<Value>): Promise<Value> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof HTTPError)) throw new GraphRefused(`Graph gave no answer: ${nameOf(error)}`);
    const { status } = error.response;
    const said = errorShape.safeParse(error.data);
    const words = said.success ? `${said.data.error.code}: ${said.data.error.message}` : 'without a reason';
    throw new GraphRefused(`Graph refused with ${status}, ${words}`);
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
