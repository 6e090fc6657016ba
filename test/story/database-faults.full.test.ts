import assert from 'node:assert/strict';
import { type Postgres, startPostgres } from '../build/postgres.ts';
import type { Message } from '../sandbox/conversations.ts';
import { fineDevice } from '../sandbox/devices.ts';
import { mia } from '../sandbox/people.ts';
import { DatabaseStage, withReference } from './database-stage.ts';
import { ask } from './scene.ts';

describe('the database misbehaves for long', function () {
  this.timeout(300_000);
  let postgres: Postgres;
  let stage: DatabaseStage;
  before(async () => {
    postgres = await startPostgres();
    stage = await DatabaseStage.open(await postgres.freshDatabase());
  });
  after(async () => {
    await stage.close();
    await postgres.stop();
  });

  it('when it falls silent, whoever writes hears so in time, and the same message still counts when it speaks again', async () => {
    const client = stage.sandbox.client(mia);
    stage.line.fallSilent();
    const answer = stage.answer();
    const asked = client.say(stage.channel, `/collect ${fineDevice.id} while nobody answers`);
    assert.match((await answer).text, withReference);
    stage.line.open();
    const { message } = await asked;
    const again = async (): Promise<Message> => {
      await client.redeliver(message);
      const card = stage.channel.card((each) => each.content.includes('while nobody answers'), 5_000);
      return await card.catch(again);
    };
    await again();
    assert.deepEqual(stage.crashes(), []);
  });

  it('when the server restarts, and restarts again, what was confirmed reaches its end and is told once', async () => {
    const { switches } = stage.sandbox.defender;
    switches.progress = { ...switches.progress, pendingMs: 4_000, inProgressMs: 4_000 };
    const scene = await ask(stage.sandbox.client(mia), stage.channel, fineDevice.id);
    await scene.press('Collect');
    await scene.card('Pending');
    await postgres.restart();
    await postgres.restart();
    const closing = await scene.conversation.message(
      (each) => each.thread === scene.asked.thread && each.cards.length === 0 && each.text.includes('Succeeded'),
      150_000,
    );
    const told = stage.channel.messages.filter((each) => each.thread === closing.thread && each.text === closing.text);
    assert.equal(told.length, 1);
    const isOurs = ({ data }: { readonly data: object }) => JSON.stringify(data).includes(scene.reason);
    assert.equal(stage.sandbox.journal.all('defender.collect.received', isOurs).length, 1);
    assert.deepEqual(stage.crashes(), []);
  });
});
