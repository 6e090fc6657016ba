import assert from 'node:assert/strict';
import { fineDevice } from '../sandbox/devices.ts';
import { gus, mia, omar, tenantId } from '../sandbox/people.ts';
import { openStage, type Stage } from './stage.ts';

const patience = 30_000;

describe('a conversation where people of another organisation read along', function () {
  this.timeout(180_000);
  let stage: Stage;

  before(async () => {
    stage = await openStage();
    for (const person of [mia, omar]) stage.sandbox.tokenService.signIn(person);
  });
  after(() => stage.close());

  const reason = 'beacon to a rare host';
  const telling = new RegExp(`${fineDevice.computerDnsName}|${fineDevice.id}|Windows|${reason}`);

  it('sees that there is a request, whose, and how it stands; its details come to our own people alone', async () => {
    const { sandbox } = stage;
    const { mixedChannel } = sandbox.places;
    const client = sandbox.client(mia);
    await client.say(mixedChannel, `/collect ${fineDevice.id} ${reason}`, { slash: true });
    const proposed = await mixedChannel.card(/Waiting for confirmation/, patience);
    assert.match(proposed.content, /People from outside the organisation read along here/);
    assert.match(proposed.content, /Asked by Mia Berg/);

    assert.deepEqual(proposed.buttons, ['Cancel', 'Show details']);
    const own = await client.refresh(proposed);
    assert.ok(own.kind === 'card');
    assert.match(own.text, telling);
    await client.click(proposed, 'Collect');
    const done = await mixedChannel.card(/Succeeded/, patience);
    const closing = await mixedChannel.message(/1 of 1 packages were collected/, patience);

    const shown = await sandbox.client(omar).click(done, 'Show details');
    assert.ok(shown.kind === 'card');
    assert.match(shown.text, telling);
    await client.click(done, 'Show details');
    const link = await client.click(done, 'Get download link');
    assert.ok(link.kind === 'card');
    assert.match(link.text, telling);
    assert.doesNotMatch(closing.content, telling);
    const everything = mixedChannel.messages.flatMap(({ from, visibleTo, versions }) =>
      from === 'bot' && visibleTo === 'everyone' ? versions : [],
    );
    assert.ok(everything.length >= 3);
    for (const version of everything) assert.doesNotMatch(JSON.stringify(version), telling);
  });

  it('shows a guest nothing, also one that our own tenant has an account for', async () => {
    const { sandbox } = stage;
    const { mixedChannel } = sandbox.places;
    const done = await mixedChannel.card(/Succeeded/, patience);
    for (const channelData of [{ tenant: { id: tenantId } }, { tenant: { id: gus.tenantId } }]) {
      const show = done.actions.find(({ title }) => title === 'Show details');
      assert.ok(show !== undefined);
      const value = { action: { type: 'Action.Execute', verb: 'showCard', data: show.data ?? {} } };
      const invoke = { type: 'invoke', name: 'adaptiveCard/action', value, replyToId: done.id, channelData };
      const { body } = await sandbox.client(gus).send(mixedChannel, invoke, done);
      assert.match(JSON.stringify(body), /guest|organisation/);
      assert.doesNotMatch(JSON.stringify(body), telling);
    }
  });

  it('is asked who reads along once in a while, not for each card', () => {
    const { journal } = stage.sandbox;
    assert.equal(journal.all('connector.getPagedMembers.received').length, 1);
  });

  it('is told nothing while nobody can say who reads along', async () => {
    const { sandbox } = stage;
    const { channel } = sandbox.places;
    const fault = sandbox.faults.inject('connector.getPagedMembers', { kind: 'answer', status: 503, body: {} });
    await sandbox.client(mia).say(channel, `/collect ${fineDevice.id} ${reason}`, { slash: true });
    const card = await channel.card(/I could not see who reads along here/, patience);
    assert.doesNotMatch(card.content, telling);
    fault.remove();
    await sandbox.client(mia).click(await channel.card(/Waiting for confirmation/, patience), 'Cancel');
    const whole = await channel.card(/Cancelled/, patience);
    assert.match(whole.content, telling);
  });
});
