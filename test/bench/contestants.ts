/** Who is measured, and how each is started. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { ContestantName, TaskName } from './results.ts';
import type { World } from './world.ts';

/** As tables show them. */
export const titles: Readonly<Record<ContestantName, string>> = {
  collectorPostgres: 'Collector, PostgreSQL',
  collectorEmbedded: 'Collector, embedded store',
  botbuilder: 'botbuilder 4.23.3',
  agents: '@microsoft/agents-hosting 1.8.1',
  teams: '@microsoft/teams.apps 2.1.0',
  bare: 'node:http, no bot',
};

/** Somebody who is measured. */
export interface Contestant {
  readonly name: ContestantName;
  /** What is asked of it, in this order. */
  readonly tasks: readonly TaskName[];
  /** Whether it keeps Teams' limits, so that bursts have to leave it the time. */
  readonly keepsLimits: boolean;
  /** Arguments for Node. */
  readonly node: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

export const root = join(import.meta.dirname, '..', '..');
/** The peers, with packages of their own. */
export const peersFolder = join(import.meta.dirname, 'peers');

/** Our two, by what `DATABASE_URL` says. */
export function ourContestants({ environment }: World, databases: Databases): readonly Contestant[] {
  const common = { keepsLimits: true, node: startArguments() };
  return [
    {
      ...common,
      name: 'collectorPostgres',
      tasks: ['help', 'collect'],
      environment: { ...environment, DATABASE_URL: databases.postgres },
    },
    {
      ...common,
      name: 'collectorEmbedded',
      tasks: ['collect'],
      environment: { ...environment, DATABASE_URL: databases.embedded },
    },
  ];
}

/** Where our bot keeps what it knows. */
export interface Databases {
  readonly postgres: string;
  readonly embedded: string;
}

/** The echo bots of the three SDKs, and bare Node. */
export function peers({ sandbox, environment }: World): readonly Contestant[] {
  const led = JSON.stringify({
    'login.microsoftonline.com': portOf(sandbox.hosts.entra.url),
    'login.botframework.com': portOf(sandbox.hosts.botFramework.url),
  });
  const { MicrosoftAppId, MicrosoftAppPassword, MicrosoftAppTenantId, NODE_EXTRA_CA_CERTS } = environment;
  const trust = { LED_TO_LOOPBACK: led, NODE_EXTRA_CA_CERTS: NODE_EXTRA_CA_CERTS ?? '' };
  const app = [MicrosoftAppId ?? '', MicrosoftAppPassword ?? '', MicrosoftAppTenantId ?? ''] as const;
  const common = { tasks: ['echo'], keepsLimits: false } as const;
  const start = (file: string) => ['--import', join(peersFolder, 'lead-to-loopback.mjs'), join(peersFolder, file)];
  return [
    {
      ...common,
      name: 'botbuilder',
      node: start('botbuilder-echo.mjs'),
      environment: { ...trust, MicrosoftAppType: 'SingleTenant', ...named(app, nameOf.botbuilder) },
    },
    {
      ...common,
      name: 'agents',
      node: start('agents-echo.mjs'),
      environment: { ...trust, ...named(app, nameOf.agents) },
    },
    {
      ...common,
      name: 'teams',
      node: start('teams-echo.mjs'),
      environment: { ...trust, ...named(app, nameOf.teams) },
    },
    { ...common, name: 'bare', node: [join(peersFolder, 'bare-node.mjs')], environment },
  ];
}

/** What the samples call the app's id, its secret, and its tenant. */
const nameOf = {
  botbuilder: ['MicrosoftAppId', 'MicrosoftAppPassword', 'MicrosoftAppTenantId'],
  agents: ['clientId', 'clientSecret', 'tenantId'],
  teams: ['CLIENT_ID', 'CLIENT_SECRET', 'TENANT_ID'],
} as const;

type Three = readonly [string, string, string];

function named(values: Three, names: Three): Readonly<Record<string, string>> {
  return { [names[0]]: values[0], [names[1]]: values[1], [names[2]]: values[2] };
}

const manifest = z.object({ scripts: z.object({ start: z.string().startsWith('node ') }) });

/** What `npm start` gives Node, so that always what operators run is measured. */
export function startArguments(): readonly string[] {
  const { scripts } = manifest.parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
  return scripts.start.split(' ').slice(1);
}

function portOf(url: string): number {
  return Number(new URL(url).port);
}
