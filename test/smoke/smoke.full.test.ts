import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';

const root = join(import.meta.dirname, '..', '..');
const smoke = (entry: string) =>
  execa(process.execPath, [join('test', 'smoke', 'smoke.ts'), entry], { cwd: root, reject: false });

describe('npm run smoke', function () {
  this.timeout(180_000);

  it('finds a bot that works working, by the Node that runs it', async () => {
    const { exitCode, stdout, stderr } = await smoke(join('bot', 'main.ts'));
    assert.equal(exitCode, 0, stderr);
    assert.ok(stdout.startsWith(`Node ${process.version}, `));
    for (const step of ['/healthz answers 200', 'a stranger answers 401', '/help is answered', 'it ends with 0']) {
      assert.match(stdout, new RegExp(`${step}$`, 'm'));
    }
  });

  it('fails for one that does not start, and for one that only says that it works', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'collector-smoke-'));
    try {
      for (const [name, source] of [
        ['dies', 'process.exit(3)'],
        ['lies', 'console.log(\'{"msg":"working"}\'); setInterval(() => {}, 1_000)'],
      ] as const) {
        const file = join(directory, `${name}.js`);
        await writeFile(file, source);
        const { exitCode, stderr } = await smoke(file);
        assert.equal(exitCode, 1, name);
        assert.match(stderr, /Its last lines:/, name);
      }
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  });
});
