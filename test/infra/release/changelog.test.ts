import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { unreleasedNotes, withRelease } from '../../../infra/release/changelog.ts';

const older = '## [0.1.0] - 2026-01-02\n\n### Added\n- The first thing.\n';
const news = '### Added\n- A thing.\n  Over two lines.\n\n### Fixed\n- Another.';
const changelog = `# Changelog\n\nWords.\n\n## [Unreleased]\n\n${news}\n\n${older}`;

describe('a release in the changelog', () => {
  it('is what stands under Unreleased, and nothing of an older one', () => {
    assert.equal(unreleasedNotes(changelog), news);
  });

  it('is nothing where there is no entry, whatever headings there are, or no Unreleased', () => {
    for (const [what, text] of [
      ['an empty one', changelog.replace(news, '')],
      ['headings alone', changelog.replace(news, '### Added\n\n### Fixed\n- ')],
      ['no heading', changelog.replace('## [Unreleased]', '## [0.2.0]')],
      ['nothing at all', ''],
    ] as const) {
      assert.equal(unreleasedNotes(text), undefined, what);
    }
  });

  it('moves all of it under the version and its date, and leaves an empty Unreleased', () => {
    const released = withRelease(changelog, '0.2.0', '2026-03-01');
    assert.equal(
      released,
      `# Changelog\n\nWords.\n\n## [Unreleased]\n\n## [0.2.0] - 2026-03-01\n\n${news}\n\n${older}`,
    );
    assert.equal(unreleasedNotes(released), undefined);
  });

  it('can be made of this project’s own changelog', () => {
    const own = readFileSync(new URL('../../../CHANGELOG.md', import.meta.url), 'utf8');
    const released = withRelease(own, '9.9.9', '2026-03-01');
    assert.equal(released.replace('## [9.9.9] - 2026-03-01\n\n', ''), own);
    assert.match(released, /^## \[Unreleased\]\n\n## \[9\.9\.9\] - 2026-03-01$/m);
  });
});
