import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { inspect, promisify } from 'node:util';
import getPort, { portNumbers } from 'get-port';
import { afterEach, before, describe, it } from 'mocha';
import { trustInThisProcess } from './certificates.ts';
import { type Sandbox, startSandbox } from './sandbox.ts';

const run = promisify(execFile);

describe('the sandbox', () => {
  const started: Sandbox[] = [];
  const start = async (options: Parameters<typeof startSandbox>[0] = {}) => {
    const sandbox = await startSandbox(options);
    started.push(sandbox);
    return sandbox;
  };

  before(trustInThisProcess);
  afterEach(async () => {
    await Promise.all(started.splice(0).map((sandbox) => sandbox.stop()));
  });

  it('is on the loopback address alone, in every address that it hands out', async () => {
    const sandbox = await start();
    const urls = Object.values(sandbox.environment()).filter((value) => value.includes('://'));
    // 127.0.0.2 leads to this machine too: a server on all addresses would answer there.
    const elsewhere = sandbox.botFramework.openIdUrl.replace('127.0.0.1', '127.0.0.2');
    await assert.rejects(
      fetch(elsewhere, { signal: AbortSignal.timeout(1000) }),
      (error: Error) => !/ERR_TLS/.test(inspect(error)),
    );
    const hosts = urls.map((url) => new URL(url).hostname);
    assert.deepEqual([...new Set(hosts)].toSorted(), [
      '127.0.0.1',
      'api.botframework.com',
      'api.securitycenter.microsoft.com',
    ]);
  });

  it('is trusted by another process that has its variables, and by no other', async () => {
    const environment = (await start()).environment();
    const script = `fetch(${JSON.stringify(environment.ToBotFromChannelOpenIdMetadataUrl)}).then((r) => console.log(r.status), (e) => console.log(e.cause.code))`;
    const ask = async (env: NodeJS.ProcessEnv) => (await run(process.execPath, ['-e', script], { env })).stdout.trim();
    assert.equal(await ask({ ...process.env, ...environment }), '200');
    assert.equal(await ask({ ...process.env, NODE_EXTRA_CA_CERTS: '' }), 'SELF_SIGNED_CERT_IN_CHAIN');
  });

  it('says which host and which port when a port is in use, and leaves nothing behind', async () => {
    // Below the range from which the system hands out ports, and not always the same: other runs may go on at the same time.
    const low = 20_000 + Math.floor(Math.random() * 8_000);
    const firstPort = await getPort({ port: portNumbers(low, low + 1_000) });
    const sandbox = await start({ firstPort });
    await assert.rejects(
      startSandbox({ firstPort: firstPort - 1 }),
      new RegExp(`Bot Framework cannot listen on 127\\.0\\.0\\.1:${firstPort}: the port is in use`),
    );
    await sandbox.stop();
    started.pop();
    await start({ firstPort: firstPort - 1 });
  });

  it('can take a host down and up again at the same address', async () => {
    const sandbox = await start();
    const ask = () => fetch(sandbox.botFramework.openIdUrl);
    assert.equal((await ask()).status, 200);
    await sandbox.hosts.botFramework.down();
    await assert.rejects(ask(), (error: TypeError) => JSON.stringify(error.cause).includes('ECONNREFUSED'));
    await sandbox.hosts.botFramework.up();
    assert.equal((await ask()).status, 200);
  });

  it('answers unknown paths as the hosts do, and the journal shows them', async () => {
    const sandbox = await start();
    assert.equal((await fetch(`${sandbox.defender.url}/api/alerts`)).status, 404);
    assert.equal((await fetch(`${sandbox.connector.serviceUrl}v3/nothing`)).status, 404);
    assert.deepEqual(
      sandbox.journal.all('defender.unknown.received').map(({ data }) => data.path),
      ['/api/alerts'],
    );
    assert.equal(sandbox.journal.all('connector.unknown.received').length, 1);
  });

  it('ends held answers when it stops', async () => {
    const sandbox = await start();
    const held = sandbox.faults.inject('botFramework.keys', { kind: 'hold' });
    const answering = assert.rejects(fetch(`${sandbox.botFramework.url}/v1/.well-known/keys`), TypeError);
    await held.reached;
    await sandbox.stop();
    started.pop();
    await answering;
  });

  it('does not know the bot before it was told', async () => {
    const sandbox = await start();
    await assert.rejects(sandbox.delivery.deliver({ type: 'message' }), /call setBotUrl first/);
  });
});
