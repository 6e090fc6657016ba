/** `npm run release`: a version becomes a commit and a tag. Nothing is pushed; pushing the tag makes the release. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ExecaError, execa } from 'execa';
import { unreleasedNotes, withRelease } from './changelog.ts';

/** Shown with every fault of the arguments. */
export const usage = 'npm run release -- major|minor|patch|<version, such as 1.0.0>\n';

const changelogFile = 'CHANGELOG.md';
const files = [changelogFile, 'package.json', 'package-lock.json'];
/** Teams takes three numbers and no more as the version of an app ('App manifest schema', `version`). */
const wish = /^(?:major|minor|patch|\d+\.\d+\.\d+)$/;

/** Where it tells what happened. */
export interface Output {
  readonly out: { write(text: string): void };
  readonly err: { write(text: string): void };
}

/**
 * Releases the project in a directory, which is the root of its git tree.
 * @param date of the release, YYYY-MM-DD
 * @returns the exit code: 0, 1 for what is not fit to be released, 2 for wrong arguments
 */
export async function runRelease(
  args: readonly string[],
  directory: string,
  date: string,
  to: Output,
): Promise<0 | 1 | 2> {
  const [version = '', ...more] = args;
  if (!wish.test(version) || more.length > 0) {
    to.err.write(usage);
    return 2;
  }
  const changelog = await readFile(join(directory, changelogFile), 'utf8');
  const notes = unreleasedNotes(changelog);
  const faults = await faultsOf(directory, notes);
  if (notes === undefined || faults.length > 0) {
    to.err.write(`Not released:\n${faults.map((fault) => `  ${fault}\n`).join('')}`);
    return 1;
  }
  const before = await git(directory, 'rev-parse', 'HEAD');
  try {
    const tag = await bump(directory, version);
    await writeFile(join(directory, changelogFile), withRelease(changelog, tag.slice(1), date));
    await commitAndTag(directory, tag, notes);
    to.out.write(whatNext(tag));
    return 0;
  } catch (error) {
    // The tree was clean, so nothing but our own changes goes.
    await git(directory, 'reset', '--quiet', '--hard', before);
    if (!isFailedCommand(error)) throw error;
    to.err.write(`Not released, and everything is as it was:\n  ${error.shortMessage}\n${error.stderr}\n`);
    return 1;
  }
}

async function faultsOf(directory: string, notes: string | undefined): Promise<readonly string[]> {
  const branch = await git(directory, 'branch', '--show-current');
  const changed = await git(directory, 'status', '--porcelain');
  return [
    ...(notes === undefined
      ? [`${changelogFile} has nothing under Unreleased: say what changes, and who must act.`]
      : []),
    ...(branch === 'main' ? [] : [`This is ${branch || 'no branch'}. Releases are made on main.`]),
    ...(changed === '' ? [] : [`There are changes that are not committed:\n${changed.replaceAll(/^/gm, '    ')}`]),
  ];
}

/** npm knows the versions, and where they stand. @returns the name of the tag */
async function bump(directory: string, version: string): Promise<string> {
  // The first release may be of the version that stands there already; whether it was released its tag says.
  const options = ['--no-git-tag-version', '--allow-same-version', '--ignore-scripts'];
  const { stdout } = await execa('npm', ['version', version, ...options], { cwd: directory });
  return stdout.trim();
}

/** Signed where git is told so (`commit.gpgSign`, `tag.gpgSign`). What is new goes along with the tag. */
async function commitAndTag(directory: string, tag: string, notes: string): Promise<void> {
  await git(directory, 'commit', '--quiet', '--message', `Release ${tag.slice(1)}`, '--', ...files);
  const message = `Release ${tag.slice(1)}\n\n${notes}`;
  // Otherwise git takes the headings of the notes for comments.
  await git(directory, 'tag', '--annotate', '--cleanup=whitespace', '--message', message, tag);
}

async function git(directory: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await execa('git', args, { cwd: directory });
  return stdout.trim();
}

function isFailedCommand(error: unknown): error is ExecaError {
  return error instanceof Error && 'shortMessage' in error;
}

function whatNext(tag: string): string {
  return [
    `Released ${tag.slice(1)} here: a commit, and the tag ${tag}. Nothing was pushed.`,
    '  Look at it:       git show HEAD',
    `  Publish it:       git push origin main ${tag}`,
    '                    The workflow of the tag tests it, and attaches the Teams app and the bill of materials.',
    `  Or take it back:  git tag --delete ${tag} && git reset --keep HEAD~1`,
    '',
  ].join('\n');
}
