import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Another process works on the directory of an embedded store. Two of them would silently lose each other's rows. */
export class StoreInUse extends Error {
  override readonly name = 'StoreInUse';

  constructor(directory: string, cause: unknown) {
    super(`Another process is using the store in ${directory}. Stop it, or give this one its own DATABASE_URL.`, {
      cause,
    });
  }
}

/** SQLite's `SQLITE_BUSY`: somebody else holds the lock. */
const busy = 5;

/**
 * Takes a directory for this process alone, until the returned function is called or the process ends, however it ends.
 * Node has no file locks of its own, SQLite has: an exclusive transaction on an empty file, held by the operating system.
 * The file stays behind, and means nothing.
 * @throws StoreInUse
 */
export function lockDirectory(directory: string): () => void {
  const lock = new DatabaseSync(join(directory, 'lock'), { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (error instanceof Error && 'errcode' in error && error.errcode === busy) throw new StoreInUse(directory, error);
    throw error;
  }
  return () => lock.close();
}
