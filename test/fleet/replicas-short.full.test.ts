import assert from 'node:assert/strict';
import { type Postgres, startPostgres } from '../build/postgres.ts';
import { botApp } from '../sandbox/app.ts';
import { fineDevice, serverDevice } from '../sandbox/devices.ts';
import { mia } from '../sandbox/people.ts';
import { ask, sceneOf } from '../story/scene.ts';
import { type Fleet, startFleet } from './fleet.ts';

describe('two replicas on one PostgreSQL', function () {
  this.timeout(120_000);
  let postgres: Postgres;
  let fleet: Fleet;

  before(async () => {
    postgres = await startPostgres();
    fleet = await startFleet({ postgres, replicas: 2 });
    await fleet.sandbox.tokenService.signIn(mia);
  });
  after(async () => {
    await fleet.stop();
    await postgres.stop();
  });

  const accepted = (reason: string) =>
    fleet.sandbox.journal.all(
      'defender.action.created',
      ({ data }) => typeof data.comment === 'string' && data.comment.includes(reason),
    );

  it('a message that one replica has taken proposes nothing when another one gets it again', async () => {
    const { sandbox } = fleet;
    const { channel } = sandbox.places;
    const client = sandbox.client(mia);
    fleet.routes.push(0, 1);
    const before = channel.messages.length;
    const { message } = await client.say(channel, `/collect ${fineDevice.id} asked once, sent twice`);
    await client.redeliver(message);
    const scene = sceneOf(client, channel, 'asked once, sent twice', message, before);
    await scene.press('Collect');
    await scene.closing('Succeeded');
    const cards = channel.messages.filter((each) => each.from === 'bot' && each.cards.length > 0);
    assert.equal(cards.length, 1);
    assert.equal(accepted('asked once, sent twice').length, 1);
  });

  it('of two clicks on Collect that reach two replicas at the same moment one counts', async () => {
    const { sandbox } = fleet;
    const client = sandbox.client(mia);
    const scene = await ask(client, sandbox.places.channel, serverDevice.id);
    const card = await scene.card('Collect');
    const mark = sandbox.journal.mark;
    fleet.routes.push(0, 1);
    const answers = await Promise.all([client.click(card, 'Collect'), client.click(card, 'Collect')]);
    for (const { kind } of answers) assert.notEqual(kind, 'error');
    const hosts = sandbox.journal
      .all('client.activity.answered', ({ sequence }) => sequence > mark)
      .map(({ data }) => data.to);
    assert.equal(new Set(hosts).size, 2, 'each replica got one');
    await scene.closing('Succeeded');
    assert.equal(accepted(scene.reason).length, 1);
  });

  it('a sign-in that one replica asked for is finished at another one', async () => {
    const { sandbox } = fleet;
    const client = sandbox.client(mia);
    client.kind = 'code';
    sandbox.tokenService.forget(mia);
    const scene = await ask(client, sandbox.places.channel, fineDevice.id);
    const card = await scene.card('Sign in');
    fleet.routes.push(0, 1);
    await client.click(card, 'Sign in');
    await scene.press('Collect');
    await scene.closing('Succeeded');
    assert.equal(accepted(scene.reason).length, 1);
  });

  it('a silent sign-in that two devices of a person bring to two replicas goes on once', async () => {
    const { sandbox } = fleet;
    const personal = sandbox.places.personal(mia);
    const client = sandbox.client(mia);
    client.kind = 'dropped';
    sandbox.tokenService.forget(mia);
    const scene = await ask(client, personal, serverDevice.id);
    await scene.card('Sign in');
    const { token } = await sandbox.entra.tokens.sso(mia);
    const value = { id: `exchange ${scene.reason}`, connectionName: botApp.connectionName, token };
    const mark = sandbox.journal.mark;
    fleet.routes.push(0, 1);
    const answers = await Promise.all([1, 2].map(() => client.invoke(personal, 'signin/tokenExchange', value)));
    for (const { status } of answers) assert.equal(status, 200);
    const hosts = sandbox.journal
      .all('client.activity.answered', ({ sequence }) => sequence > mark)
      .map(({ data }) => data.to);
    assert.equal(new Set(hosts).size, 2, 'each replica got one');
    await scene.press('Collect');
    await scene.closing('Succeeded');
    const cards = personal.messages.filter(({ cards: [card] }) => JSON.stringify(card ?? {}).includes(scene.reason));
    assert.equal(cards.length, 1, 'and its card is there once');
    assert.equal(accepted(scene.reason).length, 1);
  });
});
