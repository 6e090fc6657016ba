/** Opens what `DATABASE_URL` names, and makes nothing that is not there. */
import { access, constants, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Kysely } from 'kysely';
import { connect } from '../../src/adapters/store/backend.ts';
import { StoreInUse } from '../../src/adapters/store/directory-lock.ts';
import type { Database } from '../../src/adapters/store/schema.ts';
import { isServerUrl } from '../../src/adapters/store/server-url.ts';
import { type ServerVersion, serverVersion } from '../../src/adapters/store/store-inspection.ts';
import type { Log } from '../../src/ports.ts';
import type { DatabaseSettings } from '../database-config.ts';
import { databasePassword } from '../database-password.ts';

/** What is there. */
export type OpenedDatabase =
  | {
      readonly kind: 'open';
      readonly db: Kysely<Database>;
      readonly version: ServerVersion;
      readonly isEmbedded: boolean;
      close(): Promise<void>;
    }
  /** Another process works on this directory, most likely the bot: only one may. */
  | { readonly kind: 'inUse' }
  /** There is no store in this directory yet. `mayMake`: this user may make one there. */
  | { readonly kind: 'absent'; readonly directory: string; readonly mayMake: boolean }
  | { readonly kind: 'failed'; readonly error: unknown };

/** Opens it. Never throws for what it finds. */
export async function openDatabase(settings: DatabaseSettings, log: Log): Promise<OpenedDatabase> {
  const { databaseUrl } = settings;
  const isEmbedded = !isServerUrl(databaseUrl);
  if (isEmbedded && !(await isThere(join(databaseUrl, 'pgdata', 'PG_VERSION')))) {
    const directory = resolve(databaseUrl);
    return { kind: 'absent', directory, mayMake: await mayMake(directory) };
  }
  try {
    const { db, close } = await connect(databaseUrl, log, databasePassword(settings, log));
    try {
      return { kind: 'open', db, version: await serverVersion(db), isEmbedded, close };
    } catch (error) {
      await close();
      throw error;
    }
  } catch (error) {
    return error instanceof StoreInUse ? { kind: 'inUse' } : { kind: 'failed', error };
  }
}

/** Whether this user may make a directory, or fill one that is there. */
async function mayMake(directory: string): Promise<boolean> {
  const above = dirname(directory);
  if (!(await isThere(directory)) && above !== directory) return await mayMake(above);
  return (await stat(directory)).isDirectory() && (await mayWrite(directory));
}

function isThere(path: string): Promise<boolean> {
  return isAllowed(access(path, constants.F_OK));
}

function mayWrite(path: string): Promise<boolean> {
  return isAllowed(access(path, constants.W_OK));
}

async function isAllowed(attempt: Promise<void>): Promise<boolean> {
  try {
    await attempt;
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error) return false;
    throw error;
  }
}
