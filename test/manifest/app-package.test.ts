import assert from 'node:assert/strict';
import { strFromU8, unzipSync } from 'fflate';
import { makeAppPackage } from '../../manifest/app-package.ts';
import { ingredients } from './ingredients.ts';

describe('the Teams app package', () => {
  it('holds the filled manifest, its translation and both icons at its root, and nothing else', async () => {
    const made = await makeAppPackage(ingredients);
    assert.equal(made.kind, 'ready');
    const files = unzipSync(made.zip);
    assert.deepEqual(Object.keys(files), ['manifest.json', 'color.png', 'outline.png', 'de.json']);
    assert.deepEqual(JSON.parse(strFromU8(files['manifest.json'] ?? new Uint8Array())), made.manifest);
    assert.deepEqual(Buffer.from(files['color.png'] ?? []), ingredients.color);
    assert.deepEqual(Buffer.from(files['outline.png'] ?? []), ingredients.outline);
  });

  it('reports variables, manifest and icons together', async () => {
    const made = await makeAppPackage({
      ...ingredients,
      template: ingredients.template.replace('"#0A2F55"', '"blue"'),
      color: ingredients.outline,
      outline: ingredients.color,
      env: {},
    });
    assert.equal(made.kind, 'faulty');
    assert.equal(made.variables.length, 2);
    for (const part of ['/accentColor', 'color icon must be 192', 'outline icon must be 32']) {
      assert.ok(
        made.others.some((fault) => fault.includes(part)),
        `${part} in ${made.others.join('\n')}`,
      );
    }
  });

  it('is not made with a translation that the manifest does not name, that is missing, or that Teams would not take', async () => {
    const german = ingredients.translations['de.json'] ?? '';
    const cases = [
      { translations: {}, says: 'names de.json, which is not there' },
      { translations: { 'de.json': german, 'fr.json': german }, says: 'does not name fr.json' },
      { translations: { 'de.json': german.replace('name.short', 'name.shortest') }, says: 'de.json breaks' },
    ];
    for (const { translations, says } of cases) {
      const made = await makeAppPackage({ ...ingredients, translations });
      assert.equal(made.kind, 'faulty');
      assert.match(made.others.join('\n'), new RegExp(says));
    }
  });
});
