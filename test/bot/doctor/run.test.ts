import assert from 'node:assert/strict';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { execa } from 'execa';
import { z } from 'zod';
import { runDoctor } from '../../../bot/doctor/run.ts';
import { steps } from '../../../bot/doctor/steps.ts';
import { terminalClientId } from '../../sandbox/device-codes.ts';
import { mia } from '../../sandbox/people.ts';
import { Clinic, secret } from './clinic.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const document = z.object({
  healthy: z.boolean(),
  steps: z.array(z.object({ id: z.string(), title: z.string(), result: z.string(), docs: z.string() })),
});

describe('npm run doctor', function () {
  this.timeout(60_000);
  let clinic: Clinic;
  before(async () => {
    clinic = await Clinic.open();
  });
  after(() => clinic.close());

  /** In this process; the last tests start it as npm does. */
  async function doctor(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
    const [out, err] = [new PassThrough(), new PassThrough()];
    const exitCode = await runDoctor([...args, '--package', 'none.zip'], clinic.environment(env), { out, err });
    const [stdout, stderr] = [textIn(out), textIn(err)];
    assert.doesNotMatch(stdout + stderr, secret);
    return { exitCode, stdout, stderr };
  }
  const textIn = (stream: PassThrough) => z.instanceof(Buffer).nullable().parse(stream.read())?.toString('utf8') ?? '';

  it('has a line for each step in a log, with what was seen, and how to check the rest', async () => {
    const { exitCode, stdout, stderr } = await doctor([]);
    assert.equal(exitCode, 0, stdout);
    for (const { title } of steps) assert.match(stdout, new RegExp(`^[✔⚠✖○] ${title}$`, 'm'));
    assert.match(stdout, /^ {4}Not checked\. That takes a person\.\n {4}→ Run npm run doctor -- --sign-in/m);
    assert.match(stdout, /\n\n\d+ in order, \d+ not checked\n$/);
    assert.equal(stderr, '', 'and no spinner');
  });

  it('ends with 1 when something has to be mended, and says what, how, and where to read more', async () => {
    const { exitCode, stdout } = await doctor([], { OAUTH_CONNECTION_NAME: 'other' });
    assert.equal(exitCode, 1);
    assert.match(
      stdout,
      /^✖ The OAuth connection exists\n {4}The Azure Bot has no .*\n {4}→ Azure portal.*\n {4}More: docs\/doctor\.md#the-oauth-connection-exists$/m,
    );
    assert.match(stdout, /, 1 to mend, /);
  });

  it('explains itself when it is asked for what it does not know', async () => {
    const { exitCode, stdout, stderr } = await doctor(['--fix']);
    assert.deepEqual([exitCode, stdout], [1, '']);
    assert.match(stderr, /--fix.*\n\nnpm run doctor -- /s);
  });

  it('runs by its name, lets a person sign in, and writes one JSON document to standard output and nothing else', async () => {
    const args = ['--json', '--sign-in', '--client-id', terminalClientId, '--package', 'none.zip'];
    const started = execa(process.execPath, [join('bot', 'doctor', 'main.ts'), ...args], {
      cwd: root,
      env: { PATH: process.env.PATH, ...clinic.environment() },
      extendEnv: false,
      reject: false,
    });
    for await (const line of started.iterable({ from: 'stderr' })) {
      const code = /^Open https:\S+ and enter the code (\d+)\./.exec(line)?.[1];
      if (code !== undefined) clinic.sandbox.entra.deviceCodes.complete(code, mia);
    }
    const { exitCode, stdout, stderr } = await started;
    assert.equal(exitCode, 0, stdout + stderr);
    assert.doesNotMatch(stdout + stderr, secret);
    const read = document.parse(JSON.parse(stdout));
    assert.equal(read.healthy, true);
    assert.deepEqual(
      read.steps.map(({ id, title }) => ({ id, title })),
      steps.map(({ id, title }) => ({ id, title })),
    );
    const results = new Map(read.steps.map(({ id, result }) => [id, result]));
    for (const id of ['sign-in', 'permissions', 'defender-audience']) assert.equal(results.get(id), 'ok', stdout);
  });

  it('runs by its name, and ends with 1, without any configuration', async () => {
    const { exitCode, stdout, stderr } = await execa(process.execPath, [join('bot', 'doctor', 'main.ts')], {
      cwd: root,
      env: { PATH: process.env.PATH },
      extendEnv: false,
      reject: false,
    });
    assert.equal(exitCode, 1, stderr);
    assert.match(stdout, /^✖ The configuration is complete\n {4}MicrosoftAppId: is missing/m);
    assert.equal(stderr, '');
  });
});
