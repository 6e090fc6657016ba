import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { execa } from 'execa';
import { parse } from 'yaml';
import { z } from 'zod';
import { faultsOf } from './workflow-reader.ts';

const root = new URL('../../', import.meta.url);
const folder = '.github/workflows/';
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');
const files = readdirSync(new URL(folder, root));
const { scripts, devDependencies } = z
  .object({ scripts: z.record(z.string(), z.string()), devDependencies: z.object({ node: z.string() }) })
  .parse(JSON.parse(read('package.json')));

const setting = z.union([z.string(), z.number(), z.boolean()]);
const job = z.looseObject({
  uses: z.string().optional(),
  permissions: z.record(z.string(), z.string()).optional(),
  container: z.string().optional(),
  'timeout-minutes': z.number().optional(),
  steps: z
    .array(
      z.looseObject({
        uses: z.string().optional(),
        run: z.string().optional(),
        with: z.record(z.string(), setting).optional(),
      }),
    )
    .default([]),
});
const workflow = z.looseObject({ permissions: z.record(z.string(), z.string()), jobs: z.record(z.string(), job) });
const workflows = files.map((file) => ({ file, ...workflow.parse(parse(read(folder + file))) }));
const jobs = workflows.flatMap(({ file, jobs }) => Object.entries(jobs).map(([name, job]) => ({ file, name, ...job })));
const steps = jobs.flatMap(({ file, steps }) => steps.map((step) => ({ file, ...step })));
const runs = steps.flatMap(({ file, run }) => (run === undefined ? [] : [{ file, run }]));

describe('a workflow', () => {
  for (const file of files) {
    it(`is what GitHub reads: ${file}`, async () => {
      assert.deepEqual(await faultsOf(file, read(folder + file)), []);
    });
  }

  it('with a mistyped key, an unknown context, or a need that is not there is found wrong', async () => {
    const content = read(`${folder}release.yml`);
    for (const [right, wrong] of [
      ['runs-on:', 'run-on:'],
      ['github.token', 'gitub.token'],
      ['needs: test', 'needs: tests'],
    ] as const) {
      assert.ok(content.includes(right), right);
      assert.notDeepEqual(await faultsOf('release.yml', content.replace(right, wrong)), [], wrong);
    }
  });

  it('may read the repository and no more; only the job that publishes may write', () => {
    for (const { file, permissions } of workflows) assert.deepEqual(permissions, { contents: 'read' }, file);
    const more = jobs.filter(({ permissions }) => permissions !== undefined);
    assert.deepEqual(
      more.map(({ file, name, permissions }) => [file, name, permissions]),
      [['release.yml', 'publish', { contents: 'write' }]],
    );
  });

  it('uses actions of GitHub’s own, of one major version each, and leaves no token behind', () => {
    const used = steps.flatMap(({ uses }) => (uses === undefined ? [] : [uses]));
    assert.ok(used.length > 0);
    for (const each of used) assert.match(each, /^actions\/[\w-]+@v\d+$/);
    assert.equal(new Set(used).size, new Set(used.map((each) => each.split('@')[0])).size);
    const checkouts = steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'));
    for (const { file, with: options } of checkouts) assert.equal(options?.['persist-credentials'], false, file);
  });

  it('ends by itself', () => {
    for (const { file, name, uses, 'timeout-minutes': minutes } of jobs) {
      assert.ok(uses?.startsWith('./') || (minutes !== undefined && minutes <= 20), `${file} ${name}`);
    }
  });

  it('runs commands and files that are there', () => {
    for (const { file, run } of runs) {
      for (const [, script = ''] of run.matchAll(/\bnpm run ([\w:-]+)/g))
        assert.ok(script in scripts, `${file}: ${script}`);
      for (const [, path = ''] of run.matchAll(/\b(?:node|bash) ((?:\.?[\w-]+\/)+[\w.-]+)/g))
        assert.doesNotThrow(() => read(path), path);
    }
  });

  it('tests on the Node of the project, and starts what is built on the next one, which no npm script would', () => {
    const [major = ''] = devDependencies.node.split('.');
    const containers = jobs.flatMap(({ container }) => container ?? []);
    assert.deepEqual(containers, [`node:${major}-trixie`]);
    const nodes = steps.flatMap(({ with: options }) => options?.['node-version'] ?? []);
    assert.deepEqual([...new Set(nodes)].toSorted(), [Number(major), Number(major) + 2]);
    const ci = workflows.find(({ file }) => file === 'ci.yml')?.jobs['next-node'];
    assert.deepEqual(
      ci?.steps.map(({ run, with: options }) => run ?? options?.['node-version'] ?? '').filter(Boolean),
      [...[Number(major), 'npm ci', 'npm run build'], ...[Number(major) + 2, 'node test/smoke/smoke.ts']],
    );
  });

  it('types nothing that a shell would not read', async () => {
    for (const { run } of runs) await execa('bash', ['-n', '-c', run]);
  });
});
