import assert from 'node:assert/strict';
import { inFull } from '../build/in-full.ts';
import { type DefenderSwitches, defaultSwitches } from '../sandbox/defender-switches.ts';
import { type Device, fineDevice, hiddenDevice } from '../sandbox/devices.ts';
import { mia, omar } from '../sandbox/people.ts';
import { ask, type Scene } from './scene.ts';
import { openStage, type Stage } from './stage.ts';

/** One for each story, so that none finds another's collection on it. */
const freshDevices = Array.from({ length: 14 }, (_, i): Device => {
  const number = String(i + 10);
  const id = `bb5f7e9d1a3b2c4f6e8d0a2b4c6f9e1d3a5b7c${number}`;
  return { ...fineDevice, id, computerDnsName: `ws-story-${number}.contoso.example` };
});
/** Slow enough that a sweep sees each step. */
const unhurried = { pendingMs: 700, inProgressMs: 700, end: 'Succeeded' } as const;
const endless = { pendingMs: 3_600_000, inProgressMs: 0, end: 'Succeeded' } as const;
const fiveMinutes = 300_000;

describe('what Defender may answer otherwise', function () {
  this.timeout(180_000);
  let stage: Stage;
  let used = 0;

  before(async () => {
    stage = await openStage({
      devices: [hiddenDevice, ...freshDevices],
      defender: { limits: [], linkLimits: [] },
    });
  });
  after(() => stage.close());
  beforeEach(() => {
    const { faults, defender, entra, tokenService } = stage.sandbox;
    faults.clear();
    switchTo({});
    defender.switches.clockSkewMs = 0;
    entra.consented = ['Machine.CollectForensics', 'Machine.Read'];
    for (const person of [mia, omar]) {
      tokenService.forget(person);
      tokenService.signIn(person);
    }
  });

  function switchTo(changes: Partial<DefenderSwitches>): void {
    const { switches } = stage.sandbox.defender;
    const { limits, linkLimits } = switches;
    Object.assign(switches, { ...defaultSwitches(), progress: unhurried, ...changes, limits, linkLimits });
  }

  function freshDevice(): Device {
    const device = freshDevices[used];
    assert.ok(device, 'more stories than devices');
    used += 1;
    return device;
  }

  const askFor = (device: Device) => ask(stage.sandbox.client(mia), stage.sandbox.places.channel, device.id);
  const answersTo = ({ reason }: Scene) =>
    stage.sandbox.journal.all('defender.collect.answered', ({ data }) => `${data.comment}`.includes(reason));

  /** Confirms, and sees it through to the package. */
  async function collectToTheEnd(device: Device): Promise<Scene> {
    const scene = await askFor(device);
    await scene.press('Collect');
    const done = await scene.card('Get download link');
    assert.doesNotMatch(done.content, /already running|probably/);
    await scene.closing('Succeeded');
    assert.equal(answersTo(scene).length, 1);
    return scene;
  }

  /** What Mia's client shows her of the card, once it has this text. */
  async function ownView(scene: Scene, shows: string): Promise<string> {
    const answer = await stage.sandbox.client(mia).refresh(await scene.card(shows));
    assert.ok(answer.kind === 'card');
    return answer.text;
  }

  const isListedUnder = (name: string) =>
    stage.sandbox.journal.all('defender.listActions.received', ({ data }) => `${data.filter}`.includes(name)).length >
    0;

  describe('calling the requester by another name', () => {
    it('an alias: the action is the request’s own, and is followed under that alias to its end', async () => {
      switchTo({ requestor: () => 'mberg@alias.example' });
      await collectToTheEnd(freshDevice());
      assert.ok(isListedUnder('mberg@alias.example'));
    });

    inFull(
      'a new one after a rename: the next action is still the request’s own, and followed under the new name',
      async () => {
        switchTo({ requestor: () => 'before@contoso.example' });
        await collectToTheEnd(freshDevice());
        switchTo({ requestor: () => 'mia.meier@contoso.example' });
        await collectToTheEnd(freshDevice());
        assert.ok(isListedUnder('mia.meier@contoso.example'));
      },
    );

    inFull('no comment in the answer: name and time tell that it is the request’s own', async () => {
      await collectToTheEnd(freshDevice());
      switchTo({ commentInAnswer: false });
      await collectToTheEnd(freshDevice());
    });
  });

  for (const [what, clockSkewMs] of [
    ['ahead', fiveMinutes],
    ['behind', -fiveMinutes],
  ] as const) {
    it(`a clock 5 min ${what}: the action is the request’s own, is followed, and stands among the earlier ones`, async () => {
      switchTo({ clockSkewMs });
      const device = freshDevice();
      await collectToTheEnd(device);
      const again = await askFor(device);
      const view = await ownView(again, 'Collect');
      assert.match(view, /A package of it was collected at .*mia/);
      assert.match(view, /Get download link/);
      await again.press('Cancel');
    });
  }

  it('a 201 with the action of somebody else: it is joined, named, and followed to its end, and none is started', async () => {
    const { defender, journal } = stage.sandbox;
    const device = freshDevice();
    const scene = await askFor(device);
    await scene.card('Collect');
    switchTo({ alreadyRunning: 'existing', progress: endless });
    const theirs = defender.actions.create(device, omar.upn, 'by hand');
    const created = journal.all('defender.action.created').length;
    await scene.press('Collect');
    const joined = await scene.card('Refresh');
    assert.match(joined.content, new RegExp(`${omar.upn}\\W.* started it at`));
    assert.deepEqual(
      answersTo(scene).map(({ data }) => data.status),
      [201],
    );
    defender.actions.setStatus(theirs, 'Succeeded');
    await scene.closing('Succeeded');
    assert.equal(journal.all('defender.action.created').length, created);
  });

  inFull('a status word that nobody knows is not the end', async () => {
    const { defender } = stage.sandbox;
    switchTo({ progress: endless });
    const device = freshDevice();
    const scene = await askFor(device);
    await scene.press('Collect');
    await scene.card('Pending');
    const action = defender.actions.runningOn(device);
    assert.ok(action);
    defender.actions.setStatus(action, 'AwaitingApproval');
    await scene.card('In progress');
    defender.actions.setStatus(action, 'Failed');
    await scene.closing('Failed');
  });

  inFull(
    'an action that no call shows for some seconds, and that then names no device, is followed to its end',
    async () => {
      switchTo({ listLagMs: 3_000, deviceInAction: false, lastUpdateMember: 'lastUpdateTimeUtc' });
      await collectToTheEnd(freshDevice());
    },
  );

  it('a link in an extra pair of quotes is handed out without them', async () => {
    switchTo({ quotedLink: true });
    const scene = await collectToTheEnd(freshDevice());
    const answer = await scene.press('Get download link');
    assert.ok(answer.kind === 'card');
    const links = [...JSON.stringify(answer.card).matchAll(/"url":"([^"]*)"/g)].map(([, url]) => url);
    assert.equal(links.length, 1);
    assert.match(`${links[0]}`, /^https:\/\/[^"'\\%]*safedownload[^"'\\%]*$/);
  });

  for (const [hidden, shows] of [
    ['ResourceNotFound', 'Defender shows no such device'],
    ['Forbidden', 'Defender does not allow this to the person who asked, and does not say why'],
  ] as const) {
    it(`${hidden} for a device of another group: nothing of it is shown, and nothing can be collected`, async () => {
      switchTo({ hiddenDevice: hidden });
      const scene = await askFor(hiddenDevice);
      const card = await scene.card(shows);
      assert.deepEqual(card.buttons, ['Try again', 'Cancel']);
      assert.ok(!card.content.includes('ws-ceo-001'));
      await scene.end();
    });
  }

  it('a consent without Machine.Read: the card names the permission and who can give it, and nothing is collected', async () => {
    stage.sandbox.entra.consented = ['Machine.CollectForensics'];
    const scene = await askFor(freshDevice());
    const card = await scene.card('Machine.Read');
    assert.match(card.content, /lacks the Defender permission \*\*Machine\.Read/);
    assert.match(card.content, /Your tenant’s administrator can consent/);
    assert.match(card.content, /correlation ID/);
    await scene.end();
    assert.equal(answersTo(scene).length, 0);
  });

  it('a consent without Machine.CollectForensics: the look-up works, and the refusal names the permission', async () => {
    stage.sandbox.entra.consented = ['Machine.Read'];
    const scene = await askFor(freshDevice());
    await scene.press('Collect');
    await scene.closing('lacks the Defender permission');
    const card = await scene.card('Try again');
    assert.match(card.content, /lacks the Defender permission \*\*Machine\.CollectForensics/);
    assert.match(card.content, /correlation ID/);
  });

  inFull('no call left for the look-up: the card says so, and goes on by itself when there is one', async () => {
    const headers = { 'retry-after': '2' };
    stage.sandbox.faults.inject('defender.getMachine', { kind: 'answer', status: 429, headers, body: '{}' });
    const scene = await askFor(freshDevice());
    const waits = await scene.card('asks for the device by itself');
    assert.deepEqual(waits.buttons, ['Cancel']);
    await scene.press('Collect');
    await scene.closing('Succeeded');
  });
});
