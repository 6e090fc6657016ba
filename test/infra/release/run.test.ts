import assert from 'node:assert/strict';
import { chmod, cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { z } from 'zod';
import { runRelease } from '../../../infra/release/run.ts';
import { inFull } from '../../build/in-full.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const note = '- Something that an administrator notices.';
const unreleased = `# Changelog\n\n## [Unreleased]\n\n### Added\n${note}\n`;
/** Nothing of whoever runs the test: no name, no signing, no hooks. */
const asAda = [
  ...['user.name=Ada', 'user.email=ada@corp.example', 'core.hooksPath=/dev/null'],
  ...['commit.gpgSign=false', 'tag.gpgSign=false'],
].flatMap((setting) => ['-c', setting]);
const version = z.object({ version: z.string() });

describe('npm run release, in a clone', function () {
  this.timeout(60_000);
  let directory: string;
  let clone: string;

  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'collector-release-'));
    const origin = join(directory, 'origin');
    await execa('git', ['init', '--quiet', '--initial-branch=main', origin]);
    for (const file of ['package.json', 'package-lock.json']) await cp(join(root, file), join(origin, file));
    await writeFile(join(origin, 'CHANGELOG.md'), unreleased);
    await execa('git', ['add', '.'], { cwd: origin });
    await execa('git', [...asAda, 'commit', '--quiet', '--message', 'Begin'], { cwd: origin });
  });
  beforeEach(async () => {
    clone = await mkdtemp(join(directory, 'clone-'));
    const settings = asAda.map((each) => (each === '-c' ? '--config' : each));
    await execa('git', ['clone', '--quiet', ...settings, join(directory, 'origin'), clone]);
  });
  after(() => rm(directory, { recursive: true, force: true }));

  const git = async (...args: readonly string[]) => (await execa('git', args, { cwd: clone })).stdout;
  async function release(...args: readonly string[]) {
    const [out, err]: [string[], string[]] = [[], []];
    const to = { out: { write: (text: string) => out.push(text) }, err: { write: (text: string) => err.push(text) } };
    const exitCode = await runRelease(args, clone, '2026-03-01', to);
    return { exitCode, stdout: out.join(''), stderr: err.join('') };
  }
  const read = (file: string) => readFile(join(clone, file), 'utf8');
  const state = async () => [await git('rev-parse', 'HEAD'), await git('tag'), await git('status', '--porcelain')];

  it('makes one commit and one tag of the next version, and pushes nothing', async () => {
    const { exitCode, stdout } = await release('99.1.0');
    assert.equal(exitCode, 0);
    assert.match(stdout, /git push origin main v99\.1\.0/);
    for (const file of ['package.json', 'package-lock.json']) {
      assert.equal(version.parse(JSON.parse(await read(file))).version, '99.1.0', file);
    }
    assert.match(await read('CHANGELOG.md'), /^## \[Unreleased\]\n\n## \[99\.1\.0\] - 2026-03-01\n\n### Added\n- /m);
    assert.equal(await git('log', '--format=%s'), 'Release 99.1.0\nBegin');
    assert.equal(await git('status', '--porcelain'), '');
    assert.equal(await git('rev-parse', 'v99.1.0^{commit}'), await git('rev-parse', 'HEAD'));
    assert.match(await git('tag', '--list', '--format=%(contents)'), /^Release 99\.1\.0\n\n### Added\n- Something/);
    assert.equal(await git('ls-remote', '--tags', 'origin'), '');
    const again = await release('patch');
    assert.equal(again.exitCode, 1);
    assert.match(again.stderr, /nothing under Unreleased/);
  });

  it('refuses with every reason at once: an empty Unreleased, another branch, what is not committed', async () => {
    await git('switch', '--quiet', '--create', 'side');
    await writeFile(join(clone, 'CHANGELOG.md'), unreleased.replace(note, ''));
    await writeFile(join(clone, 'new.ts'), '');
    const before = await state();
    const { exitCode, stderr } = await release('minor');
    assert.equal(exitCode, 1);
    for (const reason of [/nothing under Unreleased/, /This is side\./, /CHANGELOG\.md\n/, /\?\? new\.ts/]) {
      assert.match(stderr, reason);
    }
    assert.deepEqual(await state(), before);
  });

  it('says how it is called: for no version, for two, and for one that Teams does not take', async () => {
    for (const args of [[], ['patch', 'minor'], ['1.0.0-beta.1']]) {
      const { exitCode, stderr } = await release(...args);
      assert.equal(exitCode, 2);
      assert.match(stderr, /npm run release -- major\|minor\|patch/);
    }
  });

  it('refuses a version that was released before, and leaves everything as it was', async () => {
    await git('tag', 'v99.1.0');
    const before = await state();
    const { exitCode, stderr } = await release('99.1.0');
    assert.equal(exitCode, 1);
    assert.match(stderr, /already exists/);
    assert.deepEqual(await state(), before);
    assert.equal(await read('CHANGELOG.md'), unreleased);
  });

  inFull('signs commit and tag where git is told so, and releases nothing that cannot be signed', async () => {
    const signer = join(directory, 'signer');
    await git('config', 'gpg.program', signer);
    await git('config', 'commit.gpgSign', 'true');
    await git('config', 'tag.gpgSign', 'true');
    await writeFile(signer, '#!/bin/sh\nexit 1\n');
    await chmod(signer, 0o755);
    const before = await state();
    assert.equal((await release('99.1.0')).exitCode, 1);
    assert.deepEqual(await state(), before);
    await writeFile(signer, "#!/bin/sh\necho '[GNUPG:] SIG_CREATED ' >&2\necho '-----BEGIN PGP SIGNATURE-----'\n");
    assert.equal((await release('99.1.0')).exitCode, 0);
    for (const object of ['HEAD', 'v99.1.0']) {
      assert.match(await git('cat-file', '-p', object), /BEGIN PGP SIGNATURE/, object);
    }
  });
});
