/** The one table of what the doctor looks at: it drives the run, `--json`, the tests, and the headings of docs/doctor.md. */

import { botFrameworkKeys, oauthConnection, oauthScope } from './check-bot-framework.ts';
import { clock } from './check-clock.ts';
import { credential, credentialExpiry, entra } from './check-credential.ts';
import { database, databaseRights, databaseTables } from './check-database.ts';
import { applicationPermissions, defenderHost } from './check-defender.ts';
import { manifest } from './check-manifest.ts';
import { defenderAudience, permissions, signIn } from './check-person.ts';
import type { Finding, StepId } from './finding.ts';
import type { Site } from './site.ts';

/** A step by its name. */
export interface Step {
  readonly id: StepId;
  /** What is so when all is well; also the heading of its section in docs/doctor.md. */
  readonly title: string;
}

/** A step that looks at something. */
export interface Check extends Step {
  /** Without these it could only fail for a reason that was told already. */
  readonly needs: readonly StepId[];
  /** Looks, within seconds. May throw: that is a fault of the doctor's own, and told as such. */
  run(site: Site): Promise<Finding>;
}

/** The first step: without a configuration there is nothing that the others could look at. */
export const configurationStep: Step = { id: 'configuration', title: 'The configuration is complete' };

/** The others, in their order. */
export const checks: readonly Check[] = [
  { id: 'entra', title: 'Entra can be reached, and knows the tenant', needs: [], run: entra },
  { id: 'credential', title: 'Entra accepts the bot’s credential', needs: ['entra'], run: credential },
  { id: 'credential-expiry', title: 'The credential does not end soon', needs: [], run: credentialExpiry },
  { id: 'bot-framework-keys', title: 'The Bot Framework’s keys can be read', needs: [], run: botFrameworkKeys },
  { id: 'oauth-connection', title: 'The OAuth connection exists', needs: ['credential'], run: oauthConnection },
  {
    id: 'oauth-scope',
    title: 'The OAuth connection signs people in to this app',
    needs: ['oauth-connection'],
    run: oauthScope,
  },
  { id: 'sign-in', title: 'A person can sign in to this app', needs: ['entra'], run: signIn },
  { id: 'permissions', title: 'Both Defender permissions have consent', needs: ['credential'], run: permissions },
  {
    id: 'application-permissions',
    title: 'The bot has no power of its own over Defender',
    needs: ['credential'],
    run: applicationPermissions,
  },
  { id: 'defender-host', title: 'Defender’s host can be reached', needs: [], run: defenderHost },
  {
    id: 'defender-audience',
    title: 'Defender accepts the person’s token',
    needs: ['credential', 'defender-host'],
    run: defenderAudience,
  },
  { id: 'database', title: 'The database can be reached', needs: [], run: database },
  {
    id: 'database-tables',
    title: 'The database’s tables are of this version',
    needs: ['database'],
    run: databaseTables,
  },
  {
    id: 'database-rights',
    title: 'The bot may read and write its tables, and add to the audit',
    needs: ['database-tables'],
    run: databaseRights,
  },
  { id: 'clock', title: 'The clock is right', needs: [], run: clock },
  { id: 'manifest', title: 'The Teams app package agrees with the configuration', needs: [], run: manifest },
];

/** Every step, in the order in which they are told. */
export const steps: readonly Step[] = [configurationStep, ...checks];
