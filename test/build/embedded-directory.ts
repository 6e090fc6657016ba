/**
 * Directories for the embedded store that need no first start: that one costs seconds and hundreds of megabytes. One is
 * made per set of migrations and library versions, kept in `node_modules/.cache/collector/`, and copied from then on.
 */
import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { access, cp, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../src/adapters/store/open-store.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { cache } from './cache.ts';

const root = join(import.meta.dirname, '..', '..');

/** A directory for one test. */
export interface EmbeddedDirectory {
  /** What `DATABASE_URL` would say. */
  readonly path: string;
  remove(): Promise<void>;
}

/** A fresh directory with every table in it and nothing else. */
export async function embeddedDirectory(): Promise<EmbeddedDirectory> {
  const path = await mkdtemp(join(tmpdir(), 'collector-store-'));
  await copyEmbeddedDirectory(path);
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** Fills `target`, which must be empty or missing, with an initialised store. */
export async function copyEmbeddedDirectory(target: string): Promise<void> {
  await cp(await template(), target, { recursive: true, mode: constants.COPYFILE_FICLONE });
}

let made: Promise<string> | undefined;

function template(): Promise<string> {
  made ??= findOrMake();
  return made;
}

async function findOrMake(): Promise<string> {
  const kept = join(cache, `store-${await fingerprint()}`);
  if (await exists(kept)) return kept;
  await mkdir(cache, { recursive: true });
  const fresh = await mkdtemp(join(cache, 'making-'));
  try {
    const store = await openStore(fresh, silentLog);
    await store.close();
    await rename(fresh, kept);
  } catch (error) {
    await rm(fresh, { recursive: true, force: true });
    // Another process may have been quicker; then its directory is as good.
    if (!(await exists(kept))) throw new Error('No directory for the embedded store could be made.', { cause: error });
  }
  return kept;
}

/** Changes whenever the directory would come out differently. */
async function fingerprint(): Promise<string> {
  const hash = createHash('sha256');
  for (const file of ['migrations.ts', 'queues.ts', 'backend.ts']) {
    hash.update(await readFile(join(root, 'src', 'adapters', 'store', file)));
  }
  for (const library of ['@electric-sql/pglite', 'kysely', 'pg-boss']) {
    hash.update(await readFile(join(root, 'node_modules', library, 'package.json')));
  }
  return hash.digest('hex').slice(0, 16);
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
}
