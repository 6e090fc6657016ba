import assert from 'node:assert/strict';
import { busyDevice, fineDevice, hiddenDevice, oldTwinDevice, serverDevice, twinDevice } from '../sandbox/devices.ts';
import { mia, omar } from '../sandbox/people.ts';
import { askPrivately } from './private-answer.ts';
import { ask } from './scene.ts';
import { openStage, type Stage } from './stage.ts';

describe('/status and /history, end to end', function () {
  this.timeout(180_000);
  let stage: Stage;

  before(async () => {
    stage = await openStage();
    stage.sandbox.connector.limitsEnforced = false;
  });
  after(() => stage.close());
  beforeEach(() => {
    stage.sandbox.faults.clear();
    for (const person of [mia, omar]) stage.sandbox.tokenService.forget(person);
    stage.sandbox.client(mia).kind = 'sso';
  });

  const channel = () => stage.sandbox.places.channel;
  const answerTo = (line: string, options = {}) => askPrivately(stage.sandbox.client(mia), channel(), line, options);

  it('a collection that Omar started in the portal shows for Mia, who may see the device', async () => {
    const { sandbox } = stage;
    sandbox.tokenService.signIn(mia);
    const answer = await answerTo(`/status ${busyDevice.id}`);
    assert.match(answer.content, /ws-omar-017/);
    assert.match(answer.content, /In progress/);
    assert.match(answer.content, new RegExp(`by \\**${omar.upn.replaceAll('.', '\\\\?.')}`));
    assert.match(answer.content, /not asked for through me/);
    const lists = sandbox.journal.all('defender.listActions.answered', ({ data }) => data.upn !== mia.upn);
    assert.deepEqual(lists, [], 'only ever with her own token');
  });

  it('the same by its action id, and by the name of the device', async () => {
    const { sandbox } = stage;
    sandbox.tokenService.signIn(mia);
    const running = sandbox.defender.actions.runningOn(busyDevice);
    for (const about of [running?.id, 'ws-omar-017', `"${busyDevice.computerDnsName}"`]) {
      const answer = await answerTo(`/status ${about}`);
      assert.match(answer.content, /In progress/, about);
      assert.ok(answer.content.includes(`${running?.id}`), about);
    }
  });

  it('a device that she may not see is not there, nor is what runs on it', async () => {
    const { sandbox } = stage;
    sandbox.tokenService.signIn(mia);
    const secret = sandbox.defender.actions.create(hiddenDevice, omar.upn, 'top secret');
    for (const line of [`/history ${hiddenDevice.id}`, '/status ws-ceo-001', `/status ${secret.id}`]) {
      const answer = await answerTo(line);
      assert.match(answer.content, /shows you no/, line);
      assert.doesNotMatch(answer.content, /top secret|omar/, line);
    }
  });

  it('a name that several devices bear is a choice, and the chosen one answers', async () => {
    const { sandbox } = stage;
    sandbox.tokenService.signIn(mia);
    const answer = await answerTo('/history ws-twin-007');
    assert.ok(
      answer.content.includes(twinDevice.id.slice(0, 8)) && answer.content.includes(oldTwinDevice.id.slice(0, 8)),
    );
    const chosen = await sandbox.client(mia).click(answer, 'Continue', { inputs: { about: oldTwinDevice.id } });
    assert.ok(chosen.kind === 'card');
    assert.match(chosen.text, new RegExp(oldTwinDevice.id));
    assert.match(chosen.text, /There is none/);
  });

  it('what a request of ours collected says who asked, and where', async () => {
    const { sandbox } = stage;
    sandbox.tokenService.signIn(mia);
    sandbox.tokenService.signIn(omar);
    const scene = await ask(sandbox.client(omar), channel(), serverDevice.id);
    await sandbox.client(omar).click(await scene.card('Collect'), 'Collect');
    await scene.card('Get download link');
    const answer = await answerTo(`/history ${serverDevice.id}`);
    assert.match(answer.content, /Succeeded/);
    assert.match(answer.content, /Omar Haddad asked me for it in \[?this thread/);
    assert.ok(answer.content.includes(scene.reason));
    assert.doesNotMatch(answer.content, /\[ref/);
  });

  it('a long history is paged, newest first, for the asker alone', async () => {
    const { sandbox } = stage;
    sandbox.tokenService.signIn(mia);
    for (let n = 1; n <= 7; n += 1) {
      const action = sandbox.defender.actions.create(fineDevice, omar.upn, `portal ${n} of 7`, Date.now() - n * 60_000);
      sandbox.defender.actions.setStatus(action, 'Failed');
    }
    const client = sandbox.client(mia);
    const first = await answerTo('/history ws-mia-042');
    assert.match(first.content, /Page 1 of 2/);
    assert.deepEqual(
      first.content.match(/portal \d of 7/g),
      [1, 2, 3, 4, 5].map((n) => `portal ${n} of 7`),
    );
    const older = await client.click(first, 'Older');
    assert.ok(older.kind === 'card');
    assert.deepEqual(older.text.match(/portal \d of 7/g), ['portal 6 of 7', 'portal 7 of 7']);
    const newer = await client.click(first, 'Newer');
    assert.ok(newer.kind === 'card' && /Page 1 of 2/.test(newer.text));
    assert.ok(
      !channel().messages.some(({ visibleTo, content }) => visibleTo === 'everyone' && /portal \d of 7/.test(content)),
    );
  });

  it('/status alone shows her requests with Defender’s newest word, and what she started elsewhere', async () => {
    const { sandbox } = stage;
    sandbox.tokenService.signIn(mia);
    const { progress } = sandbox.defender.switches;
    sandbox.defender.switches.progress = { ...progress, pendingMs: 60_000 };
    const scene = await ask(sandbox.client(mia), channel(), fineDevice.id);
    await scene.press('Collect');
    await scene.card('Pending');
    sandbox.defender.switches.progress = progress;
    const elsewhere = sandbox.defender.actions.create(twinDevice, mia.upn, 'by hand in the portal');
    sandbox.defender.actions.setStatus(elsewhere, 'InProgress');
    const ours = sandbox.defender.actions.runningOn(fineDevice);
    assert.ok(ours);
    sandbox.defender.actions.setStatus(ours, 'InProgress');
    const answer = await answerTo('/status');
    assert.match(answer.content, /by hand in the portal/);
    assert.ok(answer.content.includes(scene.reason));
    assert.doesNotMatch(answer.content, /Pending/);
    sandbox.defender.actions.setStatus(elsewhere, 'Succeeded');
    sandbox.defender.actions.setStatus(ours, 'Succeeded');
    await scene.card('Get download link');
  });

  it('/history alone shows her own, by the name that Defender has for her, and nobody else’s', async () => {
    const { sandbox } = stage;
    sandbox.tokenService.signIn(mia);
    const answer = await answerTo('/history');
    assert.match(answer.content, /Your collections/);
    assert.match(answer.content, /by hand in the portal/);
    assert.doesNotMatch(answer.content, /portal \d of 7/);
  });

  for (const kind of ['sso', 'code'] as const) {
    it(`without a sign-in the answer is one, and goes on by itself (client: ${kind})`, async () => {
      const { sandbox } = stage;
      const client = sandbox.client(mia);
      client.kind = kind;
      const answer = await answerTo('/history ws-omar-017');
      assert.deepEqual(answer.buttons, ['Sign in']);
      const list = await client.click(answer, 'Sign in');
      assert.ok(list.kind === 'card');
      assert.match(list.text, /In progress/);
    });
  }

  it('a client that drops the sign-in gets another in 1:1 when the button is pressed again', async () => {
    const { sandbox } = stage;
    const client = sandbox.client(mia);
    client.kind = 'dropped';
    const answer = await answerTo('/status ws-omar-017');
    await client.click(answer, 'Sign in');
    const personal = sandbox.places.personal(mia);
    const before = personal.messages.length;
    const second = await client.click(answer, 'Sign in');
    assert.match(JSON.stringify(second), /1:1 chat/);
    const offer = await personal.message((message) => personal.messages.indexOf(message) >= before);
    await client.signIn(offer);
    const list = await client.click(answer, 'Sign in');
    assert.ok(list.kind === 'card');
    assert.match(list.text, /In progress/);
  });

  it('/status without a sign-in still shows what was known last, with a way to sign in', async () => {
    const answer = await answerTo('/status');
    assert.match(answer.content, /what I knew last/);
    assert.ok(answer.buttons.includes('Sign in'));
  });

  it('a failure of Defender is told to the asker alone, and what was known last is still shown', async () => {
    const { sandbox } = stage;
    sandbox.tokenService.signIn(mia);
    const body = JSON.stringify({ error: { code: 'InternalServerError', message: 'no', target: 'corr-17' } });
    sandbox.faults.inject('defender.listActions', { kind: 'answer', status: 500, body }, { times: 100 });
    assert.match((await answerTo('/status')).content, /what I knew last/);
    assert.match((await answerTo('/history')).content, /corr-17/);
  });

  it('what is neither an id nor a name gets one clear answer, and no call to Defender', async () => {
    const { sandbox } = stage;
    sandbox.tokenService.signIn(mia);
    const calls = sandbox.journal.all('defender.listMachines.received').length;
    assert.match((await answerTo('/status !!!')).content, /neither a device ID/);
    assert.equal(sandbox.journal.all('defender.listMachines.received').length, calls);
  });
});
