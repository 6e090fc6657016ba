import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readTabFiles, type TabFiles } from '../../../bot/tab/tab-files.ts';
import { bundleTab } from '../../../infra/tab-bundle.ts';
import { known } from '../../build/ids.ts';

/** The page as its sources are now, whatever stands in `dist/`. */
export async function builtFiles(): Promise<TabFiles> {
  const folder = await mkdtemp(join(tmpdir(), 'collector-tab-'));
  try {
    for (const [name, content] of await bundleTab()) await writeFile(join(folder, name), content);
    return known(await readTabFiles(pathToFileURL(`${folder}/`)));
  } finally {
    await rm(folder, { recursive: true });
  }
}
