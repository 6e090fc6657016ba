/** The bot's own credential: each kind from the start of the process to a package, its end, and its replacement. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { generate } from 'selfsigned';
import { type EmbeddedDirectory, embeddedDirectory } from '../build/embedded-directory.ts';
import { botApp } from '../sandbox/app.ts';
import { exchangeAudience } from '../sandbox/bot-credentials.ts';
import { fineDevice } from '../sandbox/devices.ts';
import { botIdentity, databaseToken, type IdentityHost } from '../sandbox/identity-endpoint.ts';
import { mia, tenantId } from '../sandbox/people.ts';
import { type Sandbox, startSandbox } from '../sandbox/sandbox.ts';
import { freshDatabase } from '../src/adapters/store/postgres-server.ts';
import { type BotProcess, startBot } from './bot-process.ts';
import { ask } from './scene.ts';

const day = 86_400_000;

describe('the bot’s own credential', function () {
  this.timeout(240_000);
  let sandbox: Sandbox;
  let store: EmbeddedDirectory;
  let folder: string;
  let bot: BotProcess | undefined;

  before(async () => {
    sandbox = await startSandbox();
    store = await embeddedDirectory();
    folder = await mkdtemp(join(tmpdir(), 'collector-credentials-'));
  });
  after(async () => {
    await bot?.stop();
    await sandbox.stop();
    await store.remove();
    await rm(folder, { recursive: true });
  });

  /** The bot anew, on the same store, with this credential and no other. */
  async function restart(credential: Readonly<Record<string, string>>, databaseUrl = store.path): Promise<BotProcess> {
    await bot?.stop();
    const { MicrosoftAppPassword: _, ...others } = sandbox.environment();
    bot = await startBot({ environment: { ...others, ...credential }, databaseUrl });
    sandbox.setBotUrl(bot.messagesUrl);
    // Whoever writes before the Bot Framework's keys are there is asked to come again.
    const { url } = bot;
    await sooner(async () => ((await fetch(`${url}/readyz`)).ok ? true : undefined));
    return bot;
  }

  /** The main story in short, with a sign-in that no cache knows. Gives back by what Entra knew the bot meanwhile. */
  async function collectOnce(): Promise<ReadonlySet<unknown>> {
    const { mark } = sandbox.journal;
    await sandbox.tokenService.signIn(mia);
    const scene = await ask(sandbox.client(mia), sandbox.places.personal(mia), fineDevice.id);
    await scene.press('Collect');
    await scene.card('Get download link');
    await scene.closing('Succeeded');
    const exchanges = sandbox.journal.all('entra.obo.answered', ({ data }) => data.status === 200);
    const proofs = exchanges.filter(({ sequence }) => sequence > mark).map(({ data }) => data.proof);
    return new Set(proofs);
  }

  async function certificateFile(name: string, daysLeft: number) {
    const { private: key, cert } = await generate([{ name: 'commonName', value: 'collector' }], {
      keyType: 'rsa',
      keySize: 2048,
      algorithm: 'sha256',
      notBeforeDate: new Date(Date.now() - day),
      notAfterDate: new Date(Date.now() + daysLeft * day),
    });
    const path = join(folder, name);
    await writeFile(path, `${key}\n${cert}`);
    return { path, cert };
  }

  const logged = (text: string) => (bot?.lines ?? []).filter((line) => line.includes(text));
  async function sooner<Value>(look: () => Value | undefined | Promise<Value | undefined>): Promise<Value> {
    for (let i = 0; i < 600; i += 1) {
      const found = await look();
      if (found !== undefined) return found;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return assert.fail('it never came');
  }

  it('may be a certificate, which is replaced by a restart, and of whose end the log warns a month before', async () => {
    const old = await certificateFile('old.pem', 10);
    sandbox.entra.credentials.addCertificate(old.cert);
    await restart({ MicrosoftAppCertificatePath: old.path });
    assert.deepEqual(await collectOnce(), new Set(['certificate']));
    assert.match(await sooner(() => logged('ends soon')[0]), /"days":9/);

    const fresh = await certificateFile('fresh.pem', 300);
    sandbox.entra.credentials.addCertificate(fresh.cert);
    await restart({ MicrosoftAppCertificatePath: fresh.path });
    sandbox.entra.credentials.removeCertificate(old.cert);
    assert.deepEqual(await collectOnce(), new Set(['certificate']));
    assert.deepEqual(logged('ends soon'), []);
  });

  for (const host of ['appService', 'imds'] satisfies readonly IdentityHost[]) {
    it(`may be a managed identity, by the endpoint of ${host}`, async () => {
      const endpoint = await sandbox.identityEndpoint();
      const { federated } = sandbox.entra.credentials;
      const issuer = `${sandbox.entra.url}/${tenantId}/v2.0`;
      federated.push({ issuer, subject: botIdentity.principalId, audience: exchangeAudience });
      await restart({ ...endpoint.environment(host), MicrosoftAppManagedIdentityClientId: botIdentity.clientId });
      assert.deepEqual(await collectOnce(), new Set(['identity']));
      // Two of the bot's first calls may ask at the same moment; from then on the token is remembered.
      const asked = sandbox.journal.all(`identity.${host}.answered`, ({ data }) => data.status === 200).length;
      assert.ok(asked === 1 || asked === 2, `${asked} times`);
      federated.length = 0;
    });
  }

  it('may open the database as well: its token is the password, and no password exists', async () => {
    const endpoint = await sandbox.identityEndpoint();
    const url = new URL(await freshDatabase());
    await asAdministrator(url.href, [
      `create role "collector-identity" login password '${databaseToken}'`,
      `grant create on database ${url.pathname.slice(1)} to "collector-identity"`,
      'grant usage, create on schema public to "collector-identity"',
    ]);
    url.username = 'collector-identity';
    url.password = '';
    const identity = { DATABASE_MANAGED_IDENTITY_CLIENT_ID: botIdentity.clientId };
    const environment = { ...endpoint.environment('appService'), ...identity, MicrosoftAppPassword: botApp.secret };
    const started = await restart(environment, url.href);
    assert.deepEqual(await collectOnce(), new Set(['secret']));
    assert.ok(!started.lines.join('\n').includes(databaseToken));
  });

  it('that Entra takes no more is the operator’s affair: card and log say so, and a new one goes on after a restart', async () => {
    const { secrets, expiredSecrets } = sandbox.entra.credentials;
    await restart({ MicrosoftAppPassword: botApp.secret });
    await sandbox.tokenService.signIn(mia);
    const before = await ask(sandbox.client(mia), sandbox.places.personal(mia), fineDevice.id);
    await before.press('Collect');
    const done = await before.card('Get download link');
    expiredSecrets.add(botApp.secret);
    await sandbox.tokenService.signIn(mia);
    const scene = await ask(sandbox.client(mia), sandbox.places.personal(mia), fineDevice.id);
    const card = await scene.card('Try again');
    assert.match(card.content, /does not accept the bot itself \(AADSTS7000222\)/);
    assert.match(card.content, /whoever runs this bot/);
    const correlation = /correlation ID ([\w-]{36})/i.exec(card.content)?.[1] ?? 'none';
    await sooner(() => logged('The bot cannot act for anybody').find((line) => line.includes(correlation)));

    const started = await restart({ MicrosoftAppPassword: botApp.secret });
    const line = await sooner(() => logged('Entra gave the bot no token of its own')[0]);
    assert.match(line, /AADSTS7000222/);
    assert.ok(!started.lines.join('\n').includes(botApp.secret));
    // It can post nothing now, but what somebody presses is answered all the same.
    const answer = await sandbox.client(mia).click(done, 'Get download link');
    assert.ok(answer.kind === 'message', answer.kind);
    assert.match(answer.text, /does not accept the bot itself \(AADSTS7000222\)/);
    assert.match(answer.text, /correlation ID \S{36}/i);

    secrets.add('sandbox~second~secret~marker');
    await restart({ MicrosoftAppPassword: 'sandbox~second~secret~marker' });
    assert.deepEqual(await collectOnce(), new Set(['secret']));
  });
});

async function asAdministrator(connectionString: string, statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
