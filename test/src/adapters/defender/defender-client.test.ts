import assert from 'node:assert/strict';
import { action, actionId, comment, defenderRig, device, failureOf, machine, soon, token } from './defender-rig.ts';
import { json } from './wire-server.ts';

describe('createDefender', () => {
  const rig = defenderRig();

  it('collect sends what the page asks for, with the person’s token', async () => {
    await rig.listen((response) => json(response, 201, action));
    const result = await rig.defender.collect(token, device, comment, soon());
    assert.ok(result.ok);
    assert.equal(result.value.id, actionId);
    const [heard] = rig.server.heard;
    assert.equal(heard?.method, 'POST');
    assert.equal(heard?.url, `/api/machines/${device}/collectInvestigationPackage`);
    assert.equal(heard?.headers.authorization, 'Bearer token-marker');
    assert.equal(heard?.headers['content-type'], 'application/json');
    assert.deepEqual(JSON.parse(heard?.body ?? ''), { Comment: comment });
  });

  it('device gives the device, and knows another one from it', async () => {
    await rig.listen((response, _, count) =>
      json(response, 200, count === 1 ? machine : { ...machine, id: 'b'.repeat(40) }),
    );
    const first = await rig.defender.device(token, device);
    assert.ok(first.ok && first.value.name === 'pc-7.contoso.com');
    assert.deepEqual(failureOf(await rig.defender.device(token, device)), { kind: 'unreadable', status: 200 });
  });

  it('cancel sends the comment once', async () => {
    await rig.listen((response) => json(response, 200, { ...action, status: 'Cancelled' }));
    const result = await rig.defender.cancel(token, actionId, 'wrong device');
    assert.ok(result.ok && result.value.status === 'Cancelled');
    assert.equal(rig.server.heard[0]?.url, `/api/machineactions/${actionId}/cancel`);
    assert.deepEqual(JSON.parse(rig.server.heard[0]?.body ?? ''), { Comment: 'wrong device' });
  });

  it('packageLink gives a link that nothing prints', async () => {
    const link = 'https://a.blob.core.windows.net/p.zip?sig=link-marker';
    await rig.listen((response) => json(response, 200, { value: `"${link}"` }));
    const result = await rig.defender.packageLink(token, actionId);
    assert.ok(result.ok);
    assert.equal(result.value.reveal(), link);
    assert.ok(!JSON.stringify([result, rig.log.lines]).includes('link-marker'));
  });

  it('packageLink hands out no link to a stranger’s host, and the log names that host alone', async () => {
    await rig.listen((response) => json(response, 200, { value: 'https://evil.example/p.zip?sig=link-marker' }));
    assert.deepEqual(failureOf(await rig.defender.packageLink(token, actionId)), { kind: 'unreadable', status: 200 });
    assert.ok(rig.log.lines.some(({ level, fields }) => level === 'error' && fields.host === 'evil.example'));
    assert.ok(!JSON.stringify(rig.log.lines).includes('link-marker'));
  });

  it('packageLink is not repeated: two a minute are allowed', async () => {
    await rig.listen((response) => response.writeHead(503).end());
    await rig.defender.packageLink(token, actionId);
    assert.equal(rig.server.heard.length, 1);
  });
});
