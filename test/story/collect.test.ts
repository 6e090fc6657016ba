import assert from 'node:assert/strict';
import { busyDevice, failingDevice, fineDevice, hiddenDevice, slowDevice } from '../sandbox/devices.ts';
import { lena, mia, omar } from '../sandbox/people.ts';
import { ask } from './scene.ts';
import { openStage, type Stage } from './stage.ts';

describe('the main job, end to end', function () {
  this.timeout(180_000);
  let stage: Stage;

  before(async () => {
    stage = await openStage();
  });
  after(() => stage.close());
  beforeEach(() => {
    stage.sandbox.faults.clear();
    for (const person of [mia, omar, lena]) stage.sandbox.tokenService.forget(person);
    stage.sandbox.client(mia).kind = 'sso';
  });

  const posts = (reason: string) =>
    stage.sandbox.journal.all('defender.collect.answered', ({ data }) => `${data.comment}`.includes(reason));

  it('a responder asks in a channel, signs in, confirms, and is told in the thread when the package is there', async () => {
    const { sandbox } = stage;
    const client = sandbox.client(mia);
    const scene = await ask(client, sandbox.places.channel, fineDevice.id);
    const unsigned = await scene.card('Sign in');
    assert.deepEqual(unsigned.buttons, ['Sign in', 'Cancel']);
    assert.equal(unsigned.thread, scene.asked.thread);
    await scene.press('Sign in');
    const confirm = await scene.card('Collect');
    assert.deepEqual(confirm.buttons, ['Collect', 'Cancel', 'Edit']);
    assert.match(confirm.content, /ws-mia-042/);
    assert.equal(posts(scene.reason).length, 0);
    await scene.press('Collect');
    const done = await scene.card('Get download link');
    assert.equal(done.id, unsigned.id, 'the same card is edited all the way');
    const closing = await scene.closing('Succeeded');
    assert.equal(closing.thread, scene.asked.thread);
    assert.match(closing.text, /<at>Mia Berg<\/at>/);
    assert.match(closing.text, /ws-mia-042/);
    assert.match(closing.text, /after \d+ s|took \d+ s|in \d+ s/);
    const [post, ...more] = posts(scene.reason);
    assert.equal(more.length, 0);
    assert.equal(post?.data.upn, mia.upn);
    assert.equal(post?.data.appOnly, false);
    assert.match(`${post?.data.comment}`, /^\[ref [0-9a-f]{20}\] suspicious logon/);
  });

  it('the card shows Pending, InProgress and the end, one after the other', async () => {
    const { sandbox } = stage;
    sandbox.tokenService.signIn(mia);
    const scene = await ask(sandbox.client(mia), sandbox.places.channel, fineDevice.id);
    const { progress } = sandbox.defender.switches;
    sandbox.defender.switches.progress = { ...progress, pendingMs: 600_000 };
    await scene.press('Collect');
    await scene.card('Pending');
    sandbox.defender.switches.progress = progress;
    const action = sandbox.defender.actions.runningOn(fineDevice);
    assert.ok(action !== undefined);
    sandbox.defender.actions.setStatus(action, 'InProgress');
    await scene.card('In progress');
    sandbox.defender.actions.setStatus(action, 'Succeeded');
    const done = await scene.card('Succeeded');
    const statuses = done.versions.map(
      (version) => /Sending|Pending|In progress|Succeeded/.exec(JSON.stringify(version))?.[0],
    );
    const order = ['Pending', 'In progress', 'Succeeded'].map((status) => statuses.indexOf(status));
    assert.deepEqual(
      order,
      order.toSorted((a, b) => a - b),
    );
  });

  it('works in 1:1 without the slash', async () => {
    const { sandbox } = stage;
    sandbox.tokenService.signIn(mia);
    const scene = await ask(sandbox.client(mia), sandbox.places.personal(mia), fineDevice.id, { command: 'collect' });
    await scene.press('Collect');
    await scene.card('Get download link');
    await scene.closing('Succeeded');
    assert.equal(posts(scene.reason).length, 1);
  });

  it('works in a group chat', async () => {
    const { sandbox } = stage;
    sandbox.tokenService.signIn(mia);
    const scene = await ask(sandbox.client(mia), sandbox.places.groupChat, fineDevice.id);
    await scene.press('Collect');
    await scene.card('Get download link');
    await scene.closing('Succeeded');
  });

  it('a slash command opens a thread of its own for everybody, and its closing message goes there', async () => {
    const { sandbox } = stage;
    sandbox.tokenService.signIn(mia);
    const scene = await ask(sandbox.client(mia), sandbox.places.channel, fineDevice.id, { slash: true });
    const card = await scene.card('Collect');
    assert.equal(card.visibleTo, 'everyone');
    assert.equal(card.thread, card.id, 'the card is a root post');
    await scene.press('Collect');
    const closing = await scene.closing('Succeeded');
    assert.equal(closing.thread, card.id);
  });

  it('help on a slash command is for the asker alone', async () => {
    const { sandbox } = stage;
    const { channel } = sandbox.places;
    const before = channel.messages.length;
    await sandbox.client(mia).say(channel, '/help', { slash: true });
    const help = await channel.message((message) => channel.messages.indexOf(message) >= before);
    assert.notEqual(help.visibleTo, 'everyone');
  });

  it('a responder whose Teams is German reads German, from the card to the closing message; others there read their own', async () => {
    const { sandbox } = stage;
    const { channel } = sandbox.places;
    sandbox.defender.access.setRights(lena, mia.defender);
    sandbox.tokenService.signIn(lena);
    const scene = await ask(sandbox.client(lena), channel, fineDevice.id);
    const confirm = await scene.card('Sammeln');
    assert.deepEqual(confirm.buttons, ['Sammeln', 'Abbrechen', 'Bearbeiten']);
    assert.doesNotMatch(confirm.content, /Collect\b|Waiting|device/);
    const before = channel.messages.length;
    await sandbox.client(mia).say(channel, '/help');
    const help = await channel.message(
      (each) => channel.messages.indexOf(each) >= before && /Shows/.test(each.content),
    );
    assert.deepEqual(help.buttons, ['Collect…', 'Status', 'History']);
    const notHers = await sandbox.client(mia).click(confirm, 'Sammeln');
    assert.ok(notHers.kind === 'message');
    assert.match(notHers.text, /This is \*\*Lena Vogt\*\*’s request/);
    await scene.press('Sammeln');
    const done = await scene.card('Downloadlink abrufen');
    assert.equal(done.id, confirm.id);
    const closing = await scene.closing('Erfolgreich');
    assert.match(closing.text, /finden Sie auf der Karte oben/);
  });

  it('a token that vanishes before Collect is asked for by a login request, and the collection goes on after it', async () => {
    const { sandbox } = stage;
    sandbox.tokenService.signIn(mia);
    const scene = await ask(sandbox.client(mia), sandbox.places.channel, fineDevice.id);
    await scene.card('Collect');
    sandbox.tokenService.forget(mia);
    await scene.press('Collect');
    await scene.card('Get download link');
    assert.equal(posts(scene.reason).length, 1);
  });

  for (const { device, shows } of [
    { device: failingDevice, shows: 'Failed' },
    { device: slowDevice, shows: /Timed out/i },
  ]) {
    it(`an action that ends ${shows} ends the following, and card and message say so`, async () => {
      const { sandbox } = stage;
      sandbox.tokenService.signIn(mia);
      const scene = await ask(sandbox.client(mia), sandbox.places.channel, device.id);
      await scene.press('Collect');
      const card = await scene.card(shows);
      assert.deepEqual(card.buttons, ['Try again']);
      await scene.closing(shows);
    });
  }

  it('an action that somebody cancels in the portal ends as cancelled', async () => {
    const { sandbox } = stage;
    sandbox.tokenService.signIn(mia);
    const { progress } = sandbox.defender.switches;
    sandbox.defender.switches.progress = { ...progress, pendingMs: 60_000 };
    const scene = await ask(sandbox.client(mia), sandbox.places.channel, fineDevice.id);
    await scene.press('Collect');
    await scene.card('Pending');
    sandbox.defender.switches.progress = progress;
    const running = sandbox.defender.actions.runningOn(fineDevice);
    assert.ok(running);
    sandbox.defender.actions.setStatus(running, 'Cancelled');
    await scene.card(/Cancelled/);
    await scene.closing(/cancelled/i);
  });

  it('a device whose collection is already running is joined: nothing is started, and the card names who did', async () => {
    const { sandbox } = stage;
    sandbox.tokenService.signIn(mia);
    const scene = await ask(sandbox.client(mia), sandbox.places.channel, busyDevice.id);
    await scene.press('Collect');
    const card = await scene.card('Refresh');
    assert.match(card.content, /omar/i);
    const accepted = posts(scene.reason).filter(({ data }) => data.status === 201);
    assert.equal(accepted.length, 0);
  });

  it('a device that the responder may not see is not there for them, and nothing can be collected', async () => {
    const { sandbox } = stage;
    sandbox.tokenService.signIn(mia);
    const scene = await ask(sandbox.client(mia), sandbox.places.channel, hiddenDevice.id);
    const card = await scene.card(/no such device/);
    assert.ok(!card.buttons.includes('Collect'));
    assert.equal(posts(scene.reason).length, 0);
  });

  it('a refusal by Defender ends in a card that says so, with the correlation id', async () => {
    const { sandbox } = stage;
    sandbox.tokenService.signIn(mia);
    const scene = await ask(sandbox.client(mia), sandbox.places.channel, fineDevice.id);
    await scene.card('Collect');
    const body = { error: { code: 'Forbidden', message: 'no', target: 'corr-4711' } };
    sandbox.faults.inject(
      'defender.collect',
      { kind: 'answer', status: 403, body: JSON.stringify(body) },
      { times: 1 },
    );
    await scene.press('Collect');
    const card = await scene.card('Try again');
    assert.match(card.content, /corr-4711/);
    await scene.closing(/refused|not collected|not started/i);
  });

  it('too many calls by others only delay a collection, and the card says that it goes on by itself', async () => {
    const { sandbox } = stage;
    sandbox.tokenService.signIn(mia);
    const scene = await ask(sandbox.client(mia), sandbox.places.channel, fineDevice.id);
    await scene.card('Collect');
    const headers = { 'retry-after': '2' };
    sandbox.faults.inject('defender.collect', { kind: 'answer', status: 429, headers, body: '{}' }, { times: 1 });
    await scene.press('Collect');
    await scene.card('Get download link');
    assert.equal(posts(scene.reason).filter(({ data }) => data.status === 201).length, 1);
  });

  it('the download link is shown to the one who pressed, and stands nowhere else', async () => {
    const { sandbox } = stage;
    sandbox.tokenService.signIn(mia);
    const scene = await ask(sandbox.client(mia), sandbox.places.channel, fineDevice.id);
    await scene.press('Collect');
    await scene.card('Get download link');
    const answer = await scene.press('Get download link');
    assert.equal(answer.kind, 'card');
    const shown = JSON.stringify(answer);
    const link = /https:\/\/[^"]*safedownload[^"]*/.exec(shown)?.[0] ?? '';
    assert.notEqual(link, '');
    assert.ok(!sandbox.places.channel.messages.some(({ versions }) => JSON.stringify(versions).includes(link)));
    assert.ok(!stage.bot.lines.some((line) => line.includes(link)));
  });

  it('Cancel on the confirm card ends the request without a call to Defender', async () => {
    const { sandbox } = stage;
    sandbox.tokenService.signIn(mia);
    const scene = await ask(sandbox.client(mia), sandbox.places.channel, fineDevice.id);
    await scene.card('Collect');
    await scene.press('Cancel');
    const card = await scene.card('Try again');
    assert.match(card.content, /cancelled/i);
    assert.equal(posts(scene.reason).length, 0);
  });

  it('Edit changes the reason that Defender then records', async () => {
    const { sandbox } = stage;
    sandbox.tokenService.signIn(mia);
    const client = sandbox.client(mia);
    const scene = await ask(client, sandbox.places.channel, fineDevice.id);
    await scene.press('Edit');
    const edited = `${scene.reason} and more`;
    const card = await scene.card('Collect');
    await client.click(card, 'Continue', { inputs: { reason: edited } });
    await scene.card(edited);
    await scene.press('Collect');
    await scene.card('Get download link');
    assert.match(`${posts(edited)[0]?.data.comment}`, /and more$/);
  });

  it('Try again makes the one who presses the requester of a new request with the same device and reason', async () => {
    const { sandbox } = stage;
    sandbox.tokenService.signIn(mia);
    sandbox.tokenService.signIn(omar);
    const scene = await ask(sandbox.client(mia), sandbox.places.channel, fineDevice.id);
    await scene.card('Collect');
    await scene.press('Cancel');
    const cancelled = await scene.card('Try again');
    await sandbox.client(omar).click(cancelled, 'Try again');
    const card = await scene.card('Collect');
    assert.notEqual(card.id, cancelled.id);
    await sandbox.client(omar).click(card, 'Collect');
    await scene.card('Get download link');
    assert.equal(posts(scene.reason)[0]?.data.upn, omar.upn);
  });
});
