import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inFull } from '../build/in-full.ts';
import { busyDevice, fineDevice, hiddenDevice } from '../sandbox/devices.ts';
import { startDemo } from './demo-process.ts';
import { exitCodeOf, playStory } from './scripted-story.ts';

describe('npm run demo -- --script', function () {
  this.timeout(240_000);
  let directory: string;
  let transcript: string;
  let targets: readonly { readonly process: string; readonly target: string }[];
  let exitCode: number | null;

  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'collector-demo-test-'));
    const preload = new URL('./loopback-only.ts', import.meta.url);
    preload.searchParams.set('record', join(directory, 'targets.txt'));
    const demo = startDemo(['--script'], ['--import', preload.href]);
    exitCode = await demo.ended;
    transcript = demo.lines.join('\n');
    const lines = (await readFile(join(directory, 'targets.txt'), 'utf8')).trim().split('\n');
    targets = lines.map((line) => {
      const [process = '', ...target] = line.split(' ');
      return { process, target: target.join(' ') };
    });
  });
  after(() => rm(directory, { recursive: true, force: true }));

  it('exits 0', () => {
    assert.equal(exitCode, 0, transcript);
  });

  it('tells the story in order: asked, signed in, confirmed, pending, in progress, succeeded, closing message, link', () => {
    const steps = [
      `/collect ${fineDevice.id}`,
      'Sign-in needed',
      'Mia Berg clicks [Sign in]',
      'Waiting for confirmation',
      'Mia Berg clicks [Collect]',
      '**Pending**',
      '**In progress**',
      '**Succeeded**',
      '<at>Mia Berg</at>',
      'Mia Berg clicks [Get download link]',
    ];
    let from = 0;
    for (const step of steps) {
      const at = transcript.indexOf(step, from);
      assert.notEqual(at, -1, `'${step}' is missing, or comes too early, in:\n${transcript}`);
      from = at + step.length;
    }
  });

  it('names the identity of each call to Defender: the responder, never the application', () => {
    const calls = transcript.split('\n').filter((line) => /^\s+[\d:.]+ (GET|POST) \/api\//.test(line));
    assert.ok(calls.some((call) => call.includes(`${fineDevice.id}/collectInvestigationPackage`)));
    for (const call of calls) assert.match(call, /, as mia\.berg@contoso\.example, scp /);
  });

  it('shows a collection that is joined and a device that the responder may not see', () => {
    const joined = transcript.slice(transcript.indexOf(`/collect ${busyDevice.id}`));
    assert.match(joined, /already running on this device/);
    const hidden = transcript.slice(transcript.indexOf(`/collect ${hiddenDevice.id}`));
    assert.match(hidden, /no such device/);
    assert.doesNotMatch(hidden, new RegExp(`${hiddenDevice.id}/collectInvestigationPackage`));
  });

  it('bot and sandbox connect to this machine only', () => {
    assert.equal(new Set(targets.map(({ process }) => process)).size, 2, 'both processes are watched');
    for (const { target } of targets) assert.match(target, /^(127\.0\.0\.1|localhost|::1)$/);
  });

  inFull('exits 1 when the device does not deliver the package, and shows the story so far', async () => {
    const failed = await playStory({ deviceEnds: 'Failed', nodeArguments: [] });
    assert.equal(failed.fault, undefined);
    assert.equal(exitCodeOf(failed), 1);
    assert.match(failed.transcript, /\*\*Failed\*\*/);
  });

  it('exits 1 when no package was collected', () => {
    assert.equal(exitCodeOf({ collected: false, transcript: '', fault: undefined }), 1);
  });

  it('exits 1 when the story stops, even if the package was collected', () => {
    assert.equal(exitCodeOf({ collected: true, transcript: '', fault: new Error('a card did not come') }), 1);
  });
});

describe('npm run demo', function () {
  this.timeout(120_000);

  it('names the port that is in use, says what to do, and exits 1', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    assert.ok(typeof address === 'object' && address !== null);
    try {
      const demo = startDemo(['--port', `${address.port}`]);
      assert.equal(await demo.ended, 1);
      assert.match(demo.lines.join('\n'), new RegExp(`^Port ${address.port} is in use.*--port `, 'm'));
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
  });

  it('answers parameters that it does not know with those that there are, and exits 1', async () => {
    const demos = [startDemo(['--port', 'many']), startDemo(['--headless'])];
    for (const { ended, lines } of demos) {
      assert.equal(await ended, 1);
      assert.match(lines.join('\n'), /npm run demo -- --script/);
    }
  });
});
