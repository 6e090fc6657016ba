import assert from 'node:assert/strict';
import { fineDevice } from '../sandbox/devices.ts';
import { gus, lena, mia, omar } from '../sandbox/people.ts';
import { ask, type Scene } from './scene.ts';
import { openStage, type Stage } from './stage.ts';

describe('signing in, as Teams clients really do it', function () {
  this.timeout(180_000);
  let stage: Stage;

  before(async () => {
    stage = await openStage();
  });
  after(() => stage.close());

  const scenes: Scene[] = [];
  async function asking(...wish: Parameters<typeof ask>): Promise<Scene> {
    const scene = await ask(...wish);
    scenes.push(scene);
    return scene;
  }
  afterEach('no request of this story offers a sign-in during the next one', async () => {
    for (const scene of scenes.splice(0)) await scene.end();
  });
  beforeEach(() => {
    const { sandbox } = stage;
    sandbox.faults.clear();
    sandbox.tokenService.exchangeRefused.clear();
    sandbox.tokenService.assertionChanges = {};
    for (const person of [mia, omar, lena]) sandbox.tokenService.forget(person);
    for (const person of [mia, omar]) sandbox.client(person).kind = 'sso';
  });

  const collectedAs = (reason: string) =>
    stage.sandbox.journal
      .all('defender.collect.answered', ({ data }) => `${data.comment}`.includes(reason) && data.status === 201)
      .map(({ data }) => data.upn);

  it('a client that does SSO on the login request needs one press', async () => {
    const { sandbox } = stage;
    const scene = await asking(sandbox.client(mia), sandbox.places.channel, fineDevice.id);
    await scene.press('Sign in');
    await scene.press('Collect');
    await scene.card('Get download link');
    assert.deepEqual(collectedAs(scene.reason), [mia.upn]);
  });

  it('a client that comes back with a code is signed in by it', async () => {
    const { sandbox } = stage;
    sandbox.client(mia).kind = 'code';
    const scene = await asking(sandbox.client(mia), sandbox.places.channel, fineDevice.id);
    await scene.press('Sign in');
    await scene.press('Collect');
    await scene.card('Get download link');
    assert.deepEqual(collectedAs(scene.reason), [mia.upn]);
  });

  it('a client whose silent token is refused gets the sign-in button instead', async () => {
    const { sandbox } = stage;
    sandbox.tokenService.exchangeRefused.add(mia);
    const scene = await asking(sandbox.client(mia), sandbox.places.channel, fineDevice.id);
    await scene.press('Sign in');
    await scene.card('Collect');
  });

  it('a client that drops the login request gets a sign-in in 1:1, and the story goes on by itself', async () => {
    const { sandbox } = stage;
    const client = sandbox.client(mia);
    client.kind = 'dropped';
    const personal = sandbox.places.personal(mia);
    const before = personal.messages.length;
    const scene = await asking(client, sandbox.places.channel, fineDevice.id);
    await scene.press('Sign in');
    const offer = await personal.message((message) => personal.messages.indexOf(message) >= before, 30_000);
    await client.signIn(offer, 'code');
    await scene.card('Collect');
  });

  for (const kind of ['personal', 'groupChat'] as const) {
    it(`in a ${kind} conversation the sign-in is silent: the confirm card comes without a press`, async () => {
      const { sandbox } = stage;
      const place = kind === 'personal' ? sandbox.places.personal(mia) : sandbox.places.groupChat;
      const before = place.messages.length;
      const scene = await asking(sandbox.client(mia), place, fineDevice.id);
      await scene.card('Collect');
      const offers = place.messages
        .slice(before)
        .filter(({ versions }) => JSON.stringify(versions).includes('vnd.microsoft.card.oauth'));
      assert.notEqual(offers.length, 0);
      if (kind === 'groupChat') assert.ok(offers.every(({ visibleTo }) => visibleTo !== 'everyone'));
    });
  }

  it('the same silent sign-in from several devices of a person counts once', async () => {
    const { sandbox } = stage;
    const personal = sandbox.places.personal(mia);
    const token = await sandbox.entra.tokens.sso(mia);
    const mark = sandbox.journal.mark;
    const value = { id: `exchange-${Math.random()}`, connectionName: 'defender-sso', token: token.token };
    const answers = await Promise.all(
      [1, 2, 3].map(() => sandbox.client(mia).invoke(personal, 'signin/tokenExchange', value)),
    );
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 200, 200],
    );
    const exchanges = sandbox.journal.all('tokenService.exchange.answered').filter(({ sequence }) => sequence > mark);
    assert.equal(exchanges.length, 1);
  });

  it('somebody else’s token on a click is refused, and is never exchanged', async () => {
    const { sandbox } = stage;
    const scene = await asking(sandbox.client(mia), sandbox.places.channel, fineDevice.id);
    const card = await scene.card('Sign in');
    const { token } = await sandbox.entra.tokens.sso(omar);
    const mark = sandbox.journal.mark;
    const value = { authentication: { id: 'x', connectionName: 'defender-sso', token } };
    const answer = await sandbox.client(mia).click(card, 'Sign in', { value });
    assert.equal(answer.kind, 'message');
    assert.match(JSON.stringify(answer), /another|somebody else|not yours/i);
    assert.equal(
      sandbox.journal.all('tokenService.exchange.received').filter(({ sequence }) => sequence > mark).length,
      0,
    );
    assert.equal(sandbox.journal.all('entra.obo.received').filter(({ sequence }) => sequence > mark).length, 0);
  });

  it('a Token Service that holds somebody else’s token is not believed, in the background either', async () => {
    const { sandbox } = stage;
    sandbox.tokenService.assertionChanges = { oid: omar.oid };
    sandbox.tokenService.signIn(mia);
    const mark = sandbox.journal.mark;
    const scene = await asking(sandbox.client(mia), sandbox.places.channel, fineDevice.id);
    await scene.card('Try again');
    assert.equal(sandbox.journal.all('entra.obo.received').filter(({ sequence }) => sequence > mark).length, 0);
  });

  it('missing consent shows a card with the administrator’s link', async () => {
    const { sandbox } = stage;
    sandbox.tokenService.signIn(mia);
    const { consented } = sandbox.entra;
    sandbox.entra.consented = [];
    try {
      const scene = await asking(sandbox.client(mia), sandbox.places.channel, fineDevice.id);
      const card = await scene.card('Ask your administrator');
      assert.deepEqual(card.buttons, ['Ask your administrator', 'Try again']);
    } finally {
      sandbox.entra.consented = consented;
    }
  });

  it('a cancelled sign-in says what to do next', async () => {
    const { sandbox } = stage;
    const scene = await asking(sandbox.client(mia), sandbox.places.channel, fineDevice.id);
    const card = await scene.card('Sign in');
    const answer = await sandbox.client(mia).click(card, 'Sign in', { value: { state: 'CancelledByUser' } });
    assert.match(JSON.stringify(answer), /cancelled the sign-in/);
  });

  it('a wrong code is refused as a wrong code', async () => {
    const { sandbox } = stage;
    const scene = await asking(sandbox.client(mia), sandbox.places.channel, fineDevice.id);
    const card = await scene.card('Sign in');
    sandbox.client(mia).kind = 'dropped';
    const answer = await sandbox.client(mia).click(card, 'Sign in', { value: { state: '000000' } });
    assert.match(JSON.stringify(answer), /incorrectAuthCode/);
  });

  it('a client that cannot sign in silently is told what to do, once for all its devices', async () => {
    const { sandbox } = stage;
    const personal = sandbox.places.personal(omar);
    const before = personal.messages.length;
    const value = { code: 'resourcematchfailed', message: 'no' };
    for (let device = 0; device < 3; device += 1) {
      const { status } = await sandbox.client(omar).invoke(personal, 'signin/failure', value);
      assert.equal(status, 200);
    }
    const told = personal.messages.slice(before).filter(({ from }) => from === 'bot');
    assert.equal(told.length, 1);
    assert.match(told[0]?.text ?? '', /Sign in/);
  });

  it('a guest of another tenant is refused politely, and nothing is asked of Defender', async () => {
    const { sandbox } = stage;
    const { channel } = sandbox.places;
    const before = channel.messages.length;
    const mark = sandbox.journal.mark;
    await sandbox.client(gus).say(channel, `/collect ${fineDevice.id} curious`);
    const answer = await channel.message((message) => channel.messages.indexOf(message) >= before);
    assert.equal(answer.cards.length, 0);
    assert.equal(
      sandbox.journal.all('defender.getMachine.received').filter(({ sequence }) => sequence > mark).length,
      0,
    );
  });

  it('when sending finds the token gone, card and mention ask for a sign-in, and the collection goes on after it', async () => {
    const { sandbox } = stage;
    sandbox.tokenService.signIn(mia);
    const scene = await asking(sandbox.client(mia), sandbox.places.channel, fineDevice.id);
    await scene.card('Collect');
    const held = sandbox.faults.inject('tokenService.getToken', { kind: 'holdBefore' }, { skip: 1, times: 1 });
    await scene.press('Collect');
    await held.reached;
    sandbox.tokenService.forget(mia);
    held.release();
    await scene.card('Sign in');
    await scene.closing('Sign in');
    await scene.press('Sign in');
    await scene.card('Get download link');
    assert.deepEqual(collectedAs(scene.reason), [mia.upn]);
  });
});
