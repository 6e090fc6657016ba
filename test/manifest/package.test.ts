import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { env } from './ingredients.ts';

const script = fileURLToPath(new URL('../../manifest/package.ts', import.meta.url));

describe('npm run package', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'collector-package-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const run = (out: string, variables: Readonly<Record<string, string>>) =>
    execa(process.execPath, [script, '--out', join(folder, out)], { env: variables, extendEnv: false, reject: false });

  it('writes the same bytes in every time zone, and says where', async () => {
    const east = await run('new/east.zip', { ...env, TZ: 'Pacific/Auckland' });
    const west = await run('west.zip', { ...env, TZ: 'America/Los_Angeles' });
    assert.deepEqual([east.exitCode, west.exitCode], [0, 0], `${east.stderr}${west.stderr}`);
    assert.ok(east.stdout.includes(join(folder, 'new/east.zip')));
    assert.deepEqual(readFileSync(join(folder, 'new/east.zip')), readFileSync(join(folder, 'west.zip')));
  });

  it('ends with 2 when variables are missing, names each with an example, and writes nothing', async () => {
    const { exitCode, stderr } = await run('none.zip', {});
    assert.equal(exitCode, 2);
    assert.match(stderr, /MicrosoftAppId is missing.*Example: MicrosoftAppId=[0-9a-f-]{36}/);
    assert.match(stderr, /BOT_DOMAIN is missing.*Example: BOT_DOMAIN=collector\.contoso\.com/);
    assert.throws(() => readFileSync(join(folder, 'none.zip')), { code: 'ENOENT' });
  });
});
