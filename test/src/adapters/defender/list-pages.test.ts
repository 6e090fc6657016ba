import assert from 'node:assert/strict';
import { action, defenderRig, device, failureOf, since, token } from './defender-rig.ts';
import { json } from './wire-server.ts';

describe('lists of actions', () => {
  const rig = defenderRig();

  const filterOf = (heard: { readonly url: string } | undefined) =>
    new URL(heard?.url ?? '', rig.server.url).searchParams.get('$filter');

  it('ask for the package collections of a device since a moment', async () => {
    await rig.listen((response) => json(response, 200, { value: [action] }));
    const result = await rig.defender.actionsOnDevice(token, device, since);
    assert.ok(result.ok && result.value.length === 1);
    const wanted = `type eq 'CollectInvestigationPackage' and machineId eq '${device}' and creationDateTimeUtc ge 2026-03-01T08:00:00.000Z`;
    assert.equal(filterOf(rig.server.heard[0]), wanted);
  });

  it('ask for all of them where there is no such moment', async () => {
    await rig.listen((response) => json(response, 200, { value: [] }));
    assert.ok((await rig.defender.actionsOnDevice(token, device, undefined)).ok);
    assert.equal(filterOf(rig.server.heard[0]), `type eq 'CollectInvestigationPackage' and machineId eq '${device}'`);
  });

  it('ask for those of a requestor, by Defender’s own string', async () => {
    await rig.listen((response) => json(response, 200, { value: [action, { ...action, machineId: null }] }));
    const result = await rig.defender.actionsOfRequestor(token, "o'neil@contoso.com", since);
    assert.ok(result.ok && result.value.length === 1);
    assert.match(filterOf(rig.server.heard[0]) ?? '', /requestor eq 'o''neil@contoso\.com' and creation/);
  });

  it('ask for everybody’s since a moment, and stop after 5,000', async () => {
    const page = (first: number) =>
      Array.from({ length: 1_000 }, (_, i) => ({
        ...action,
        id: `5382f7ea-7557-4ab7-9782-${String(first + i).padStart(12, '0')}`,
      }));
    await rig.listen((response, { url }) => {
      const skip = Number(new URL(url, rig.server.url).searchParams.get('$skip') ?? 0);
      json(response, 200, { value: page(skip) });
    });
    const result = await rig.defender.actionsSince(token, since);
    assert.ok(result.ok && result.value.length === 5_000);
    assert.equal(rig.server.heard.length, 5);
    const wanted = "type eq 'CollectInvestigationPackage' and creationDateTimeUtc ge 2026-03-01T08:00:00.000Z";
    assert.equal(filterOf(rig.server.heard[0]), wanted);
  });

  it('leave out rows that nobody can read, and say so in the log', async () => {
    await rig.listen((response) => json(response, 200, { value: [action, { id: 'x' }, null] }));
    const result = await rig.defender.actionsOnDevice(token, device, since);
    assert.ok(result.ok && result.value.length === 1);
    assert.equal(rig.log.lines.find(({ fields }) => 'unread' in fields)?.fields.unread, 2);
  });

  it('take a 404 of Defender as an empty list', async () => {
    await rig.listen((response) => json(response, 404, { error: { code: 'ResourceNotFound', message: '' } }));
    assert.deepEqual(await rig.defender.actionsOnDevice(token, device, since), { ok: true, value: [] });
  });

  it('take a 404 without a body as an empty list', async () => {
    await rig.listen((response) => response.writeHead(404).end());
    assert.deepEqual(await rig.defender.actionsOnDevice(token, device, since), { ok: true, value: [] });
  });

  it('do not take a proxy’s 404 page as an empty list', async () => {
    await rig.listen((response) => response.writeHead(404, { 'content-type': 'text/html' }).end('<html>'));
    const failure = failureOf(await rig.defender.actionsOnDevice(token, device, since));
    assert.ok(failure.kind === 'answered' && failure.status === 404);
  });

  it('follow Defender’s own next link to the end', async () => {
    const second = { ...action, id: '5382f7ea-7557-4ab7-9782-d50480024a4f' };
    await rig.listen((response, { url }) =>
      url.includes('skiptoken')
        ? json(response, 200, { value: [second] })
        : json(response, 200, {
            value: [action],
            '@odata.nextLink': `${rig.server.url}/api/machineactions?$skiptoken=2`,
          }),
    );
    const result = await rig.defender.actionsOnDevice(token, device, since);
    assert.ok(result.ok);
    assert.deepEqual(
      result.value.map(({ id }) => id),
      [action.id, second.id],
    );
  });

  it('do not follow a next link to another host with the person’s token', async () => {
    const stranger = await rig.listenElsewhere((response) => json(response, 200, { value: [] }));
    await rig.listen((response) =>
      json(response, 200, { value: [action], '@odata.nextLink': `${stranger.url}/api/machineactions` }),
    );
    const result = await rig.defender.actionsOnDevice(token, device, since);
    assert.deepEqual(failureOf(result), { kind: 'unreadable', status: 200 });
    assert.equal(stranger.heard.length, 0);
  });

  it('read on with $skip after a full page without a link', async () => {
    const page = (first: number, count: number) =>
      Array.from({ length: count }, (_, i) => ({
        ...action,
        id: `5382f7ea-7557-4ab7-9782-${String(first + i).padStart(12, '0')}`,
      }));
    await rig.listen((response, { url }) =>
      json(response, 200, { value: url.includes('$skip=1000') ? page(1_000, 3) : page(0, 1_000) }),
    );
    const result = await rig.defender.actionsOnDevice(token, device, since);
    assert.ok(result.ok && result.value.length === 1_003);
    assert.equal(rig.server.heard.length, 2);
  });

  it('give up a list without end rather than call half of it the whole', async () => {
    await rig.listen((response) =>
      json(response, 200, { value: [action], '@odata.nextLink': '/api/machineactions?$skiptoken=1' }),
    );
    assert.deepEqual(failureOf(await rig.defender.actionsOnDevice(token, device, since)), {
      kind: 'unreadable',
      status: 200,
    });
  });

  it('call a 200 without rows unreadable', async () => {
    await rig.listen((response) => json(response, 200, { values: [] }));
    assert.deepEqual(failureOf(await rig.defender.actionsOnDevice(token, device, since)), {
      kind: 'unreadable',
      status: 200,
    });
  });
});
