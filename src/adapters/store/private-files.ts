import { chmod, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Takes from everybody but their owner the right to read or write what is in a directory, and the directory itself:
 * PGlite gives its first files to all the world (0666), whatever the umask says. On Windows this does nothing.
 */
export async function keepPrivate(directory: string): Promise<void> {
  await chmod(directory, 0o700);
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() && !entry.isDirectory()) continue;
    await chmod(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o700 : 0o600);
  }
}
