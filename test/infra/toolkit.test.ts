import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { bicepFiles } from './bicep.ts';

const root = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');

/** As the Toolkit's schema v1.13 has them (npm `@microsoft/teamsfx-core` 3.1.3): what each action we use may be given. */
const path = z.string().refine((text) => text.startsWith('./out/') || existsSync(new URL(text, root)));
const actions = {
  'teamsApp/create': z.strictObject({ name: z.string() }),
  script: z.strictObject({ run: z.string(), shell: z.literal('bash'), timeout: z.int() }),
  'arm/deploy': z.strictObject({
    subscriptionId: z.string(),
    resourceGroupName: z.string(),
    templates: z.array(z.strictObject({ path, parameters: path, deploymentName: z.string() })),
  }),
  'cli/runNpmCommand': z.strictObject({ args: z.string() }),
  'teamsApp/validateAppPackage': z.strictObject({ appPackagePath: path }),
  'teamsApp/update': z.strictObject({ appPackagePath: path }),
  'teamsApp/publishAppPackage': z.strictObject({ appPackagePath: path }),
} as const;
const step = z.strictObject({
  uses: z.enum(Object.keys(actions)),
  name: z.string().optional(),
  with: z.unknown(),
  writeToEnvironmentFile: z.record(z.string(), z.string()).default({}),
});
const steps = z.array(step).default([]);
const project = z.strictObject({
  version: z.literal('v1.13'),
  environmentFolderPath: path,
  provision: steps,
  deploy: steps,
  publish: steps,
});

const files = ['m365agents.yml', 'm365agents.local.yml'] as const;
const projects = files.map((file) => project.parse(parse(read(file))));
const everyStep = projects.flatMap(({ provision, deploy, publish }) => [...provision, ...deploy, ...publish]);
const { scripts } = z.object({ scripts: z.record(z.string(), z.string()) }).parse(JSON.parse(read('package.json')));

describe('the files of the Microsoft 365 Agents Toolkit', () => {
  it('give every action what its schema takes, and name files that are there', () => {
    assert.ok(everyStep.length > 8);
    for (const { uses, with: given } of everyStep) {
      const action = Object.entries(actions).find(([name]) => name === uses)?.[1] ?? assert.fail(uses);
      const parsed = action.safeParse(given);
      assert.ok(parsed.success, `${uses}: ${JSON.stringify(parsed.error?.issues)}`);
    }
  });

  it('name no command that is not there', () => {
    const named = [...files, '.vscode/launch.json'].flatMap((file) => [
      ...read(file).matchAll(/(?:npm run (?:--silent )?|args: run |"run", ")([\w:-]+)/g),
    ]);
    assert.ok(named.length > 2);
    const missing = named.map(([, script = '']) => script).filter((script) => !(script in scripts));
    assert.deepEqual(missing, []);
  });

  it('use no variable that neither the environment file holds nor a step gives', () => {
    const held = [...read('env/.env.dev').matchAll(/^(\w+)=/gm)].map(([, name = '']) => name);
    const given = everyStep.flatMap(({ writeToEnvironmentFile }) => Object.values(writeToEnvironmentFile));
    const used = [...files, 'infra/main.parameters.json'].flatMap((file) =>
      [...read(file).matchAll(/\$\{\{(\w+)\}\}/g)].map(([, name = '']) => name),
    );
    assert.deepEqual(
      used.filter((name) => ![...held, ...given].includes(name)),
      [],
    );
  });

  it('get from Azure what the app package needs', async () => {
    const main = (await bicepFiles()).find(({ path: file }) => file === 'main.bicep');
    assert.ok(main?.outputs.includes('BOT_DOMAIN'));
  });

  it('hold no secret', () => {
    for (const file of ['env/.env.dev', 'env/.env.local']) {
      for (const [, name = '', value = ''] of read(file).matchAll(/^(\w+)=(.*)$/gm)) {
        assert.doesNotMatch(name, /secret|password|key/i);
        assert.ok(value.length < 30, name);
      }
    }
    assert.match(read('.gitignore'), /^\/env\/\.env\.\*\.user$/m);
  });

  it('start the demo by F5, and open its page', () => {
    const launch = z
      .object({
        configurations: z.array(
          z.looseObject({
            runtimeArgs: z.array(z.string()).optional(),
            preLaunchTask: z.string().optional(),
            serverReadyAction: z.object({ pattern: z.string() }).optional(),
          }),
        ),
      })
      .parse(JSON.parse(read('.vscode/launch.json')));
    const demo = launch.configurations.find(({ runtimeArgs }) => runtimeArgs?.includes('demo'));
    const { tasks } = z
      .object({ tasks: z.array(z.object({ label: z.string() })) })
      .parse(JSON.parse(read('.vscode/tasks.json')));
    assert.ok(tasks.some(({ label }) => label === demo?.preLaunchTask));
    const said =
      /^Open .+$/m.exec(read('test/demo/terminal.ts'))?.[0].replace(/\$\{url\}/, 'http://127.0.0.1:56150') ?? '';
    assert.match(said, new RegExp(demo?.serverReadyAction?.pattern ?? '^$'));
  });
});
