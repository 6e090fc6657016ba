import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';

describe('a process that may reach this machine only', () => {
  let directory: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'collector-loopback-test-'));
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  async function run(code: string): Promise<{ readonly output: string; readonly targets: string }> {
    const file = join(directory, 'targets.txt');
    const preload = new URL('./loopback-only.ts', import.meta.url);
    preload.searchParams.set('record', file);
    const { all } = await execa(process.execPath, ['--import', preload.href, '--input-type=module', '--eval', code], {
      all: true,
      reject: false,
    });
    return { output: all, targets: await readFile(file, 'utf8') };
  }

  // 192.0.2.1 is for documentation (RFC 5737): nobody answers there.
  const ways = [
    `await fetch('https://192.0.2.1/')`,
    `(await import('node:https')).get('https://192.0.2.1/')`,
    `(await import('node:net')).connect(80, '192.0.2.1')`,
    `(await import('node:tls')).connect({ port: 443, host: '192.0.2.1' })`,
  ];
  for (const way of ways) {
    it(`is refused and found out: ${way}`, async () => {
      const { output, targets } = await run(way);
      assert.match(targets, /^\d+ refused 192\.0\.2\.1$/m);
      assert.match(output, /192\.0\.2\.1 is not on this machine/);
    });
  }

  it('is refused and found out when it asks for an address by name', async () => {
    const { targets } = await run(`(await import('node:dns')).lookup('telemetry.example.com', console.log)`);
    assert.match(targets, /^\d+ refused telemetry\.example\.com$/m);
  });

  it('reaches this machine', async () => {
    const server = createServer((_request, response) => response.end('hello')).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    assert.ok(typeof address === 'object' && address !== null);
    try {
      const url = `http://127.0.0.1:${address.port}`;
      const { output, targets } = await run(`console.log(await (await fetch('${url}')).text())`);
      assert.equal(output, 'hello');
      assert.match(targets, /^\d+ 127\.0\.0\.1\n$/);
    } finally {
      server.close();
    }
  });
});
