import assert from 'node:assert/strict';
import { fineDevice, serverDevice } from '../sandbox/devices.ts';
import { mia } from '../sandbox/people.ts';
import { freshDatabase } from '../src/adapters/store/postgres-server.ts';
import { DatabaseStage, withReference } from './database-stage.ts';
import { ask } from './scene.ts';

describe('the database misbehaves', function () {
  this.timeout(180_000);
  let stage: DatabaseStage;
  before(async () => {
    stage = await DatabaseStage.open(await freshDatabase());
  });
  after(() => stage.close());

  it('when it is away, lines and clicks are answered in time; afterwards work goes on, and the same message still counts', async () => {
    const { channel, line } = stage;
    const client = stage.sandbox.client(mia);
    const running = await ask(client, channel, fineDevice.id);
    const { switches, actions } = stage.sandbox.defender;
    const { progress } = switches;
    switches.progress = { ...progress, pendingMs: 3_600_000 };
    await running.press('Collect');
    const pending = await running.card('Pending');
    switches.progress = progress;
    await stage.atRest();
    line.goDown();
    const answer = stage.answer();
    const asked = await client.say(channel, `/collect ${serverDevice.id} while the database is away`);
    assert.match((await answer).text, /went wrong on my side/);
    const click = await client.click(pending, 'Refresh');
    assert.ok(click.kind === 'message' && withReference.test(click.text), JSON.stringify(click));
    line.open();
    const action = actions.all.find(({ comment }) => comment.includes(running.reason));
    assert.ok(action !== undefined);
    actions.setStatus(action, 'Succeeded');
    await running.closing('Succeeded');
    await client.redeliver(asked.message);
    await channel.card((each) => each.content.includes('while the database is away'), 30_000);
    assert.deepEqual(stage.crashes(), []);
  });

  it('when its connections break, work goes on over new ones', async () => {
    const scene = await ask(stage.sandbox.client(mia), stage.channel, serverDevice.id);
    await scene.card('Collect');
    await stage.atRest();
    stage.line.cut();
    // The first click may meet a broken connection: its answer says so.
    while ((await scene.press('Collect')).kind !== 'card');
    await scene.closing('Succeeded');
    assert.deepEqual(stage.crashes(), []);
  });

  it('when all of it is locked, whoever writes hears so in time, and it goes on by itself', async () => {
    await stage.observer.query('begin; lock table request in access exclusive mode');
    const answer = stage.answer();
    const asked = stage.sandbox.client(mia).say(stage.channel, `/collect ${fineDevice.id} while all is locked`);
    assert.match((await answer).text, /I am still at it/);
    await stage.observer.query('commit');
    await asked;
    await stage.channel.card((each) => each.content.includes('while all is locked'), 30_000);
  });
});
