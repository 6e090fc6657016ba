import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { inFull } from '../build/in-full.ts';
import type { Conversation, Message } from '../sandbox/conversations.ts';
import { fineDevice, serverDevice } from '../sandbox/devices.ts';
import { lena, mia, omar, type Person } from '../sandbox/people.ts';
import { ask, type Scene } from './scene.ts';
import { openStage, type Stage } from './stage.ts';

const role = 'Collection.Approve';
const patience = 30_000;

describe('approval by a second person', function () {
  this.timeout(180_000);
  let stage: Stage;

  before(async () => {
    stage = await openStage(
      {},
      {
        APPROVAL: 'two-person-high-value',
        APPROVER_ROLE: role,
        APPROVERS: omar.upn,
        APPROVAL_CONVERSATION: '19:9f8e7d6c5b4a@thread.v2',
      },
    );
    await ready();
    // The bot has to have been spoken to where approvals are asked.
    await stage.sandbox.client(omar).say(stage.sandbox.places.groupChat, '/help');
  });
  after(() => stage.close());
  beforeEach(() => {
    const { sandbox } = stage;
    sandbox.faults.clear();
    sandbox.defender.access.setRights(omar, omar.defender);
    for (const person of [mia, omar, lena]) sandbox.tokenService.forget(person);
    sandbox.tokenService.signIn(mia);
    letApprove(omar);
  });

  /** Asks as a load balancer does: on a loaded machine the first fetch of the signing keys takes longer than a click may. */
  async function ready(): Promise<void> {
    while ((await fetch(`${stage.bot.url}/readyz`)).status !== 200) await setTimeout(200);
  }

  /** Signs a person in with the role in their token, or without it. */
  function letApprove(person: Person, roles: readonly string[] = [role]): void {
    const { tokenService } = stage.sandbox;
    tokenService.assertionChanges = { roles };
    tokenService.signIn(person);
    tokenService.assertionChanges = {};
  }

  const posts = ({ reason }: Scene) =>
    stage.sandbox.journal.all('defender.collect.answered', ({ data }) => `${data.comment}`.includes(reason));
  const click = (person: Person, card: Message, title: string, inputs = {}) =>
    stage.sandbox.client(person).click(card, title, { inputs });
  const said = (conversation: Conversation, { reason }: Scene, shows: RegExp) =>
    conversation.message((message) => message.content.includes(reason) && shows.test(message.content), patience);

  /** The card that can be approved; the message that calls for it only speaks of the button. */
  const waiting = ({ conversation, reason }: Scene) =>
    conversation.card((message) => message.content.includes(reason) && message.buttons.includes('Approve'), patience);

  /** Mia asks for the server and confirms; the card then waits for somebody else. */
  async function asked(): Promise<{ readonly scene: Scene; readonly card: Message }> {
    const { sandbox } = stage;
    const scene = await ask(sandbox.client(mia), sandbox.places.channel, serverDevice.id);
    await scene.press('Collect');
    return { scene, card: await waiting(scene) };
  }

  inFull(
    'somebody else approves, also after a restart, and Defender is asked on behalf of the requester with both names',
    async () => {
      const { sandbox } = stage;
      const { scene, card } = await asked();
      assert.deepEqual(card.buttons, ['Approve', 'Deny', 'Cancel']);
      assert.match(card.content, /counts as high value/);
      const call = await said(sandbox.places.channel, scene, /waits for an approval/);
      assert.equal(call.thread, scene.asked.thread);
      assert.match(JSON.stringify(call.activity), new RegExp(`"mentioned":\\{"id":"${omar.upn}"`));
      await stage.bot.kill();
      await stage.restart();
      await ready();
      assert.equal(posts(scene).length, 0);
      await click(omar, card, 'Approve');
      const done = await scene.card('Get download link');
      assert.equal(done.id, card.id);
      assert.match(done.content, /Asked by Mia Berg, approved by Omar Haddad/);
      await scene.closing('Succeeded');
      const [post, ...more] = posts(scene);
      assert.equal(more.length, 0);
      assert.equal(post?.data.upn, mia.upn);
      const names = `[asked by Mia Berg, approved by Omar Haddad ${omar.upn}]`;
      assert.match(`${post?.data.comment}`, /^\[ref [0-9a-f]{20}\] \[asked by/);
      assert.ok(`${post?.data.comment}`.includes(`${names} ${scene.reason}`));
    },
  );

  it('a device that does not count as high value is sent at once', async () => {
    const { sandbox } = stage;
    const scene = await ask(sandbox.client(mia), sandbox.places.channel, fineDevice.id);
    await scene.press('Collect');
    await scene.card('Get download link');
    assert.match(`${posts(scene)[0]?.data.comment}`, /^\[ref [0-9a-f]{20}\] suspicious/);
  });

  it('nobody approves their own request, nor without the role, nor a device that they do not see; then somebody may', async () => {
    const { sandbox } = stage;
    const { scene, card } = await asked();
    const refused = async (person: Person, says: RegExp) => {
      const answer = await click(person, card, 'Approve');
      assert.ok(answer.kind === 'message', answer.kind);
      assert.match(answer.text, says);
    };
    await refused(mia, /somebody else has to decide/);
    letApprove(lena);
    // Her Teams is German.
    await refused(lena, /zeigt Ihnen .* nicht/);
    letApprove(omar, []);
    await refused(omar, /need the app role/);
    letApprove(omar);
    sandbox.defender.access.setRights(omar, { ...omar.defender, deviceGroups: ['Workstations'] });
    await refused(omar, /does not show you/);
    assert.deepEqual((await waiting(scene)).buttons, ['Approve', 'Deny', 'Cancel']);
    assert.equal(posts(scene).length, 0);
    sandbox.defender.access.setRights(omar, omar.defender);
    await click(omar, card, 'Approve');
    await scene.card('Get download link');
    assert.equal(posts(scene).length, 1);
  });

  it('an approver who is not signed in is asked to, and the click then counts', async () => {
    const { sandbox } = stage;
    const { scene, card } = await asked();
    sandbox.tokenService.forget(omar);
    sandbox.tokenService.assertionChanges = { roles: [role] };
    await click(omar, card, 'Approve');
    sandbox.tokenService.assertionChanges = {};
    await scene.card('Get download link');
  });

  it('a denial wants a reason, tells the requester, and what they try again needs an approval of its own', async () => {
    const { sandbox } = stage;
    const { scene, card } = await asked();
    const form = await click(omar, card, 'Deny');
    assert.ok(form.kind === 'card' && /Why it is denied/.test(form.text));
    await click(omar, card, 'Continue', { reason: 'no alert on this server' });
    const denied = await scene.card('Try again');
    assert.match(denied.content, /Omar Haddad denied it: .no alert on this server/);
    await scene.closing(/Omar Haddad denied your request/);
    await click(mia, denied, 'Try again');
    const again = await sandbox.places.channel.card(
      (message) =>
        message.id !== card.id && message.content.includes(scene.reason) && message.buttons.includes('Collect'),
      patience,
    );
    await click(mia, again, 'Collect');
    await sandbox.places.channel.card(
      (message) => message.id === again.id && message.buttons.includes('Approve'),
      patience,
    );
    assert.equal(posts(scene).length, 0);
    await click(mia, again, 'Cancel');
  });

  it('of Approve and Deny at once one counts, and the other is told', async () => {
    const { scene, card } = await asked();
    const inputs = { reason: 'no alert' };
    const [approve, deny] = await Promise.all([
      click(omar, card, 'Approve'),
      stage.sandbox.client(omar).click(card, 'Deny', { verbOverride: 'deny', inputs }),
    ]);
    assert.deepEqual([approve.kind, deny.kind].toSorted(), ['card', 'message']);
    await scene.card(approve.kind === 'card' ? 'Get download link' : 'Try again');
    assert.equal(posts(scene).length, approve.kind === 'card' ? 1 : 0);
  });

  inFull('a requester who has signed out meanwhile signs in, and the approval stands', async () => {
    const { sandbox } = stage;
    const { scene, card } = await asked();
    await sandbox.client(mia).say(sandbox.places.personal(mia), '/signout');
    await click(omar, card, 'Approve');
    const unsigned = await scene.card('Sign in');
    assert.equal(posts(scene).length, 0);
    await click(mia, unsigned, 'Sign in');
    const done = await scene.card('Get download link');
    assert.match(done.content, /approved by Omar Haddad/);
  });

  it('a request from 1:1 is asked where approvals are asked, and both cards show how it goes', async () => {
    const { sandbox } = stage;
    const { groupChat } = sandbox.places;
    const scene = await ask(sandbox.client(mia), sandbox.places.personal(mia), serverDevice.id);
    await scene.press('Collect');
    const own = await scene.card(/I have asked/);
    assert.deepEqual(own.buttons, ['Cancel']);
    const card = await groupChat.card(
      (message) => message.content.includes(scene.reason) && message.buttons.includes('Approve'),
      patience,
    );
    assert.deepEqual(card.buttons, ['Approve', 'Deny']);
    await said(groupChat, scene, /waits for an approval/);
    await click(omar, card, 'Approve');
    await scene.card('Get download link');
    await scene.closing('Succeeded');
    const ended = await groupChat.card(
      (message) => message.id === card.id && /Succeeded/.test(message.content),
      patience,
    );
    assert.deepEqual(ended.buttons, []);
    assert.match(ended.content, /Omar Haddad approved it/);
    assert.equal(posts(scene)[0]?.data.upn, mia.upn);
  });
});
