/** The person's identity: what happens when Entra or Defender wants more than a sign-in proves, and who is let in. */
import assert from 'node:assert/strict';
import type { CardAnswer } from '../sandbox/card-answer.ts';
import { trustInThisProcess } from '../sandbox/certificates.ts';
import { fineDevice, slowDevice } from '../sandbox/devices.ts';
import { call } from '../sandbox/direct-calls.ts';
import { ines, mia, omar } from '../sandbox/people.ts';
import { askPrivately } from './private-answer.ts';
import { ask, type Scene } from './scene.ts';
import { openStage, type Stage } from './stage.ts';

/** A 401 with a claims challenge, as 'Claims challenges, claims requests and client capabilities' has it. */
const challenge = {
  kind: 'answer',
  status: 401,
  headers: {
    'WWW-Authenticate': `Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", error="insufficient_claims", claims="${btoa('{"access_token":{"nbf":{"essential":true,"value":"1772000000"}}}')}"`,
  },
  body: { error: { code: 'Unauthorized', message: 'Continuous access evaluation', target: 'claims-challenge-1' } },
} as const;

describe('whose sign-in it is, and whether it is enough', function () {
  this.timeout(240_000);
  let stage: Stage;
  const usualProgress = { pendingMs: 300, inProgressMs: 300, end: 'Succeeded' } as const;

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
  beforeEach(async () => {
    const { sandbox } = stage;
    sandbox.faults.clear();
    finish();
    sandbox.entra.block(mia, undefined);
    sandbox.entra.forgoMfa(mia);
    sandbox.defender.switches.progress = usualProgress;
    sandbox.client(mia).kind = 'sso';
    await sandbox.tokenService.signIn(mia);
  });

  /** What happened of this kind since the mark. */
  const since = (mark: number, name: Parameters<Stage['sandbox']['journal']['all']>[0]) =>
    stage.sandbox.journal.all(name).filter(({ sequence }) => sequence > mark);
  const collected = (scene: Scene) =>
    stage.sandbox.journal
      .all('defender.collect.answered', ({ data }) => `${data.comment}`.includes(scene.reason) && data.status === 201)
      .map(({ data }) => data.upn);
  const inChannel = () => asking(stage.sandbox.client(mia), stage.sandbox.places.channel, fineDevice.id);
  const textOf = (answer: CardAnswer) => ('text' in answer ? answer.text : answer.kind);

  /** Ends what runs on the device, for Defender. */
  function finish(): void {
    const { actions } = stage.sandbox.defender;
    const action = actions.runningOn(fineDevice);
    if (action !== undefined) actions.setStatus(action, 'Succeeded');
  }

  /** Something that runs until it is ended, followed as Mia. */
  async function running(): Promise<Scene> {
    const { sandbox } = stage;
    sandbox.defender.switches.progress = { pendingMs: 100, inProgressMs: 600_000, end: 'Succeeded' };
    const scene = await inChannel();
    await scene.press('Collect');
    await scene.card('In progress');
    return scene;
  }

  it('a second factor that is missing before the confirmation: the card says so, one window, and it goes on', async () => {
    const { sandbox } = stage;
    sandbox.entra.demandMfa(mia);
    const scene = await inChannel();
    const card = await scene.card('Sign in');
    assert.match(card.content, /wants a second factor .*AADSTS50076/);
    assert.match(card.content, /correlation ID/i);
    const { mark } = sandbox.journal;
    await scene.press('Sign in');
    // A silent sign-in would have been the same again.
    assert.equal(since(mark, 'tokenService.exchange.received').length, 0);
    await scene.press('Collect');
    await scene.card('Get download link');
    assert.deepEqual(collected(scene), [mia.upn]);
  });

  for (const [refused, code, says] of [
    ['blockedByPolicy', 'AADSTS53003', /Conditional Access policy .* blocks it/],
    ['deviceNotCompliant', 'AADSTS53000', /compliant or managed/],
  ] as const) {
    it(`${code} once more after the new sign-in: the card names what blocks, and Try again begins anew`, async () => {
      const { sandbox } = stage;
      sandbox.entra.block(mia, refused);
      const scene = await inChannel();
      assert.match((await scene.card('Sign in')).content, says);
      await scene.press('Sign in');
      const blocked = await scene.card('Try again');
      assert.match(blocked.content, /new sign-in has not helped/);
      assert.match(blocked.content, says);
      assert.match(blocked.content, new RegExp(code));
      assert.match(blocked.content, /correlation ID \S{36}/i);
      assert.match(blocked.content, /administrator/);
      sandbox.entra.block(mia, undefined);
      await scene.press('Try again');
      await scene.press('Sign in');
      await scene.card('Collect');
    });
  }

  it('a second factor that is missing while it is followed: unwatched with the reason, and followed again after a window', async () => {
    const { sandbox } = stage;
    const scene = await running();
    sandbox.entra.demandMfa(mia);
    // The Token Service renews the person's token, and Entra now wants more for it.
    await sandbox.tokenService.signIn(mia);
    const card = await scene.card('Keep following');
    assert.match(card.content, /wants a second factor .*AADSTS50076/);
    assert.match(card.content, /correlation ID/i);
    await scene.closing(/no longer follow/);
    const { mark } = sandbox.journal;
    await scene.press('Sign in');
    assert.equal(since(mark, 'tokenService.exchange.received').length, 0);
    await scene.card('Cancel collection');
    finish();
    await scene.closing('Succeeded');
  });

  it('a 401 challenge of Defender to the look-up: a fresh sign-in, one retry, and the request goes on', async () => {
    const { sandbox } = stage;
    sandbox.faults.inject('defender.getMachine', challenge, { times: 1 });
    const scene = await inChannel();
    assert.match((await scene.card('Sign in')).content, /fresh sign-in/);
    assert.equal(sandbox.tokenService.holdsTokenOf(mia), false);
    await scene.press('Sign in');
    await scene.card('Collect');
  });

  it('a 401 challenge of Defender to the collection: a fresh sign-in, one retry, and it is collected once', async () => {
    const { sandbox } = stage;
    sandbox.faults.inject('defender.collect', challenge, { times: 1 });
    const scene = await inChannel();
    await scene.press('Collect');
    await scene.card('Sign in');
    await scene.closing('Sign in');
    await scene.press('Sign in');
    await scene.card('Get download link');
    assert.deepEqual(collected(scene), [mia.upn]);
  });

  it('a 401 challenge to the collection once more after the new sign-in ends it, and says whom to ask', async () => {
    const { sandbox } = stage;
    sandbox.faults.inject('defender.collect', challenge, { times: 2 });
    const scene = await inChannel();
    await scene.press('Collect');
    await scene.press('Sign in');
    const card = await scene.card('Try again');
    assert.match(card.content, /new sign-in has not helped/);
    assert.match(card.content, /claims-challenge-1/);
    assert.deepEqual(collected(scene), []);
  });

  it('a button that needs more proof: the window opens by itself, and a refusal after it is told to the one who pressed', async () => {
    const { sandbox } = stage;
    const scene = await inChannel();
    await scene.press('Collect');
    const card = await scene.card('Get download link');
    sandbox.entra.demandMfa(mia);
    await sandbox.tokenService.signIn(mia);
    assert.match(textOf(await scene.press('Get download link')), /link/i);
    await sandbox.client(mia).click(card, 'Back');
    sandbox.entra.block(mia, 'blockedByPolicy');
    await sandbox.tokenService.signIn(mia);
    assert.match(textOf(await scene.press('Get download link')), /has not helped.*AADSTS53003/s);
  });

  it('missing consent: the link asks an administrator for exactly the two permissions, and Try again goes on', async () => {
    const { sandbox } = stage;
    sandbox.entra.consented = [];
    const scene = await inChannel();
    const opened = await scene.press('Ask your administrator');
    assert.ok(opened.kind === 'opened');
    await trustInThisProcess();
    const { status, headers } = await call(opened.url, undefined, { redirect: 'manual' });
    assert.equal(status, 302);
    assert.match(headers.get('location') ?? '', /admin_consent=True/);
    assert.deepEqual(sandbox.entra.consented, ['Machine.CollectForensics', 'Machine.Read']);
    await scene.press('Try again');
    await scene.press('Collect');
    await scene.card('Get download link');
  });

  it('a guest with an account in this tenant is refused by every way to sign in, and nothing is exchanged for her', async () => {
    const { sandbox } = stage;
    const client = sandbox.client(ines);
    const personal = sandbox.places.personal(ines);
    const { mark } = sandbox.journal;
    const scene = await asking(client, personal, fineDevice.id);
    const answer = await scene.press('Sign in');
    assert.match(textOf(answer), /guest/);
    const { token } = await sandbox.entra.tokens.sso(ines);
    const value = { id: 'guest-exchange', connectionName: 'defender-sso', token };
    const exchange = await client.invoke(personal, 'signin/tokenExchange', value);
    assert.equal(exchange.status, 412);
    assert.match(JSON.stringify(exchange.body), /guest/);
    assert.deepEqual(
      since(mark, 'entra.obo.received').filter(({ data }) => data.oid === ines.oid),
      [],
    );
    await sandbox.tokenService.signIn(ines);
    const stored = await asking(client, personal, fineDevice.id);
    assert.match((await stored.card('Try again')).content, /guest/);
    assert.equal(since(mark, 'entra.obo.answered').filter(({ data }) => data.oid === ines.oid).length, 0);
  });

  for (const where of ['channel', 'personal'] as const) {
    it(`/signout in the ${where} while something runs: it says what goes on, the card asks for a follower`, async () => {
      const { sandbox } = stage;
      const scene = await running();
      const place = where === 'channel' ? sandbox.places.channel : sandbox.places.personal(mia);
      const told = await askPrivately(sandbox.client(mia), place, '/signout');
      assert.match(told.text, /signed out/);
      assert.match(told.text, /One collection goes on in Defender/);
      assert.equal(sandbox.tokenService.holdsTokenOf(mia), false);
      await scene.card('Keep following');
      await sandbox.tokenService.signIn(omar);
      await sandbox.client(omar).click(await scene.card('Keep following'), 'Keep following');
      finish();
      await scene.closing('Succeeded');
    });
  }

  it('/signout before the confirmation: Collect asks for a sign-in, and then sends it', async () => {
    const { sandbox } = stage;
    const scene = await asking(sandbox.client(mia), sandbox.places.channel, slowDevice.id);
    await scene.card('Collect');
    await askPrivately(sandbox.client(mia), sandbox.places.channel, '/signout');
    await scene.press('Collect');
    await scene.card(/Pending|In progress|Timed out/);
    assert.deepEqual(collected(scene), [mia.upn]);
  });
});
