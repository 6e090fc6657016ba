/** What a release does to `CHANGELOG.md`. The form is that of Keep a Changelog. */

const heading = '## [Unreleased]';

/** What stands under Unreleased; undefined where that is no entry at all, or where there is no such heading. */
export function unreleasedNotes(changelog: string): string | undefined {
  const [, after] = split(changelog);
  const notes = after.split(/^## /m, 1)[0]?.trim() ?? '';
  return /^- \S/m.test(notes) ? notes : undefined;
}

/**
 * The same changelog with what was unreleased under a version, and an empty Unreleased above it.
 * @param date YYYY-MM-DD
 */
export function withRelease(changelog: string, version: string, date: string): string {
  const [before, after] = split(changelog);
  return `${before}${heading}\n\n## [${version}] - ${date}\n${after}`;
}

/** What stands before the heading, and what after; all of it before where there is none. */
function split(changelog: string): readonly [before: string, after: string] {
  const at = changelog.search(/^## \[Unreleased\]$/m);
  return at < 0 ? [changelog, ''] : [changelog.slice(0, at), changelog.slice(at + `${heading}\n`.length)];
}
