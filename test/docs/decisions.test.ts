import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { markdownPages } from './markdown-pages.ts';

const folder = 'docs/decisions/';
const records = readdirSync(new URL(`../../${folder}`, import.meta.url))
  .filter((file) => file !== 'README.md')
  .toSorted();
const pages = markdownPages();
const index = pages.find(({ path }) => path === `${folder}README.md`);

describe('docs/decisions', () => {
  it('lists every record under its own title, in its order', () => {
    const rows = [...(index?.source ?? '').matchAll(/^\| \[(\d{4})\]\((.+?)\) \| (.+) \|$/gm)];
    const listed = rows.map(([, number = '', file = '', title = '']) => ({ file, heading: `# ${number}. ${title}` }));
    const written = records.map((file) => ({ file, heading: headingOf(file) }));
    assert.ok(written.length > 0);
    assert.deepEqual(listed, written);
  });

  it('numbers its records without a gap', () => {
    assert.deepEqual(
      records.map((file) => Number(file.slice(0, 4))),
      records.map((_, i) => i + 1),
    );
  });

  for (const file of records) {
    it(`${file} says what, why, what not, and what would change our mind`, () => {
      const source = pageOf(file)?.source ?? '';
      for (const part of ['Decided', 'Why', 'Not taken', 'Would change our mind']) {
        assert.match(source, new RegExp(`^\\*\\*${part}\\.\\*\\* \\S`, 'm'), part);
      }
    });
  }
});

function pageOf(file: string) {
  return pages.find(({ path }) => path === folder + file);
}

function headingOf(file: string): string {
  return pageOf(file)?.source.split('\n')[0] ?? '';
}
