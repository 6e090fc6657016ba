import assert from 'node:assert/strict';
import { cloudNames, clouds } from '../../bot/clouds.ts';
import { defaultSwitches } from '../sandbox/defender-switches.ts';
import { markdownPages } from './markdown-pages.ts';

describe('docs/first-tenant.md', () => {
  const page = markdownPages().find(({ path }) => path === 'docs/first-tenant.md');

  it('says how to try everything that is a switch of the sandbox, since nobody knows it', () => {
    const missing = Object.keys(defaultSwitches()).filter((name) => !page?.codes.includes(name));
    assert.deepEqual(missing, []);
  });

  it('has a blank for the audience of every cloud, and of the regions, where it is assumed', () => {
    const assumed = cloudNames.filter((name) => clouds[name].scopeAssumed === 'everywhere');
    assert.match(page?.source ?? '', /^## \d+\. Audience at the regional hosts$/m);
    const blanks = /^- \*\*Result:\*\* GCC _+ GCC High _+ DoD _+$/m;
    assert.deepEqual(assumed, ['gcc', 'gcc-high', 'dod']);
    assert.match(page?.source ?? '', blanks);
  });

  it('has a blank in every item', () => {
    const items = page?.source.split(/^## (?=\d+\. )/m).slice(1) ?? [];
    assert.ok(items.length > 0);
    for (const item of items) assert.match(item, /^- \*\*Result:\*\* .*_{6}/m, item.split('\n')[0]);
  });
});
