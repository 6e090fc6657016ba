import assert from 'node:assert/strict';
import {
  busyDevice,
  type Device,
  fineDevice,
  hiddenDevice,
  inactiveDevice,
  linuxDevice,
  oldTwinDevice,
  serverDevice,
  twinDevice,
} from '../sandbox/devices.ts';
import { mia, omar } from '../sandbox/people.ts';
import { ask, type Scene } from './scene.ts';
import { openStage, type Stage } from './stage.ts';

const restrictedDevice: Device = {
  ...fineDevice,
  id: 'aa5f7e9d1a3b2c4f6e8d0a2b4c6f9e1d3a5b7caa',
  computerDnsName: 'ws-hsm-001.contoso.example',
  machineTags: ['Restricted security operations'],
};
const everyDevice = [
  ...[fineDevice, busyDevice, hiddenDevice, serverDevice, inactiveDevice, twinDevice, oldTwinDevice, linuxDevice],
  restrictedDevice,
];

describe('which device, and what its card says', function () {
  this.timeout(180_000);
  let stage: Stage;

  before(async () => {
    stage = await openStage({ devices: everyDevice });
  });
  after(() => stage.close());
  beforeEach(() => {
    stage.sandbox.faults.clear();
    for (const person of [mia, omar]) stage.sandbox.tokenService.signIn(person);
  });

  const askFor = (device: string) => ask(stage.sandbox.client(mia), stage.sandbox.places.channel, device);
  const posts = (reason: string) =>
    stage.sandbox.journal.all('defender.collect.answered', ({ data }) => `${data.comment}`.includes(reason));

  /** What Mia's client shows her of the card, once it has this text. */
  async function ownView(scene: Scene, shows: string | RegExp): Promise<string> {
    const answer = await stage.sandbox.client(mia).refresh(await scene.card(shows));
    assert.equal(answer.kind, 'card');
    return answer.kind === 'card' ? answer.text : '';
  }

  it('a name with two records is never picked from: the requester alone sees them, and chooses', async () => {
    const { sandbox } = stage;
    const scene = await askFor('ws-twin-007');
    const shared = await scene.card('Continue');
    assert.deepEqual(shared.buttons, ['Continue', 'Cancel']);
    assert.match(shared.content, /Several devices are called “ws-twin-007”: Mia Berg chooses/);
    for (const { id } of [twinDevice, oldTwinDevice]) assert.ok(!shared.content.includes(id.slice(0, 8)));
    const list = await ownView(scene, 'Continue');
    const order = [twinDevice, oldTwinDevice].map(({ id }) => list.indexOf(id.slice(0, 8)));
    assert.ok(order.every((at) => at > 0) && order[0] !== undefined && order[0] < (order[1] ?? 0), list);
    assert.match(list, /Windows10 1607, no sensor data, group Workstations/);
    await sandbox.client(mia).click(shared, 'Continue', { inputs: { device: twinDevice.id } });
    const confirm = await scene.card('Collect');
    assert.match(confirm.content, new RegExp(twinDevice.id));
    await scene.press('Collect');
    await scene.card('Get download link');
    assert.deepEqual(
      posts(scene.reason).map(({ data }) => data.id),
      [twinDevice.id],
    );
  });

  it('a client that asks for no view of its own gets the list by Continue, and only the requester does', async () => {
    const { sandbox } = stage;
    const scene = await askFor('ws-twin-007.contoso.example');
    const shared = await scene.card('Continue');
    const others = await sandbox.client(omar).click(shared, 'Continue');
    assert.equal(others.kind, 'message');
    assert.match(others.kind === 'message' ? others.text : '', /only \*\*Mia Berg\*\* can do that/);
    const own = await sandbox.client(mia).click(shared, 'Continue');
    assert.match(own.kind === 'card' ? own.text : '', /Windows10 1607/);
    const forged = await sandbox.client(mia).click(shared, 'Continue', { inputs: { device: serverDevice.id } });
    assert.match(forged.kind === 'message' ? forged.text : '', /not possible now/);
    await sandbox.client(mia).click(shared, 'Cancel');
    await scene.card('Try again');
    assert.equal(posts(scene.reason).length, 0);
  });

  it('a mistyped name is answered with names near it, within what the requester may see', async () => {
    const scene = await askFor('ws-mia-043');
    const shared = await scene.card('Continue');
    assert.match(shared.content, /no device called “ws-mia-043”/);
    assert.ok(!shared.content.includes('ws-mia-042'));
    assert.match(await ownView(scene, 'Continue'), /ws-mia-042\.contoso\.example/);
  });

  it('a name near a device that the requester may not see is not found, and offers nothing', async () => {
    const scene = await askFor('ws-ceo-002');
    const card = await scene.card(/no such device/);
    assert.deepEqual(card.buttons, ['Try again', 'Cancel']);
    assert.ok(!card.content.includes('ws-ceo-001'));
  });

  it('the requester sees what Defender shows them; the shared card, and another person, see none of it', async () => {
    const { sandbox } = stage;
    const scene = await askFor(serverDevice.id);
    const own = await ownView(scene, 'Collect');
    for (const part of [/Last full report/, /Build 20348/, /exposure Medium, value High/, /Device group Servers/]) {
      assert.match(own, part);
    }
    const shared = await scene.card('Collect');
    const others = await sandbox.client(omar).refresh(shared);
    assert.equal(others.kind, 'card');
    for (const text of [JSON.stringify(shared.versions), JSON.stringify(others)]) {
      assert.ok(!/Last full report|20348|exposure|Device group/.test(text), text);
    }
  });

  for (const { device, shows } of [
    { device: linuxDevice, shows: /For this system Defender may refuse/ },
    { device: oldTwinDevice, shows: /For this system Defender may refuse/ },
    { device: inactiveDevice, shows: /pending for hours or days/ },
  ]) {
    it(`warns everybody of ${device.osPlatform} ${device.version ?? ''} ${device.healthStatus}, and blocks nothing`, async () => {
      const scene = await askFor(device.id);
      const card = await scene.card('Collect');
      assert.match(card.content, shows);
      assert.deepEqual(card.buttons, ['Collect', 'Cancel', 'Edit']);
    });
  }

  it('warns the requester alone of a restricted device', async () => {
    const scene = await askFor(restrictedDevice.id);
    assert.match(await ownView(scene, 'Collect'), /Restricted security operations/);
    assert.ok(!(await scene.card('Collect')).content.includes('Restricted'));
  });

  it('a collection that runs already is named to the requester, who follows it; nothing is started', async () => {
    const { sandbox } = stage;
    const scene = await askFor(busyDevice.id);
    const own = await ownView(scene, 'Collect');
    assert.match(own, new RegExp(`already running on it: \\*\\*${omar.upn.replace('.', '\\\\?.')}`));
    assert.match(own, /\[Follow it\] \[Cancel\] \[Edit\]/);
    const shared = await scene.card('Collect');
    assert.ok(!shared.content.includes(omar.upn));
    await sandbox.client(mia).click(shared, 'Follow it');
    await scene.card('Refresh');
    assert.equal(posts(scene.reason).filter(({ data }) => data.status === 201).length, 0);
  });

  it('a package of the last 24 h is offered to the requester, and its link to them alone', async () => {
    const { sandbox } = stage;
    const hour = 3_600_000;
    const done = sandbox.defender.actions.create(fineDevice, omar.upn, 'from the portal', Date.now() - hour);
    sandbox.defender.actions.setStatus(done, 'Succeeded');
    const scene = await askFor(fineDevice.id);
    assert.match(await ownView(scene, 'Collect'), /A package of it was collected at .*omar/);
    const shared = await scene.card('Collect');
    assert.ok(!shared.buttons.includes('Get download link'));
    const answer = await sandbox.client(mia).click(shared, 'Get download link');
    const link = /https:\/\/[^"]*safedownload[^"]*/.exec(JSON.stringify(answer))?.[0] ?? '';
    assert.notEqual(link, '');
    assert.ok(!sandbox.places.channel.messages.some(({ versions }) => JSON.stringify(versions).includes(link)));
    assert.ok(!stage.bot.lines.some((line) => line.includes(link)));
    const back = await sandbox.client(mia).click(shared, 'Back');
    assert.match(back.kind === 'card' ? back.text : '', /\[Collect\]/);
  });

  it('of several devices one card shows each, sends what is ticked, and says in one message how all ended', async () => {
    const { sandbox } = stage;
    const list = [
      fineDevice.id,
      serverDevice.computerDnsName,
      'zz-none-1',
      linuxDevice.id,
      fineDevice.id.toUpperCase(),
    ];
    const scene = await askFor(list.join(', '));
    const confirm = await scene.card('Collect');
    assert.deepEqual(confirm.buttons, ['Collect', 'Cancel', 'Edit', 'Try again']);
    assert.match(confirm.content, /4 devices/);
    assert.match(confirm.content, /zz-none-1[\s\S]*no such device/);
    const ticks = { keep0: 'true', keep1: 'true', keep3: 'false' };
    await sandbox.client(mia).click(confirm, 'Collect', { inputs: ticks });
    const done = await scene.card(/2 of 2 done/);
    assert.match(done.content, /nothing was sent for them: zz-none-1, lx-build-03/);
    const sent = posts(scene.reason).map(({ data }) => data.id);
    assert.deepEqual(sent.toSorted(), [fineDevice.id, serverDevice.id].toSorted());
    assert.match((await scene.closing(/packages were collected/)).text, /2 of 2 packages were collected/);
  });

  it('a list of earlier collections that Defender does not give stands in nobody’s way', async () => {
    const { sandbox } = stage;
    sandbox.faults.inject('defender.listActions', { kind: 'answer', status: 500, body: '<html>' });
    const scene = await askFor(serverDevice.id);
    assert.match(await ownView(scene, 'Collect'), /or Defender did not say/);
    sandbox.faults.clear();
    await scene.press('Collect');
    await scene.card('Get download link');
  });

  it('the notification of a card says in words what it is about', async () => {
    const scene = await askFor(serverDevice.id);
    const { summary } = (await scene.card('Collect')).activity;
    assert.match(`${summary}`, /Investigation package of srv-files-01\.contoso\.example: .* Asked by Mia Berg/);
  });
});
