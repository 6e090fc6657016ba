import assert from 'node:assert/strict';
import { sectionOf } from '../../bot/doctor/diagnose.ts';
import { steps } from '../../bot/doctor/steps.ts';
import { markdownPages } from './markdown-pages.ts';

const page = markdownPages().find(({ path }) => path === 'docs/doctor.md');
const source = page?.source ?? '';
const headings = [...source.matchAll(/^### (.+)$/gm)].map(([, heading]) => heading);

describe('docs/doctor.md', () => {
  it('has a section for every step, under its title, in its order', () => {
    assert.deepEqual(
      headings,
      steps.map(({ title }) => title),
    );
  });

  it('is where the doctor sends people', () => {
    for (const step of steps) {
      const [path, anchor = ''] = sectionOf(step).split('#');
      assert.equal(path, page?.path);
      assert.ok(page?.anchors.has(anchor), anchor);
    }
  });

  it('says of every step what it means and how to mend it', () => {
    for (const section of source.split(/^### /m).slice(1)) {
      assert.match(section, /\*\*Mend it:\*\* \S/, section.slice(0, 60));
      assert.ok(section.length > 200, section.slice(0, 60));
    }
  });
});
