import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { z } from 'zod';
import { readConfig } from '../../bot/config.ts';
import { variablesRead } from '../docs/variables-read.ts';
import { type BicepFile, bicepFiles, bicepReader, keysOf } from './bicep.ts';

const infra = new URL('../../infra/', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, infra), 'utf8');

describe('the Bicep files', () => {
  let files: readonly BicepFile[];
  let main: BicepFile;
  before(async () => {
    files = await bicepFiles();
    main = files.find(({ path }) => path === 'main.bicep') ?? assert.fail('there is no main.bicep');
  });

  const found = (path: string) => files.find((file) => file.path === path);

  it('are Bicep', async () => {
    assert.deepEqual(
      files.flatMap(({ path, faults }) => faults.map((fault) => `${path}, ${fault}`)),
      [],
    );
    const broken = (await bicepReader())('broken.bicep', "resource a 'b@2020-01-01' = {\n  name: 'x'\n");
    assert.ok(broken.faults.length > 0, 'a missing brace is seen');
  });

  it('use every parameter and every variable that they declare', () => {
    for (const { path, params, variables, named } of files) {
      const idle = [...params.map(({ name }) => name), ...variables].filter((name) => (named.get(name) ?? 0) < 2);
      assert.deepEqual(idle, [], path);
    }
  });

  it('give every module what it asks for, and nothing else', () => {
    assert.ok(main.modules.length > 4);
    for (const { path, params } of main.modules) {
      const wanted = found(path)?.params ?? assert.fail(`there is no ${path}`);
      const unknown = params.filter((name) => !wanted.some((each) => each.name === name));
      const missing = wanted.filter(({ name, hasDefault }) => !hasDefault && !params.includes(name));
      assert.deepEqual([unknown, missing], [[], []], path);
    }
    const unused = files.filter(
      ({ path }) => path !== 'main.bicep' && !main.modules.some((each) => each.path === path),
    );
    assert.deepEqual(unused, []);
  });

  it('ask modules only for what they give', () => {
    for (const [, module = '', output = ''] of main.text.matchAll(/\b(\w+)\.outputs\.(\w+)/g)) {
      const path = main.modules.find(({ name }) => name === module)?.path ?? '';
      assert.ok(found(path)?.outputs.includes(output), `${module}.outputs.${output}`);
    }
  });

  it('name a dated version of every type of resource, and a preview only where there is nothing else', () => {
    for (const { type, version } of files.flatMap(({ resources }) => resources)) {
      if (type.includes('.')) assert.match(version, /^20\d\d-\d\d-\d\d(-preview)?$/, type);
      if (version.endsWith('preview')) assert.equal(type, 'Microsoft.Insights/diagnosticSettings');
    }
  });

  it('hand on a secret only by parameters that say so', () => {
    const secret = /secret|password|connectionString/i;
    for (const { path, params } of files) {
      const open = params.filter(({ name, isSecure }) => secret.test(name) && !isSecure);
      assert.deepEqual(open, [], path);
    }
  });

  it('say of every parameter of the whole what it is', () => {
    const silent = main.params.filter(({ isDescribed }) => !isDescribed);
    assert.deepEqual(silent, []);
  });

  it('configure the bot with variables that it reads, and so that it starts', async () => {
    const given = [...(await keysOf(main, 'environmentVariables')), 'PORT', 'APPLICATIONINSIGHTS_CONNECTION_STRING'];
    assert.deepEqual(
      given.filter((name) => !variablesRead().has(name)),
      [],
    );
    const examples: Readonly<Record<string, string>> = {
      MicrosoftAppId: '0a000000-1111-4222-8333-444444444444',
      MicrosoftAppTenantId: '0b000000-1111-4222-8333-444444444444',
      MicrosoftAppManagedIdentityClientId: '0c000000-1111-4222-8333-444444444444',
      DATABASE_URL: databaseUrlIn(main),
      DATABASE_MANAGED_IDENTITY_CLIENT_ID: '0c000000-1111-4222-8333-444444444444',
      OAUTH_CONNECTION_NAME: 'defender-sso',
      DEFENDER_CLOUD: 'commercial',
      PORT: '3978',
      APPLICATIONINSIGHTS_CONNECTION_STRING: 'InstrumentationKey=0d000000-1111-4222-8333-444444444444',
    };
    const reading = readConfig(Object.fromEntries(given.map((name) => [name, examples[name]])));
    assert.ok(reading.ok, JSON.stringify(reading));
  });

  it('probe what the bot answers, on the port that it listens on', () => {
    const app = found('modules/app.bicep')?.text ?? '';
    const server = readFileSync(new URL('../bot/server.ts', infra), 'utf8');
    const probed = [...app.matchAll(/path: '(\/\w+)'/g)].map(([, path = '']) => path);
    assert.deepEqual([...new Set(probed)], ['/healthz', '/readyz']);
    for (const path of probed) assert.ok(server.includes(`'${path}'`), path);
    assert.match(app, /^var port = 3978$/m);
    assert.match(read('../Dockerfile'), /^EXPOSE 3978$/m);
    assert.match(main.text, /\/api\/messages'/);
    for (const [, most = ''] of app.matchAll(/failureThreshold: (\d+)/g)) {
      assert.ok(Number(most) <= 10, 'Container Apps takes 10 at most');
    }
  });

  it('get from both parameter files what they need, by names that they know', () => {
    const required = main.params.filter(({ hasDefault }) => !hasDefault).map(({ name }) => name);
    const known = main.params.map(({ name }) => name);
    const json = z
      .object({ parameters: z.record(z.string(), z.object({ value: z.unknown() })) })
      .parse(JSON.parse(read('main.parameters.json')));
    const bicepparam = [...read('main.bicepparam').matchAll(/^param (\w+) = /gm)].map(([, name = '']) => name);
    for (const given of [Object.keys(json.parameters), bicepparam]) {
      assert.deepEqual(
        given.filter((name) => !known.includes(name)),
        [],
      );
      assert.deepEqual(
        required.filter((name) => !given.includes(name)),
        [],
      );
    }
    const using = /^using '(.+)'$/m.exec(read('main.bicepparam'))?.[1] ?? '';
    assert.ok(existsSync(new URL(posix.normalize(using), infra)));
  });
});

/** The URL that the bot gets, with plausible names in it. */
function databaseUrlIn({ text }: BicepFile): string {
  const template = /DATABASE_URL: '(.+)'/.exec(text)?.[1] ?? '';
  return template
    .replace(/\$\{[^}]*host[^}]*\}/, 'db.postgres.database.azure.com')
    .replace(/\$\{[^}]+\}/g, 'collector');
}
