/** Where the tables live. */
import { z } from 'zod';
import { causeCodes } from '../../src/adapters/defender/unsent.ts';
import { IdentityUnavailable } from '../../src/adapters/entra/managed-identity.ts';
import { isServerUrl } from '../../src/adapters/store/server-url.ts';
import {
  isReadOnly,
  mayRewriteAudit,
  missingRights,
  tablesState,
  tryWriting,
} from '../../src/adapters/store/store-inspection.ts';
import type { OpenedDatabase } from './database.ts';
import { type Finding, failed, notChecked, ok, warning } from './finding.ts';
import { unreached } from './reach.ts';
import type { Site } from './site.ts';

/** pg-boss 12 asks for PostgreSQL 13. */
const oldest = 130_000;

/** Opens it. */
export async function database({ config, database: open }: Site): Promise<Finding> {
  const opened = await open();
  switch (opened.kind) {
    case 'inUse':
      return notChecked(
        `Another process has the store in ${config.databaseUrl}, most likely the bot, and only one may.`,
        'If the bot runs, its store is there and in order: it had to open it. To look closer, stop it for that long.',
      );
    case 'absent':
      return judgeAbsent(opened.directory, opened.mayMake);
    case 'failed':
      return whyNot(opened.error, config.databaseUrl);
    case 'open':
      return judgeServer(opened);
  }
}

function judgeAbsent(directory: string, mayMake: boolean): Finding {
  if (mayMake) return ok(`There is no store in ${directory} yet; the bot makes it at its first start.`);
  return failed(
    `There is no store in ${directory}, and this user may not make one there.`,
    'Let DATABASE_URL name a directory, or a volume, that the bot’s user may write to; or a PostgreSQL server.',
  );
}

async function judgeServer({ version, isEmbedded, db }: Extract<OpenedDatabase, { kind: 'open' }>): Promise<Finding> {
  if (version.number < oldest) {
    return failed(`The server is PostgreSQL ${version.text}; the bot needs 13 or newer.`, 'Upgrade the server.');
  }
  if (await isReadOnly(db)) {
    return failed(
      'The database takes no writes: it is a standby, or set to read only.',
      'Let DATABASE_URL name the primary; on it, look at default_transaction_read_only of database and role.',
    );
  }
  if (!isEmbedded) return ok(`PostgreSQL ${version.text} answers.`);
  return ok(`The embedded PostgreSQL ${version.text} opens. It survives a killed process, not a lost machine.`);
}

/** SQLSTATE, or a code of Node's. */
const coded = z.object({ code: z.string() });
const refusals: Readonly<Record<string, readonly [meaning: string, fix: string]>> = {
  '28P01': [
    'The server does not accept user and password.',
    'Check both in DATABASE_URL; a password with special characters has to be percent-encoded.',
  ],
  '28000': [
    'The server does not let this user in from here.',
    'Look at its rules for this network and user, and whether it wants TLS (?sslmode=require in DATABASE_URL).',
  ],
  '3D000': ['There is no database of that name on the server.', 'Make it, or correct the last part of DATABASE_URL.'],
  '53300': ['The server has no connection left.', 'Let it take more; each replica uses up to 14.'],
  '57P03': ['The server is starting or stopping.', 'Wait, and look again.'],
};

function whyNot(error: unknown, databaseUrl: string): Finding {
  if (error instanceof IdentityUnavailable) {
    return failed(
      'The managed identity that signs in to the database gave no token.',
      'Run this where the bot runs, with the identity that DATABASE_MANAGED_IDENTITY_CLIENT_ID names assigned to the host.',
    );
  }
  const code = coded.safeParse(error).data?.code ?? '';
  const refusal = refusals[code];
  if (refusal !== undefined) return failed(`${refusal[0]} (${code})`, refusal[1]);
  if (!isServerUrl(databaseUrl)) {
    return failed(
      `The store in ${databaseUrl} does not open (${causeCodes(error)}).`,
      'Look at the rights of its files; else restore it, or begin with an empty directory.',
    );
  }
  // Never more than the host: what a mistyped URL holds elsewhere may be a part of the password.
  const host = URL.parse(databaseUrl)?.hostname;
  if (host === undefined) {
    return failed(
      'DATABASE_URL cannot be read as an address.',
      'A password with special characters has to be percent-encoded.',
    );
  }
  if (/^[0-9A-Z]{5}$/.test(code)) return failed(`The server refuses (SQLSTATE ${code}).`, 'Its log says more.');
  return unreached(host, error, {
    name: 'Check the host in DATABASE_URL; then this machine’s DNS, in a private network above all.',
    way: 'Let this machine out to it, at the port in DATABASE_URL (5432 unless it says another), and see that the server runs.',
  });
}

/** Compares the migrations. */
export async function databaseTables({ database: open }: Site): Promise<Finding> {
  const opened = await open();
  if (opened.kind !== 'open') return ok('They are made at the first start.');
  const state = await tablesState(opened.db);
  switch (state.kind) {
    case 'current':
      return ok('They are up to date.');
    case 'none':
      if (state.mayMake) return ok('There are none yet; the bot makes them at its first start.');
      return failed(
        'There are no tables that this role can see, and it may not make any.',
        'Let the role make them: grant create on the database and on its schema public. docs/audit.md has the statements.',
      );
    case 'behind':
      return warning(
        `They are of an older version: ${state.missing.join(', ')} are missing.`,
        'Back the database up, then start the bot: it brings them up to date.',
      );
    case 'ahead':
      return failed(
        `A newer version of the bot has changed them (${state.unknown.join(', ')}).`,
        'Run that version, or restore the back-up from before the upgrade.',
      );
  }
}

/** Asks the database what this role may, and writes a row that it takes back. */
export async function databaseRights({ database: open }: Site): Promise<Finding> {
  const opened = await open();
  const tables = opened.kind === 'open' ? await tablesState(opened.db) : { kind: 'none' };
  if (opened.kind !== 'open' || tables.kind === 'none') {
    return notChecked('There are no tables yet.', 'Start the bot once, and look again.');
  }
  const missing = await missingRights(opened.db);
  if (missing.length > 0) {
    const each = missing.map(({ table, rights }) => `${rights.join(', ').toLowerCase()} on ${table}`);
    return failed(
      `The role lacks ${each.join('; ')}.`,
      'Grant what is missing as the tables’ owner. Tables that the bot made are its own; docs/audit.md has the statements for the audit.',
    );
  }
  await tryWriting(opened.db);
  const audit = (await mayRewriteAudit(opened.db))
    ? ' It could also change the audit; docs/audit.md shows a role that cannot.'
    : '';
  return ok(`It may read and write, and add to the audit.${audit}`);
}
