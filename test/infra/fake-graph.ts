/** Microsoft Graph in memory, on loopback: applications, their faces in the tenant, their federated credentials. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import express, { type Express, type Request, type Response } from 'express';
import { z } from 'zod';

/** The token that the fake CLI gives. It must be in no output. */
export const graphToken = 'graph~token~marker';

const federated = z.object({
  name: z.string(),
  issuer: z.string(),
  subject: z.string(),
  audiences: z.array(z.string()),
});
const scope = z.looseObject({ id: z.string(), value: z.string(), type: z.string() });
const client = z.object({ appId: z.string(), delegatedPermissionIds: z.array(z.string()) });
const api = z.looseObject({
  requestedAccessTokenVersion: z.int().nullish(),
  oauth2PermissionScopes: z.array(scope).default([]),
  preAuthorizedApplications: z.array(client).default([]),
});
/** Strict where Graph is: a member that it does not know is refused. */
const patch = z.strictObject({
  signInAudience: z.string().optional(),
  identifierUris: z.array(z.string()).optional(),
  api: api.optional(),
  appRoles: z.array(z.looseObject({ id: z.string(), value: z.string() })).optional(),
  requiredResourceAccess: z
    .array(
      z.object({ resourceAppId: z.string(), resourceAccess: z.array(z.object({ id: z.string(), type: z.string() })) }),
    )
    .optional(),
  web: z.looseObject({ redirectUris: z.array(z.string()) }).optional(),
});

/** An application, as the fake keeps it. */
export type Application = z.infer<typeof patch> & {
  readonly id: string;
  readonly appId: string;
  readonly displayName: string;
  readonly federated: (z.infer<typeof federated> & { readonly id: string })[];
};

/** WindowsDefenderATP in this tenant: its permissions have other ids than anywhere else. */
export const defenderScopes = [
  { id: 'aa000000-0000-4000-8000-000000000001', value: 'Machine.Read' },
  { id: 'aa000000-0000-4000-8000-000000000002', value: 'Machine.CollectForensics' },
  { id: 'aa000000-0000-4000-8000-000000000003', value: 'Machine.Isolate' },
];
const defender = {
  id: randomUUID(),
  appId: 'fc780465-2017-40d4-a0c5-307022471b92',
  oauth2PermissionScopes: defenderScopes,
};

/** The fake, running. */
export class FakeGraph {
  readonly applications: Application[] = [];
  readonly servicePrincipals: { id: string; appId: string; oauth2PermissionScopes?: typeof defenderScopes }[] = [
    defender,
  ];
  /** Every call that would have changed something, as `PATCH applications`. */
  readonly writes: string[] = [];
  /** So many reads and changes of a new application find nothing, as on a replica of Graph that is behind. */
  lag = 0;
  readonly #server: Server;

  constructor() {
    this.#server = createServer(this.#routes());
  }

  async listen(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('the fake Graph has no port');
    return `http://127.0.0.1:${address.port}/`;
  }

  async close(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  #routes(): Express {
    const routes = express();
    routes.use(express.json());
    routes.use((request, response, next) => {
      if (request.header('authorization') !== `Bearer ${graphToken}`) return refuse(response, 401, 'no token');
      if (request.method !== 'GET') this.writes.push(`${request.method} ${request.path.split('/').at(2)}`);
      next();
    });
    routes.get('/v1.0/applications', (request, response) => list(response, this.applications, filterOf(request)));
    routes.get('/v1.0/servicePrincipals', (request, response) =>
      list(response, this.servicePrincipals, filterOf(request)),
    );
    routes.post('/v1.0/applications', (request, response) => this.#create(request, response));
    routes.post('/v1.0/servicePrincipals', (request, response) => {
      const { appId } = z.object({ appId: z.string() }).parse(request.body);
      if (!this.applications.some((app) => app.appId === appId)) return refuse(response, 400, 'no such application');
      this.servicePrincipals.push({ id: randomUUID(), appId });
      response.status(201).json(this.servicePrincipals.at(-1));
    });
    routes.patch('/v1.0/applications/:id', (request, response) => this.#change(request, response));
    routes.get('/v1.0/applications/:id/federatedIdentityCredentials', (request, response) => {
      const app = this.#find(request, response);
      if (app !== undefined) response.json({ value: app.federated });
    });
    routes.post('/v1.0/applications/:id/federatedIdentityCredentials', (request, response) => {
      const app = this.#find(request, response);
      if (app === undefined) return;
      const added = federated.parse(request.body);
      const isTwice = app.federated.some(
        ({ name, issuer, subject }) => name === added.name || (issuer === added.issuer && subject === added.subject),
      );
      if (isTwice) return refuse(response, 409, 'FederatedIdentityCredential with that name or subject exists');
      app.federated.push({ ...added, id: randomUUID() });
      response.status(201).json(app.federated.at(-1));
    });
    routes.patch('/v1.0/applications/:id/federatedIdentityCredentials/:credential', (request, response) => {
      const app = this.#find(request, response);
      const at = app?.federated.findIndex(({ id }) => id === request.params.credential) ?? -1;
      const old = app?.federated[at];
      if (app === undefined || old === undefined) return;
      app.federated[at] = { ...old, ...federated.omit({ name: true }).parse(request.body) };
      response.status(204).end();
    });
    return routes;
  }

  #create(request: Request, response: Response): void {
    const { displayName, signInAudience } = z
      .strictObject({ displayName: z.string(), signInAudience: z.string() })
      .parse(request.body);
    const made: Application = { ...blank(), id: randomUUID(), appId: randomUUID(), displayName, signInAudience };
    this.applications.push(made);
    response.status(201).json(made);
  }

  #change(request: Request, response: Response): void {
    const app = this.#find(request, response);
    if (app === undefined) return;
    const change = patch.safeParse(request.body);
    if (!change.success) {
      refuse(response, 400, z.prettifyError(change.error));
      return;
    }
    const known = new Set(app.api?.oauth2PermissionScopes.map(({ id }) => id));
    const named = change.data.api?.preAuthorizedApplications.flatMap((each) => each.delegatedPermissionIds) ?? [];
    const uris = change.data.identifierUris ?? [];
    if (!named.every((id) => known.has(id))) refuse(response, 400, 'a client names a scope that is not there');
    else if (!uris.every((uri) => uri.includes(app.appId))) refuse(response, 400, 'an identifier URI without the id');
    else {
      Object.assign(app, change.data);
      response.status(204).end();
    }
  }

  #find(request: Request, response: Response): Application | undefined {
    const app = this.applications.find(({ id }) => id === request.params.id);
    if (app !== undefined && this.lag === 0) return app;
    this.lag = Math.max(0, this.lag - 1);
    refuse(response, 404, 'Resource does not exist');
    return undefined;
  }
}

/** An application as the portal leaves it. */
export function blank() {
  return {
    signInAudience: 'AzureADMyOrg',
    identifierUris: [],
    api: { requestedAccessTokenVersion: null, oauth2PermissionScopes: [], preAuthorizedApplications: [] },
    appRoles: [],
    requiredResourceAccess: [],
    web: { redirectUris: [] },
    federated: [],
  };
}

interface Filter {
  readonly member: string;
  readonly value: string;
}

function filterOf(request: Request): Filter {
  const [, member = '', value = ''] = /^(\w+) eq '((?:[^']|'')*)'$/.exec(String(request.query.$filter)) ?? [];
  return { member, value: value.replaceAll("''", "'") };
}

function list(response: Response, all: readonly object[], { member, value }: Filter): void {
  response.json({ value: all.filter((each) => Object.entries(each).some(([k, v]) => k === member && v === value)) });
}

function refuse(response: Response, status: number, message: string): void {
  response.status(status).json({ error: { code: 'Request_BadRequest', message } });
}
