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

  it('gives all of two pages, but of near names only those of the first', async () => {
    const first = row('a', null, 'pc-71');
    await rig.listen((response, { url }) => {
      const isSecond = url.includes('page=2');
      const more = isSecond ? {} : { '@odata.nextLink': `${rig.server.url}/api/machines?page=2` };
      json(response, 200, { value: [isSecond ? row('b', null, 'pc-72') : first], ...more });
    });
    const named = await rig.defender.devicesNamed(token, 'pc-7');
    assert.ok(named.ok && named.value.length === 2);
    const near = await rig.defender.devicesNear(token, 'pc-78');
    assert.ok(near.ok);
    assert.deepEqual(
      near.value.map(({ name }) => name),
      ['pc-71'],
    );
  });

  it('is empty, and no failure, when Defender says 404 for none', async () => {
    await rig.listen((response) => json(response, 404, { error: { code: 'ResourceNotFound', message: '' } }));
    assert.deepEqual(await rig.defender.devicesNamed(token, 'pc'), { ok: true, value: [] });
  });
});

describe('devicesNear', () => {
  const rig = defenderRig();
  const row = (n: number, computerDnsName: string) => ({
    ...machine,
    id: n.toString(16).padStart(40, '0'),
    computerDnsName,
  });
  const filters = () => rig.server.heard.map(({ url }) => new URL(url, rig.server.url).searchParams.get('$filter'));

  it('searches names that begin alike, and gives the nearest first', async () => {
    const rows = [row(1, 'ws-mia-04.corp.example'), row(2, 'ws-mia-042.corp.example'), row(3, 'ws-mio-999')];
    await rig.listen((response) => json(response, 200, { value: rows }));
    const near = await rig.defender.devicesNear(token, 'WS-MIA-042x.corp.example');
    assert.ok(near.ok);
    assert.deepEqual(
      near.value.map(({ name }) => name),
      ['ws-mia-042.corp.example', 'ws-mia-04.corp.example'],
    );
    assert.deepEqual(filters(), ["startswith(computerDnsName,'ws-mia-04')"]);
  });

  it('tries the first half when the beginning finds nothing that is near', async () => {
    await rig.listen((response, { url }) => {
      const isHalf = decodeURIComponent(url).includes("'ws-mi'");
      json(response, 200, { value: isHalf ? [row(1, 'ws-mia-042')] : [row(2, 'ws-mai-04-of-somebody-else')] });
    });
    const near = await rig.defender.devicesNear(token, 'ws-mai-042');
    assert.ok(near.ok);
    assert.deepEqual(filters(), ["startswith(computerDnsName,'ws-mai-0')", "startswith(computerDnsName,'ws-ma')"]);
    assert.deepEqual(near.value, []);
    const half = await rig.defender.devicesNear(token, 'ws-mi-042');
    assert.ok(half.ok && half.value.length === 1);
  });

  it('asks nothing for a name that is too short to be like another', async () => {
    await rig.listen((response) => json(response, 200, { value: [] }));
    assert.deepEqual(await rig.defender.devicesNear(token, 'pc'), { ok: true, value: [] });
    assert.deepEqual(filters(), []);
  });

  it('says when it failed', async () => {
    await rig.listen((response) => json(response, 403, { error: { code: 'Forbidden', message: '' } }));
    assert.ok(!(await rig.defender.devicesNear(token, 'ws-mia-042')).ok);
  });
});
