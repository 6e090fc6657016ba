import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Activity, InvokeResponse } from 'botbuilder';
import { botApp } from '../sandbox/app.ts';
import type { JsonObject } from '../sandbox/json.ts';
import { mia } from '../sandbox/people.ts';
import { type ProbeBot, startProbeBot } from '../sandbox/probe-bot.ts';
import { type Sandbox, startSandbox } from '../sandbox/sandbox.ts';
import { type FakePlayground, startFakePlayground } from './fake-playground.ts';
import { type Gateway, openGateway } from './gateway.ts';

const adaptive = 'application/vnd.microsoft.card.adaptive';

describe('the gateway between Playground and bot', () => {
  let sandbox: Sandbox;
  let bot: ProbeBot;
  let playground: FakePlayground;
  let gateway: Gateway;
  let faults: Error[];
  let firstFault: Promise<void>;

  beforeEach(async () => {
    faults = [];
    const { promise, resolve } = Promise.withResolvers<void>();
    firstFault = promise;
    sandbox = await startSandbox();
    bot = await startProbeBot(sandbox);
    playground = await startFakePlayground();
    gateway = await openGateway(sandbox, mia, (fault) => {
      faults.push(fault);
      resolve();
    });
    gateway.show(playground.url);
  });
  afterEach(async () => {
    await gateway.close();
    playground.close();
    await bot.stop();
    await sandbox.stop();
  });

  /** Sends what the Playground sends: unsigned, with a random id, and from nobody in particular. */
  async function send(conversation: string, members: JsonObject): Promise<{ status: number; body: unknown }> {
    const activity = { id: randomUUID(), channelId: 'msteams', conversation: { id: conversation }, ...members };
    const response = await fetch(gateway.botEndpoint, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(activity),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
  }

  const say = (conversation: string, text: string) => send(conversation, { type: 'message', text });
  const press = (conversation: string, replyToId: string, data: JsonObject = {}) => {
    const action = { type: 'Action.Execute', title: 'Go', verb: 'go', data };
    return send(conversation, { type: 'invoke', name: 'adaptiveCard/action', replyToId, value: { action } });
  };
  const thread = () => `${sandbox.places.channel.id};messageid=1700000000000`;
  const mention = `<at>${botApp.name}</at>`;

  it('what is typed reaches the bot signed and as Teams sends it', async () => {
    const heard: Partial<Activity>[] = [];
    bot.logic = async ({ activity }) => {
      heard.push(activity);
      return undefined;
    };
    const { status } = await say(thread(), `${mention} /collect that`);
    assert.equal(status, 200);
    const [activity] = heard;
    assert.equal(activity?.text, `${mention} /collect that\n`);
    assert.equal(activity?.from?.aadObjectId, mia.oid);
    assert.equal(activity?.from?.id, mia.teamsId);
    assert.equal(activity?.conversation?.conversationType, 'channel');
    assert.equal(activity?.conversation?.tenantId, mia.tenantId);
    assert.equal(activity?.serviceUrl, sandbox.connector.serviceUrl);
    assert.equal(activity?.channelData?.tenant?.id, mia.tenantId);
    assert.ok(activity?.entities?.some(({ type }) => type === 'mention'));
  });

  it('what the bot answers stands in the thread where it was asked, and so does what is typed there next', async () => {
    const conversations: string[] = [];
    bot.logic = async (context) => {
      conversations.push(context.activity.conversation.id);
      await context.sendActivity(`heard ${context.activity.text}`);
      return undefined;
    };
    await say(thread(), `${mention} one`);
    await say(thread(), `${mention} two`);
    for (const word of ['one', 'two']) {
      const id = await playground.shows(({ text }) => text?.includes(word) === true);
      assert.equal(playground.messages.get(id)?.conversation, thread());
    }
    assert.equal(new Set(conversations).size, 1);
    assert.match(conversations[0] ?? '', /;messageid=\d+$/);
  });

  it('a login request is answered by silent sign-in, and the click is repeated with the inputs', async () => {
    const values: unknown[] = [];
    bot.logic = async (context) => {
      if (context.activity.type === 'message') await postCard(context, 'first');
      else values.push(context.activity.value);
      return values.length === 1 ? loginRequest() : cardAnswer('second');
    };
    const personal = sandbox.places.personal(mia).id;
    await say(personal, 'hello');
    const id = await playground.shows(shows('first'));
    await press(personal, id, { reason: 'typed' });
    await playground.shows(shows('second'));
    assert.deepEqual(values.map(reasonIn), ['typed', 'typed']);
    assert.match(JSON.stringify(values[1]), /"authentication":\{"id":"exchange-1","connectionName":"defender-sso"/);
  });

  it('a card that the bot has edited meanwhile is not replaced by the older one of the click', async () => {
    bot.logic = async (context) => {
      if (context.activity.type === 'message') {
        await postCard(context, 'first');
        return undefined;
      }
      await context.updateActivity({ ...cardMessage('newest'), id: context.activity.replyToId ?? '' });
      return cardAnswer('older');
    };
    const personal = sandbox.places.personal(mia).id;
    await say(personal, 'hello');
    const id = await playground.shows(shows('first'));
    await press(personal, id);
    await say(personal, 'and another');
    await playground.shows((message) => shows('first')(message));
    const shown = playground.messages.get(id);
    assert.ok(shown && shows('newest')(shown), JSON.stringify(shown));
  });

  it('an OAuthCard is answered, not shown', async () => {
    const exchanged = new Promise((resolve) => {
      bot.logic = async (context) => {
        if (context.activity.type === 'message') await context.sendActivity(oauthMessage());
        else resolve(context.activity.name);
        return { status: 200 };
      };
    });
    await say(sandbox.places.personal(mia).id, 'hello');
    assert.equal(await exchanged, 'signin/tokenExchange');
    bot.logic = async (context) => {
      await context.sendActivity('the next one');
      return undefined;
    };
    await say(sandbox.places.personal(mia).id, 'hello again');
    await playground.shows(({ text }) => text === 'the next one');
    assert.equal(playground.messages.size, 1);
  });

  it('a card that is not known any more is said so, without the bot', async () => {
    const { status, body } = await press(thread(), 'long-gone');
    assert.equal(status, 200);
    assert.match(JSON.stringify(body), /does not know this card/);
  });

  it('what cannot be shown is reported, and what follows is shown', async () => {
    bot.logic = async (context) => {
      await context.sendActivity(`heard ${context.activity.text}`);
      return undefined;
    };
    const personal = sandbox.places.personal(mia).id;
    playground.status = 500;
    await say(personal, 'lost');
    await firstFault;
    playground.status = 201;
    await say(personal, 'kept');
    await playground.shows(({ text }) => text?.includes('kept') === true);
    assert.equal(faults.filter(({ message }) => /could not be shown/.test(message)).length, 1);
  });

  it('a bot that is down is reported, and the Playground is told', async () => {
    sandbox.setBotUrl('http://127.0.0.1:9/api/messages');
    const { status } = await say(thread(), `${mention} anybody`);
    assert.equal(status, 502);
    assert.match(faults[0]?.message ?? '', /could not be handed to the bot/);
  });
});

type Context = Parameters<ProbeBot['logic']>[0];

function cardOf(text: string) {
  const actions = [{ type: 'Action.Execute', title: 'Go', verb: 'go', data: {} }];
  return { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text }], actions };
}

function cardMessage(text: string): Partial<Activity> {
  return { type: 'message', attachments: [{ contentType: adaptive, content: cardOf(text) }] };
}

async function postCard(context: Context, text: string): Promise<void> {
  await context.sendActivity(cardMessage(text));
}

function oauthMessage(): Partial<Activity> {
  const tokenExchangeResource = { id: 'exchange-2', uri: botApp.resource };
  const content = { text: 'Sign in', connectionName: botApp.connectionName, tokenExchangeResource, buttons: [] };
  return { type: 'message', attachments: [{ contentType: 'application/vnd.microsoft.card.oauth', content }] };
}

function loginRequest(): InvokeResponse {
  const tokenExchangeResource = { id: 'exchange-1', uri: botApp.resource };
  const value = { text: 'Sign in', connectionName: botApp.connectionName, tokenExchangeResource, buttons: [] };
  return { status: 200, body: { statusCode: 401, type: 'application/vnd.microsoft.activity.loginRequest', value } };
}

function cardAnswer(text: string): InvokeResponse {
  return { status: 200, body: { statusCode: 200, type: adaptive, value: cardOf(text) } };
}

function shows(text: string) {
  return ({ attachments }: { readonly attachments: readonly unknown[] }) => JSON.stringify(attachments).includes(text);
}

function reasonIn(value: unknown): string | undefined {
  return /"reason":"(\w+)"/.exec(JSON.stringify(value))?.[1];
}
