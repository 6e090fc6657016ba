/** What the bot's app registration has to be, compared with what it is. Pure: Graph is read and written elsewhere. */
import { z } from 'zod';

const scopeShape = z.looseObject({
  id: z.string(),
  value: z.string().nullable(),
  isEnabled: z.boolean(),
});
const preAuthorizedShape = z.looseObject({ appId: z.string(), delegatedPermissionIds: z.array(z.string()) });
const accessShape = z.object({
  resourceAppId: z.string(),
  resourceAccess: z.array(z.object({ id: z.string(), type: z.string() })),
});

/** An application as Graph gives it (page 'application resource type'), as far as it matters here. */
export const registrationShape = z.object({
  id: z.string(),
  appId: z.string(),
  displayName: z.string(),
  signInAudience: z.string().nullable(),
  identifierUris: z.array(z.string()),
  api: z.looseObject({
    requestedAccessTokenVersion: z.int().nullish(),
    oauth2PermissionScopes: z.array(scopeShape).default([]),
    preAuthorizedApplications: z.array(preAuthorizedShape).default([]),
  }),
  appRoles: z.array(scopeShape),
  requiredResourceAccess: z.array(accessShape),
  web: z.looseObject({ redirectUris: z.array(z.string()).default([]) }),
});
/** See `registrationShape`. */
export type Registration = z.infer<typeof registrationShape>;

/** What the wanted registration depends on. */
export interface Facts {
  /** Where the Token Service finishes a sign-in. */
  readonly redirect: string;
  /** The bot's host name; undefined while nobody knows it. */
  readonly domain: string | undefined;
  /** Ids of the two permissions in this tenant, by their names. */
  readonly permissions: ReadonlyMap<string, string>;
  readonly newId: () => string;
}

/** The registration as it should be, and what of it is new, in words. */
export interface Plan {
  readonly wanted: Registration;
  readonly changes: readonly string[];
}

/** WindowsDefenderATP, the resource of Defender's API. */
export const defenderAppId = 'fc780465-2017-40d4-a0c5-307022471b92';

const scopeName = 'access_as_user';
const roleName = 'Collect.Approve';
/** Page 'Enable SSO for bots': Teams on desktop and mobile, and in the browser. They ask for the scope without a question. */
const teamsClients = ['1fec8e78-bce4-4aaf-ab1b-5451cc387264', '5e3ce6c0-2b1f-4285-8d4b-75ee78787346'] as const;

/** Everything but the pre-authorised clients: Graph takes those only when the scope that they name is there already. */
export function planRegistration(current: Registration, facts: Facts): Plan {
  const steps: readonly Step[] = [
    ownTenantOnly,
    (app) => identifierUri(app, `api://botid-${app.appId}`),
    ...(facts.domain === undefined ? [] : [tabUri(facts.domain)]),
    tokenVersion,
    (app) => scope(app, facts.newId),
    (app) => approverRole(app, facts.newId),
    (app) => defenderPermissions(app, facts.permissions),
    (app) => redirectUri(app, facts.redirect),
  ];
  return follow(current, steps);
}

/** The Teams clients, which may ask for the scope. */
export function planClients(current: Registration): Plan {
  const scopeId = current.api.oauth2PermissionScopes.find(({ value }) => value === scopeName)?.id ?? '';
  return follow(
    current,
    teamsClients.map((client) => (app: Registration) => preAuthorized(app, client, scopeId)),
  );
}

/** A registration with one thing as it should be; the same object where it was so already. */
type Step = (app: Registration) => { readonly app: Registration; readonly change?: string };

function follow(current: Registration, steps: readonly Step[]): Plan {
  let wanted = current;
  const changes: string[] = [];
  for (const step of steps) {
    const { app, change } = step(wanted);
    wanted = app;
    if (change !== undefined) changes.push(change);
  }
  return { wanted, changes };
}

function ownTenantOnly(app: Registration): ReturnType<Step> {
  if (app.signInAudience === 'AzureADMyOrg') return { app };
  return { app: { ...app, signInAudience: 'AzureADMyOrg' }, change: 'accounts of this tenant only' };
}

/** Teams compares the host in it with the one that the tab is loaded from ('Configure your tab app in Microsoft Entra ID'). */
function tabUri(domain: string): Step {
  return (app) => identifierUri(app, `api://${domain}/botid-${app.appId}`);
}

function identifierUri(app: Registration, uri: string): ReturnType<Step> {
  if (app.identifierUris.includes(uri)) return { app };
  return { app: { ...app, identifierUris: [...app.identifierUris, uri] }, change: `identifier URI ${uri}` };
}

function tokenVersion(app: Registration): ReturnType<Step> {
  if (app.api.requestedAccessTokenVersion === 2) return { app };
  return { app: { ...app, api: { ...app.api, requestedAccessTokenVersion: 2 } }, change: 'access tokens of version 2' };
}

function scope(app: Registration, newId: () => string): ReturnType<Step> {
  const scopes = app.api.oauth2PermissionScopes;
  if (scopes.some(({ value, isEnabled }) => value === scopeName && isEnabled)) return { app };
  const added = {
    ...texts(),
    id: scopes.find(({ value }) => value === scopeName)?.id ?? newId(),
    value: scopeName,
    type: 'User',
    isEnabled: true,
  };
  const others = scopes.filter(({ value }) => value !== scopeName);
  const api = { ...app.api, oauth2PermissionScopes: [...others, added] };
  return { app: { ...app, api }, change: `scope ${scopeName}` };
}

function texts() {
  return {
    adminConsentDisplayName: 'Use Collector as yourself',
    adminConsentDescription: 'Lets Teams sign people in to Collector, which then asks Defender on their behalf.',
    userConsentDisplayName: 'Use Collector as yourself',
    userConsentDescription: 'Lets Teams sign you in to Collector, which then asks Defender on your behalf.',
  };
}

function approverRole(app: Registration, newId: () => string): ReturnType<Step> {
  if (app.appRoles.some(({ value, isEnabled }) => value === roleName && isEnabled)) return { app };
  const added = {
    id: app.appRoles.find(({ value }) => value === roleName)?.id ?? newId(),
    value: roleName,
    displayName: 'Approver of collections',
    description: 'May approve what somebody else asks Collector to collect, where APPROVER_ROLE names this role.',
    allowedMemberTypes: ['User'],
    isEnabled: true,
  };
  const others = app.appRoles.filter(({ value }) => value !== roleName);
  return { app: { ...app, appRoles: [...others, added] }, change: `app role ${roleName}` };
}

/** Exactly these two of Defender; what is asked of other resources is left alone. */
function defenderPermissions(app: Registration, permissions: Facts['permissions']): ReturnType<Step> {
  const resourceAccess = [...permissions.values()].map((id) => ({ id, type: 'Scope' }));
  const current = app.requiredResourceAccess.find(({ resourceAppId }) => resourceAppId === defenderAppId);
  const asText = (list: typeof resourceAccess) =>
    list
      .map(({ id, type }) => `${type} ${id}`)
      .toSorted()
      .join();
  if (current !== undefined && asText(current.resourceAccess) === asText(resourceAccess)) return { app };
  const others = app.requiredResourceAccess.filter(({ resourceAppId }) => resourceAppId !== defenderAppId);
  const requiredResourceAccess = [...others, { resourceAppId: defenderAppId, resourceAccess }];
  const names = [...permissions.keys()].join(' and ');
  return {
    app: { ...app, requiredResourceAccess },
    change: `delegated permissions ${names} of Defender, and no others`,
  };
}

function redirectUri(app: Registration, redirect: string): ReturnType<Step> {
  if (app.web.redirectUris.includes(redirect)) return { app };
  const web = { ...app.web, redirectUris: [...app.web.redirectUris, redirect] };
  return { app: { ...app, web }, change: `redirect URI ${redirect}` };
}

function preAuthorized(app: Registration, client: string, scopeId: string): ReturnType<Step> {
  const clients = app.api.preAuthorizedApplications;
  const known = clients.find(({ appId }) => appId === client);
  if (known?.delegatedPermissionIds.includes(scopeId)) return { app };
  const delegatedPermissionIds = [...(known?.delegatedPermissionIds ?? []), scopeId];
  const others = clients.filter(({ appId }) => appId !== client);
  const api = {
    ...app.api,
    preAuthorizedApplications: [...others, { ...known, appId: client, delegatedPermissionIds }],
  };
  return { app: { ...app, api }, change: `Teams client ${client} may ask for ${scopeName}` };
}
