/** Makes the bot's app registration, or mends an existing one; what is right already is not touched. */
import { randomUUID } from 'node:crypto';
import { permissions as permissionNames } from '../../bot/consent-url.ts';
import { type FederatedFacts, saysTheSame, wantedFederated } from './federated.ts';
import type { Graph } from './graph.ts';
import { defenderAppId, type Plan, planClients, planRegistration, type Registration } from './wanted.ts';

/** The registration cannot be made, or it is unclear which one is meant. */
export class RegistrationRefused extends Error {
  override readonly name = 'RegistrationRefused';
}

/** What is wanted. */
export interface RegistrationWish {
  /** Found, or made, by this name… */
  readonly name: string;
  /** …unless the id says which one it is. */
  readonly appId: string | undefined;
  readonly redirect: string;
  /** The bot's host name; undefined while nobody knows it. */
  readonly domain: string | undefined;
  readonly federated: FederatedFacts;
  /** Reads everything and writes nothing. */
  readonly isDryRun: boolean;
}

/** Called with each thing that was changed, or with what was right. */
export type Tell = (line: string) => void;

/**
 * Brings the registration to what it has to be. Safe to repeat: a second run changes nothing.
 * @returns undefined in a dry run without a registration
 * @throws RegistrationRefused, GraphRefused
 */
export async function ensureRegistration(
  graph: Graph,
  wish: RegistrationWish,
  tell: Tell,
): Promise<Pick<Registration, 'appId'> | undefined> {
  const permissions = await permissionIds(graph);
  const found = await find(graph, wish);
  if (found === undefined && wish.isDryRun) {
    tell(`would make the app registration ${wish.name}, with all that a Collector needs`);
    return undefined;
  }
  const app = found ?? (await make(graph, wish.name, tell));
  const facts = { redirect: wish.redirect, domain: wish.domain, permissions, newId: randomUUID };
  const main = await carryOut(graph, planRegistration(app, facts), wish, tell);
  await carryOut(graph, planClients(main), wish, tell);
  await ensureServicePrincipal(graph, app, wish, tell);
  await ensureFederated(graph, app, wish, tell);
  return app;
}

/** Ids of the permissions, as Defender's own service principal in this tenant has them. */
async function permissionIds(graph: Graph): Promise<ReadonlyMap<string, string>> {
  const defender = await graph.servicePrincipal(defenderAppId);
  if (defender === undefined) {
    throw new RegistrationRefused('This tenant has no WindowsDefenderATP: does it have Defender for Endpoint?');
  }
  return new Map(
    permissionNames.map((name) => {
      const scope = defender.oauth2PermissionScopes.find(({ value }) => value === name);
      if (scope === undefined) throw new RegistrationRefused(`WindowsDefenderATP offers no delegated ${name} here.`);
      return [name, scope.id];
    }),
  );
}

async function find(graph: Graph, { name, appId }: RegistrationWish): Promise<Registration | undefined> {
  if (appId !== undefined) {
    const app = await graph.findByAppId(appId);
    if (app === undefined) throw new RegistrationRefused(`There is no app registration ${appId} in this tenant.`);
    return app;
  }
  const apps = await graph.findByName(name);
  if (apps.length > 1) {
    const ids = apps.map((app) => app.appId).join(', ');
    throw new RegistrationRefused(`Several app registrations are called ${name}. Say which one with --app: ${ids}`);
  }
  return apps[0];
}

async function make(graph: Graph, name: string, tell: Tell): Promise<Registration> {
  const app = await graph.create(name);
  tell(`made the app registration ${name}, ${app.appId}`);
  return app;
}

async function carryOut(graph: Graph, plan: Plan, { isDryRun }: RegistrationWish, tell: Tell): Promise<Registration> {
  if (plan.changes.length > 0 && !isDryRun) await graph.update(plan.wanted);
  for (const change of plan.changes) tell(`${isDryRun ? 'would set' : 'set'} ${change}`);
  return plan.wanted;
}

async function ensureServicePrincipal(graph: Graph, app: Registration, { isDryRun }: RegistrationWish, tell: Tell) {
  if ((await graph.servicePrincipal(app.appId)) !== undefined) return;
  if (!isDryRun) await graph.createServicePrincipal(app.appId);
  tell(`${isDryRun ? 'would make' : 'made'} its enterprise application`);
}

async function ensureFederated(graph: Graph, app: Registration, wish: RegistrationWish, tell: Tell): Promise<void> {
  const there = await graph.federated(app);
  for (const wanted of wantedFederated(wish.federated)) {
    if (there.some((each) => saysTheSame(each, wanted))) continue;
    const ofThatName = there.find(({ name }) => name === wanted.name);
    if (!wish.isDryRun) {
      if (ofThatName === undefined) await graph.addFederated(app, wanted);
      else await graph.changeFederated(app, ofThatName.id, wanted);
    }
    tell(`${wish.isDryRun ? 'would set' : 'set'} federated credential ${wanted.name} for ${wanted.subject}`);
  }
}
