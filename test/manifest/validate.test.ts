import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import sinon from 'sinon';
import { z } from 'zod';
import { fill, type Json } from '../../manifest/fill.ts';
import { bundledSchemas, manifestFaults } from '../../manifest/validate.ts';
import { readVariables } from '../../manifest/variables.ts';
import { env, ingredients } from './ingredients.ts';

const document = z.record(z.string(), z.json());
const filled = document.parse(
  fill(z.json().parse(JSON.parse(ingredients.template)), readVariables(env, '1.2.3').values),
);
const changed = (change: Readonly<Record<string, Json>>): Json => ({ ...filled, ...change });

describe('manifest validation', () => {
  afterEach(() => sinon.restore());

  it('accepts the filled manifest without the network', async () => {
    const fetch = sinon.stub(globalThis, 'fetch').rejects(new Error('no network'));
    assert.deepEqual(await manifestFaults(filled), []);
    sinon.assert.notCalled(fetch);
  });

  it('uses the newest schema that the validator brings', () => {
    const newest = readdirSync(bundledSchemas)
      .flatMap((folder) => /^v1\.(\d+)$/.exec(folder)?.[1] ?? [])
      .reduce((most, minor) => Math.max(most, Number(minor)), 0);
    assert.equal(filled.manifestVersion, `1.${newest}`);
  });

  it('reports all faults of a manifest together', async () => {
    const faults = await manifestFaults(changed({ id: 'no guid', name: { short: 'x'.repeat(31) }, surprise: true }));
    assert.equal(faults.length, 3);
    for (const part of ['/id', '/name/short', 'surprise']) {
      assert.ok(
        faults.some((fault) => fault.includes(part)),
        `${part} in ${faults.join('\n')}`,
      );
    }
  });

  it('reports a placeholder that nothing filled', async () => {
    const slot = ['$', '{{COLOR}}'].join('');
    const faults = await manifestFaults(changed({ accentColor: slot }));
    assert.ok(faults.some((fault) => fault.endsWith(slot)));
  });

  it('refuses a schema that it would have to download, and does not try', async () => {
    const fetch = sinon.stub(globalThis, 'fetch').rejects(new Error('no network'));
    const address = 'https://developer.microsoft.com/json-schemas/teams/v9.99/MicrosoftTeams.schema.json';
    for (const change of [{ manifestVersion: '9.99', $schema: address }, { $schema: address }]) {
      const faults = await manifestFaults(changed(change));
      assert.equal(faults.length, 1);
      assert.match(faults.join(), /No bundled schema fits/);
    }
    sinon.assert.notCalled(fetch);
  });

  it('refuses a document that is no manifest', async () => {
    assert.deepEqual(await manifestFaults([]), ['The manifest lacks $schema or manifestVersion.']);
  });
});
