import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { execa } from 'execa';
import { lockDirectory } from '../../src/adapters/store/directory-lock.ts';
import { embeddedDirectory } from '../build/embedded-directory.ts';
import { engineFlags } from '../build/engine-flags.ts';
import { freshDatabase } from '../src/adapters/store/postgres-server.ts';

const root = join(import.meta.dirname, '..', '..');

/** Runs the server's main file as an operator does; `environment` is all that it gets besides PATH. */
const run = (environment: Readonly<Record<string, string>>, ...nodeArguments: readonly string[]) =>
  execa(process.execPath, [...engineFlags, ...nodeArguments, join('bot', 'main.ts')], {
    cwd: root,
    env: { PATH: process.env.PATH, METRICS_PORT: '0', ...environment },
    extendEnv: false,
    reject: false,
    timeout: 60_000,
  });

describe('the server’s process', function () {
  this.timeout(120_000);

  it('without any configuration names every missing setting with an example, and exits 2', async () => {
    const { exitCode, stderr, stdout } = await run({});
    assert.equal(exitCode, 2);
    assert.equal(stdout, '');
    assert.match(stderr, /3 setting\(s\) are missing or wrong/);
    for (const variable of ['MicrosoftAppId', 'MicrosoftAppTenantId', 'MicrosoftAppPassword']) {
      assert.ok(stderr.includes(variable), variable);
    }
    assert.equal(stderr.match(/for instance \S/g)?.length, 3);
  });

  it('says in its log why it cannot start, for instance a port in use, and exits 1', async () => {
    const DATABASE_URL = await freshDatabase();
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const address = taken.address();
    assert.ok(address !== null && typeof address === 'object');
    try {
      const { exitCode, stdout, stderr } = await run({
        MicrosoftAppId: 'b07b07b0-3333-4333-8333-000000000003',
        MicrosoftAppTenantId: 'c0ffee00-1111-4111-8111-000000000001',
        MicrosoftAppPassword: 'q8~marker-of-the-client-secret',
        HOST: '127.0.0.1',
        PORT: String(address.port),
        DATABASE_URL,
      });
      assert.equal(exitCode, 1);
      assert.match(stdout, /EADDRINUSE/);
      assert.doesNotMatch(stdout + stderr, /marker-of-the-client-secret/);
    } finally {
      taken.close();
    }
  });

  it('ends on an error that nobody caught, exits 1, and shows nothing of what the error carries', async () => {
    const DATABASE_URL = await freshDatabase();
    const thrown = `data:text/javascript,${encodeURIComponent(`setTimeout(() => {
      const error = new Error('Bearer ' + process.env.CARRIED);
      throw Object.assign(error, { request: { authorization: process.env.CARRIED } });
    }, 1000);`)}`;
    const { exitCode, stdout, stderr } = await run(
      {
        MicrosoftAppId: 'b07b07b0-3333-4333-8333-000000000003',
        MicrosoftAppTenantId: 'c0ffee00-1111-4111-8111-000000000001',
        MicrosoftAppPassword: 'q8~marker-of-the-client-secret',
        HOST: '127.0.0.1',
        PORT: '0',
        DATABASE_URL,
        CARRIED: 'somebodys-token',
      },
      '--import',
      thrown,
    );
    assert.equal(exitCode, 1);
    assert.match(stdout, /an error that nobody caught ends the process/);
    assert.doesNotMatch(stdout + stderr, /somebodys-token|marker-of-the-client-secret/);
  });

  it('says that another process has the directory of its store, and exits 1', async () => {
    const directory = await embeddedDirectory();
    const unlock = lockDirectory(directory.path);
    try {
      const { exitCode, stdout } = await run({
        MicrosoftAppId: 'b07b07b0-3333-4333-8333-000000000003',
        MicrosoftAppTenantId: 'c0ffee00-1111-4111-8111-000000000001',
        MicrosoftAppPassword: 'q8~marker-of-the-client-secret',
        DATABASE_URL: directory.path,
      });
      assert.equal(exitCode, 1);
      assert.match(stdout, /Another process is using the store.*give this one its own DATABASE_URL/);
    } finally {
      unlock();
      await directory.remove();
    }
  });
});
