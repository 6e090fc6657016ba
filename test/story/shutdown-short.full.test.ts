import assert from 'node:assert/strict';
import { Agent, request } from 'node:http';
import { fineDevice } from '../sandbox/devices.ts';
import { mia } from '../sandbox/people.ts';
import { ask, type Scene } from './scene.ts';
import { openStage, type Stage } from './stage.ts';

describe('a process that is asked to stop', function () {
  this.timeout(180_000);
  let stage: Stage;

  before(async () => {
    stage = await openStage();
    stage.sandbox.tokenService.signIn(mia);
  });
  after(() => stage.close());

  const confirmable = async () => {
    const scene = await ask(stage.sandbox.client(mia), stage.sandbox.places.channel, fineDevice.id);
    await scene.card('Collect');
    return scene;
  };
  const endsOnce = async (scene: Scene) => {
    await scene.card('Get download link');
    await scene.closing('Succeeded');
    const { reason } = scene;
    const { journal } = stage.sandbox;
    const sent = journal.all('defender.collect.received', ({ data }) => `${data.comment}`.includes(reason));
    assert.equal(sent.length, 1);
  };

  it('answers the click that is under way, cuts idle connections, ends with 0, and the next start goes on', async () => {
    const { sandbox } = stage;
    const agent = new Agent({ keepAlive: true });
    await keptAlive(stage.bot.url, agent);
    const scene = await confirmable();
    const checked = sandbox.faults.inject('tokenService.getToken', { kind: 'hold' });
    const click = scene.press('Collect');
    await checked.reached;
    const ended = stage.bot.stop();
    await stage.bot.says('"msg":"stopping"');
    checked.release();
    assert.equal((await click).kind, 'card');
    assert.equal(await ended, 0);
    agent.destroy();
    await stage.restart();
    await endsOnce(scene);
  });

  it('finishes the POST that is under way, so that nobody has to look for it', async () => {
    const { sandbox } = stage;
    const scene = await confirmable();
    const posted = sandbox.faults.inject('defender.collect', { kind: 'hold' });
    await scene.press('Collect');
    await posted.reached;
    const { mark } = sandbox.journal;
    const ended = stage.bot.stop();
    await stage.bot.says('"msg":"stopping"');
    posted.release();
    assert.equal(await ended, 0);
    await stage.restart();
    await endsOnce(scene);
    const looks = sandbox.journal.all(
      'defender.listActions.received',
      ({ sequence, data }) => sequence > mark && `${data.filter}`.includes('machineId eq'),
    );
    assert.deepEqual(looks, []);
  });
});

/** A client that holds its connection open, as a load balancer does. */
function keptAlive(url: string, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    request(`${url}/healthz`, { agent }, (response) => response.resume().once('end', resolve))
      .once('error', reject)
      .end();
  });
}
