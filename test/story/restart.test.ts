import assert from 'node:assert/strict';
import { fineDevice } from '../sandbox/devices.ts';
import { mia } from '../sandbox/people.ts';
import { ask } from './scene.ts';
import { openEmbeddedStage, type Stage } from './stage.ts';

describe('a killed process', function () {
  this.timeout(180_000);
  let stage: Stage;

  beforeEach(async () => {
    stage = await openEmbeddedStage();
    stage.sandbox.tokenService.signIn(mia);
  });
  afterEach(() => stage.close());

  const accepted = (reason: string) =>
    stage.sandbox.journal.all(
      'defender.collect.answered',
      ({ data }) => `${data.comment}`.includes(reason) && data.status === 201,
    );

  it('after a kill between confirm and end, the same card reaches its end and the closing message comes', async () => {
    const { sandbox } = stage;
    const { progress } = sandbox.defender.switches;
    sandbox.defender.switches.progress = { ...progress, pendingMs: 4_000, inProgressMs: 2_000 };
    const scene = await ask(sandbox.client(mia), sandbox.places.channel, fineDevice.id);
    await scene.press('Collect');
    const pending = await scene.card('Pending');
    await stage.bot.kill();
    await stage.restart();
    const done = await scene.card('Get download link');
    assert.equal(done.id, pending.id);
    const closing = await scene.closing('Succeeded');
    assert.equal(closing.thread, scene.asked.thread);
    assert.equal(accepted(scene.reason).length, 1);
  });

  it('after a kill while Defender’s answer to the POST is under way, nothing is sent twice', async () => {
    const { sandbox } = stage;
    const scene = await ask(sandbox.client(mia), sandbox.places.channel, fineDevice.id);
    await scene.card('Collect');
    const held = sandbox.faults.inject('defender.collect', { kind: 'hold' }, { times: 1 });
    await scene.press('Collect');
    await held.reached;
    await stage.bot.kill();
    held.release();
    await stage.restart();
    await scene.card('Get download link');
    await scene.closing('Succeeded');
    const received = sandbox.journal.all('defender.collect.received', ({ data }) =>
      `${data.comment}`.includes(scene.reason),
    );
    assert.equal(received.length, 1);
  });
});
