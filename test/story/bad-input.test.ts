import assert from 'node:assert/strict';
import type { Message } from '../sandbox/conversations.ts';
import { fineDevice } from '../sandbox/devices.ts';
import { isObject, type JsonObject, type JsonValue } from '../sandbox/json.ts';
import { mia, omar } from '../sandbox/people.ts';
import { askPrivately } from './private-answer.ts';
import { ask } from './scene.ts';
import { openStage, type Stage } from './stage.ts';

const id = fineDevice.id;

/** What is typed, and what the one answer has to say. */
const lines: readonly { readonly name: string; readonly typed: string; readonly answered: RegExp }[] = [
  { name: 'a missing reason', typed: `/collect ${id}`, answered: /reason/i },
  { name: 'a missing device', typed: '/collect', answered: /device/i },
  { name: 'a device that is neither an id nor a name', typed: '/collect §$% suspicious', answered: /device/i },
  { name: 'a reason of 2,000 characters', typed: `/collect ${id} ${'x'.repeat(2_000)}`, answered: /1,?000/ },
  {
    name: 'two commands in one message',
    typed: `/collect ${id} first\n/collect ${id} second`,
    answered: /one command|one at a time|two commands/i,
  },
  { name: 'an unknown command', typed: '/colect something', answered: /collect/ },
  { name: 'an empty message', typed: '', answered: /text/i },
  { name: 'Hi', typed: 'Hi', answered: /Collector/ },
  { name: 'Help', typed: 'help', answered: /\/collect/ },
];

describe('bad input gets one clear answer, and never a call to Defender', function () {
  this.timeout(180_000);
  let stage: Stage;

  before(async () => {
    stage = await openStage();
    // Teams' limits per conversation are not what these stories are about; all of them talk in one channel.
    stage.sandbox.connector.limitsEnforced = false;
  });
  after(() => stage.close());
  beforeEach(() => {
    for (const person of [mia, omar]) stage.sandbox.tokenService.signIn(person);
  });
  afterEach('no error is in the log', () => {
    const errors = stage.bot.lines.filter((line) => /"level":(50|60)/.test(line));
    assert.deepEqual(errors, []);
  });

  const posts = (reason: string) =>
    stage.sandbox.journal.all('defender.collect.received', ({ data }) => `${data.comment}`.includes(reason));
  const calls = (mark: number) =>
    stage.sandbox.journal.all('defender.getMachine.received').filter(({ sequence }) => sequence > mark);

  for (const { name, typed, answered } of lines) {
    it(name, async () => {
      const { sandbox } = stage;
      const { channel } = sandbox.places;
      const before = channel.messages.length;
      const mark = sandbox.journal.mark;
      await sandbox.client(mia).say(channel, typed);
      const isAnswer = (message: Message) => channel.messages.indexOf(message) >= before;
      const answer = await channel.message(isAnswer);
      assert.match(answer.content, answered);
      assert.equal(channel.messages.filter((message) => message.from === 'bot' && isAnswer(message)).length, 1);
      assert.equal(calls(mark).length, 0);
    });
  }

  const unanswered: readonly { readonly name: string; readonly send: (stage: Stage) => Promise<unknown> }[] = [
    {
      name: 'a message of another bot',
      send: ({ sandbox }) =>
        sandbox.client(mia).say(sandbox.places.channel, `/collect ${id} x`, {
          changes: { from: { id: '28:another-bot', name: 'Another bot', role: 'bot' } },
        }),
    },
    {
      name: 'an edited message',
      send: async ({ sandbox }) => {
        const { message } = await sandbox.client(mia).say(sandbox.places.channel, 'help');
        await sandbox.places.channel.message((answer) => answer.thread === message.thread);
        return await sandbox.client(mia).edit(message, `/collect ${id} edited into a command`);
      },
    },
  ];
  for (const { name, send } of unanswered) {
    it(`${name} does nothing`, async () => {
      const mark = stage.sandbox.journal.mark;
      await send(stage);
      const { message } = await stage.sandbox.client(mia).say(stage.sandbox.places.channel, '/help');
      await stage.sandbox.places.channel.message((answer) => answer.thread === message.thread);
      assert.equal(calls(mark).length, 0);
    });
  }

  it('markup, mentions, control characters and direction marks in a reason are shown as text and sent clean', async () => {
    const { sandbox } = stage;
    const hostile = `**bold** [link](https://evil.example) <at>Omar</at> \u202edetrevni\u0007 [ref 00000000000000000000] `;
    const { channel } = sandbox.places;
    const before = channel.messages.length;
    await sandbox.client(mia).say(channel, `/collect ${id} ${hostile}alert h1`);
    const card = await channel.card(
      (message) => channel.messages.indexOf(message) >= before && message.buttons.includes('Collect'),
      15_000,
    );
    await sandbox.client(mia).click(card, 'Collect');
    await channel.card((message) => message.id === card.id && message.buttons.includes('Get download link'), 15_000);
    const comment = `${posts('alert h1')[0]?.data.comment}`;
    assert.match(comment, /^\[ref [0-9a-f]{20}\] \*\*bold\*\*/);
    assert.ok(!/[\p{Cc}\p{Cf}]/u.test(comment));
    assert.equal(comment.split('[ref').length, 2, 'only our own ref');
  });

  it('a /collect alone is answered with a form to the asker alone; filled in, it makes the card of the typed line', async () => {
    const { sandbox } = stage;
    const { channel } = sandbox.places;
    const before = channel.messages.length;
    const form = await askPrivately(sandbox.client(omar), channel, '/collect');
    assert.deepEqual([form.buttons, form.visibleTo], [['Continue', 'Cancel'], omar]);
    const inputs = { devices: id, why: 'suspicious logon, alert f1' };
    const twice = await Promise.all([1, 2].map(() => sandbox.client(omar).click(form, 'Continue', { inputs })));
    for (const answer of twice) assert.match(answer.kind === 'card' ? answer.text : '', /comes into this conversation/);
    const isCard = (message: Message) =>
      channel.messages.indexOf(message) >= before && message.content.includes('alert f1');
    const card = await channel.card((message) => isCard(message) && message.buttons.includes('Collect'), 15_000);
    assert.equal(card.visibleTo, 'everyone');
    assert.equal(channel.messages.filter(isCard).length, 1);
    await sandbox.client(omar).click(card, 'Cancel');
  });

  it('an action on a message opens a dialog that names its devices; filled in, it makes the card in that thread', async () => {
    const { sandbox } = stage;
    const { channel } = sandbox.places;
    const { message } = await sandbox.client(omar).say(channel, 'hello');
    const body = { contentType: 'html', content: `<p>Alert on <b>${fineDevice.computerDnsName}</b></p>` };
    const value = { commandId: 'collectFromMessage', messagePayload: { id: message.id, body } };
    const opened = await sandbox.client(omar).invoke(channel, 'composeExtension/fetchTask', value);
    assert.match(JSON.stringify(opened.body), new RegExp(`"value":"${fineDevice.computerDnsName}"`));
    const [carried] = /\{"verb":"askByForm"[^}]*\}/.exec(JSON.stringify(opened.body)) ?? [];
    const data: JsonValue = JSON.parse(carried ?? 'null');
    assert.ok(isObject(data));
    const typed = { ...data, devices: fineDevice.computerDnsName, why: 'suspicious logon, alert m1' };
    const submitted = { commandId: 'collectFromMessage', data: typed };
    const { status } = await sandbox.client(omar).invoke(channel, 'composeExtension/submitAction', submitted);
    assert.equal(status, 200);
    const card = await channel.card(
      (each) => each.content.includes('alert m1') && each.buttons.includes('Collect'),
      15_000,
    );
    assert.equal(card.thread, message.thread);
    await sandbox.client(omar).click(card, 'Cancel');
  });

  it('where it is added the bot says one welcome, which mentions who added it', async () => {
    const { sandbox } = stage;
    const { groupChat } = sandbox.places;
    const before = groupChat.messages.length;
    const added = { type: 'installationUpdate', action: 'add' };
    for (let n = 0; n < 2; n += 1) await sandbox.client(omar).send(groupChat, added);
    const welcomes = groupChat.messages.slice(before);
    assert.equal(welcomes.length, 1);
    assert.match(welcomes[0]?.content ?? '', /<at>Omar [^<]+<\/at> added me/);
  });

  it('the same message delivered twice makes one card', async () => {
    const { sandbox } = stage;
    const scene = await ask(sandbox.client(mia), sandbox.places.channel, id);
    await scene.card('Collect');
    await sandbox.client(mia).redeliver(scene.asked);
    await scene.press('Collect');
    await scene.card('Get download link');
    const cards = sandbox.places.channel.messages.filter(
      ({ from, content }) => from === 'bot' && content.includes(scene.reason),
    );
    assert.equal(cards.length, 1);
    assert.equal(posts(scene.reason).length, 1);
  });

  it('the same click twice at once sends once', async () => {
    const { sandbox } = stage;
    const client = sandbox.client(mia);
    const scene = await ask(client, sandbox.places.channel, id);
    const card = await scene.card('Collect');
    const answers = await Promise.all([client.click(card, 'Collect'), client.click(card, 'Collect')]);
    for (const answer of answers) assert.ok(['card', 'message'].includes(answer.kind));
    await scene.card('Get download link');
    assert.equal(posts(scene.reason).length, 1);
  });

  it('a click by somebody else is refused to them alone, and changes nothing', async () => {
    const { sandbox } = stage;
    const scene = await ask(sandbox.client(mia), sandbox.places.channel, id);
    const card = await scene.card('Collect');
    const versions = card.versions.length;
    for (const title of ['Collect', 'Cancel', 'Edit']) {
      const answer = await sandbox.client(omar).click(card, title);
      assert.equal(answer.kind, 'message');
      assert.match(JSON.stringify(answer), /Mia Berg/);
    }
    assert.equal(card.versions.length, versions);
    assert.equal(posts(scene.reason).length, 0);
  });

  it('a click on an older revision changes nothing and shows the current card', async () => {
    const { sandbox } = stage;
    const client = sandbox.client(mia);
    const scene = await ask(client, sandbox.places.channel, id);
    const card = await scene.card('Collect');
    const answer = await client.click(card, 'Cancel', { version: 0 });
    assert.equal(answer.kind, 'card');
    assert.match(JSON.stringify(answer), /Waiting for confirmation/);
    assert.equal(posts(scene.reason).length, 0);
  });

  it('a click on a finished card says where the request stands', async () => {
    const { sandbox } = stage;
    const client = sandbox.client(mia);
    const scene = await ask(client, sandbox.places.channel, id);
    const card = await scene.card('Collect');
    const data = dataOf(card, 'Collect');
    await client.click(card, 'Cancel');
    const cancelled = await scene.card('Try again');
    const answer = await client.click(cancelled, 'Try again', { verbOverride: 'collect', dataOverride: data });
    assert.match(JSON.stringify(answer), /cancelled/i);
    assert.equal(posts(scene.reason).length, 0);
  });

  const forged: readonly { readonly name: string; readonly verb?: string; readonly data?: JsonObject }[] = [
    { name: 'an unknown verb', verb: 'explode' },
    { name: 'a request that does not exist', data: { request: '00000000-0000-4000-8000-000000000000' } },
    { name: 'a request id that is none', data: { request: 'x' } },
    { name: 'a revision of the wrong type', data: { revision: 'latest' } },
    { name: 'data that is no object', data: { request: { $ne: null } } },
  ];
  for (const { name, verb, data } of forged) {
    it(`a click with forged data gets an answer and changes nothing: ${name}`, async () => {
      const { sandbox } = stage;
      const client = sandbox.client(mia);
      const scene = await ask(client, sandbox.places.channel, id);
      const card = await scene.card('Collect');
      const answer = await client.click(card, 'Collect', {
        ...(verb === undefined ? {} : { verbOverride: verb }),
        ...(data === undefined ? {} : { dataOverride: { ...dataOf(card, 'Collect'), ...data } }),
      });
      assert.equal(answer.kind, 'message');
      assert.equal(posts(scene.reason).length, 0);
    });
  }

  it('a click that names a request of another conversation is not answered with its card', async () => {
    const { sandbox } = stage;
    const client = sandbox.client(mia);
    const elsewhere = await ask(client, sandbox.places.groupChat, id);
    const there = await elsewhere.card('Collect');
    const request = dataOf(there, 'Collect');
    const here = await ask(client, sandbox.places.channel, id);
    const card = await here.card('Collect');
    const answer = await client.click(card, 'Collect', { dataOverride: request });
    assert.equal(answer.kind, 'message');
    assert.ok(!JSON.stringify(answer).includes(elsewhere.reason));
    assert.equal(posts(elsewhere.reason).length, 0);
  });
});

function dataOf(card: Message, title: string): JsonObject {
  const data = card.actions.find((action) => action.title === title)?.data;
  assert.ok(isObject(data), `the button ${title} carries data`);
  return data;
}
