import assert from 'node:assert/strict';
import { defenderRig, machine, token } from './defender-rig.ts';
import { json } from './wire-server.ts';

describe('devicesNamed', () => {
  const rig = defenderRig();

  const row = (id: string, lastSeen: string | null, computerDnsName = 'pc-7') => ({
    ...machine,
    id: id.repeat(40),
    lastSeen,
    computerDnsName,
  });

  it('searches the exact name and then name-dot, each device once, newest report first', async () => {
    await rig.listen((response, { url }) =>
      json(response, 200, {
        value: url.includes('startswith')
          ? [row('b', '2026-03-02T00:00:00Z'), row('c', null)]
          : [row('a', '2026-03-01T00:00:00Z'), row('b', '2026-03-02T00:00:00Z')],
      }),
    );
    const result = await rig.defender.devicesNamed(token, 'PC-7');
    assert.ok(result.ok);
    assert.deepEqual(
      result.value.map(({ id }) => id[0]),
      ['b', 'a', 'c'],
    );
    const filters = rig.server.heard.map(({ url }) => new URL(url, rig.server.url).searchParams.get('$filter'));
    assert.deepEqual(filters, ["computerDnsName eq 'pc-7'", "startswith(computerDnsName,'pc-7.')"]);
  });

  it('searches the name as typed when lower case finds nothing', async () => {
    await rig.listen((response, { url }) =>
      json(response, 200, {
        value: decodeURIComponent(url).includes("'Marys-Mac'") ? [row('a', null, 'Marys-Mac')] : [],
      }),
    );
    const named = await rig.defender.devicesNamed(token, 'Marys-Mac');
    assert.ok(named.ok);
    assert.deepEqual(
      named.value.map(({ name }) => name),
      ['Marys-Mac'],
    );
  });

  it('gives sixteen at most', async () => {
    const rows = Array.from({ length: 30 }, (_, i) => ({ ...machine, id: i.toString(16).padStart(40, '0') }));
    await rig.listen((response) => json(response, 200, { value: rows }));
    const result = await rig.defender.devicesNamed(token, 'pc');
    assert.ok(result.ok && result.value.length === 16);
  });

  it('is empty, and no failure, when Defender says 404 for none', async () => {
    await rig.listen((response) => json(response, 404, { error: { code: 'ResourceNotFound', message: '' } }));
    assert.deepEqual(await rig.defender.devicesNamed(token, 'pc'), { ok: true, value: [] });
  });
});
