import assert from 'node:assert/strict';
import type { Activity } from 'botbuilder';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { botApp } from './app.ts';
import type { Message } from './conversations.ts';
import { gus, lena, mia, omar } from './people.ts';
import { type ProbeBot, startProbeBot } from './probe-bot.ts';
import { type Sandbox, startSandbox } from './sandbox.ts';
import type { ClientKind } from './sign-in-behaviour.ts';

const prefix = 'application/vnd.microsoft.';

describe('a Teams client of the sandbox', () => {
  let sandbox: Sandbox;
  let bot: ProbeBot;
  let received: Partial<Activity>[];

  beforeEach(async () => {
    received = [];
    sandbox = await startSandbox();
    bot = await startProbeBot(sandbox);
    bot.logic = async ({ activity }) => {
      received.push(activity);
      return undefined;
    };
  });
  afterEach(async () => {
    await bot.stop();
    await sandbox.stop();
  });

  const last = () => received.at(-1) ?? {};
  const { connectionName } = botApp;
  const tokenExchangeResource = { id: 'exchange-1', uri: botApp.resource, providerId: 'p' };
  const answer = (statusCode: number, type: string, value: unknown) => ({
    status: 200,
    body: { statusCode, type: `${prefix}${type}`, value },
  });

  /** The bot posts a card with one button, and answers its invokes with what `respond` says. */
  const withCard = async (
    respond: (value: Activity['value'], link: string) => ReturnType<typeof answer>,
    place = sandbox.places.channel,
  ): Promise<Message> => {
    bot.logic = async (context) => {
      received.push(context.activity);
      if (context.activity.type === 'invoke') {
        const client = context.turnState.get(bot.adapter.UserTokenClientKey);
        const { signInLink } = await client.getSignInResource(connectionName, context.activity, '');
        return respond(context.activity.value, signInLink);
      }
      const actions = [{ type: 'Action.Execute', title: 'Go', verb: 'go', data: { request: 'r1', revision: 3 } }];
      const content = { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text: 'Ready?' }], actions };
      await context.sendActivity({
        type: 'message',
        attachments: [{ contentType: `${prefix}card.adaptive`, content }],
      });
      return undefined;
    };
    await sandbox.client(mia).say(place, 'go');
    return place.card('Ready?');
  };
  const loginRequest = (link: string) =>
    answer(401, 'activity.loginRequest', {
      text: 'Sign in',
      connectionName,
      tokenExchangeResource,
      buttons: [{ type: 'signin', title: 'Sign in', value: link }],
    });

  describe('saying something', () => {
    it('mentions the bot in a channel, in a thread of its own or in one that is there', async () => {
      const client = sandbox.client(mia);
      const { message } = await client.say(sandbox.places.channel, 'help');
      assert.equal(last().text, '<at>Collector</at> help\n');
      assert.equal(last().conversation?.id, `${sandbox.places.channel.id};messageid=${message.id}`);
      assert.equal(last().from?.aadObjectId, mia.oid);
      await client.say(sandbox.places.channel, 'more', { replyTo: message });
      assert.equal(last().conversation?.id, `${sandbox.places.channel.id};messageid=${message.id}`);
    });

    it('sends a slash command to the bot alone', async () => {
      const { message } = await sandbox.client(mia).say(sandbox.places.channel, '/help', { slash: true });
      assert.deepEqual(last().recipient, { id: botApp.teamsId, name: botApp.name, isTargeted: true });
      assert.equal(last().text, '/help');
      assert.equal(message.visibleTo, mia);
    });

    it('delivers the very same activity again', async () => {
      const client = sandbox.client(mia);
      const { message } = await client.say(sandbox.places.personal(mia), 'help');
      await client.redeliver(message);
      const [first, second] = received;
      assert.deepEqual([first?.id, first?.text], [second?.id, second?.text]);
    });

    it('edits, reacts, installs and removes', async () => {
      const client = sandbox.client(mia);
      const { message } = await client.say(sandbox.places.groupChat, 'help');
      await client.edit(message, 'help!');
      await client.react(message, 'like');
      await client.install(sandbox.places.groupChat, 'remove');
      assert.deepEqual(
        received.map(({ type }) => type),
        ['message', 'messageUpdate', 'messageReaction', 'conversationUpdate', 'installationUpdate'],
      );
      assert.equal(sandbox.places.groupChat.botInstalled, false);
    });
  });

  describe('clicking', () => {
    it("sends the button's verb and data with the inputs, and shows the answer to the clicker alone", async () => {
      const own = { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text: 'Only for you' }] };
      const message = await withCard(() => answer(200, 'card.adaptive', own));
      const result = await sandbox.client(mia).click(message, 'Go', { inputs: { reason: 'odd' } });
      assert.equal(result.kind, 'card');
      const { action, trigger } = last().value;
      assert.deepEqual(
        [action.verb, action.data, trigger],
        ['go', { request: 'r1', revision: 3, reason: 'odd' }, 'manual'],
      );
      assert.equal(last().replyToId, message.id);
      assert.deepEqual(message.cardFor(mia), own);
      assert.notDeepEqual(message.cardFor(omar), own);
    });

    it('can click what an earlier version of the card offered', async () => {
      const message = await withCard(() => answer(200, 'activity.message', 'too late'));
      message.conversation.edit(message, { type: 'message', text: 'Done' });
      await assert.rejects(sandbox.client(mia).click(message, 'Go'));
      assert.deepEqual(await sandbox.client(mia).click(message, 'Go', { version: 0 }), {
        kind: 'message',
        text: 'too late',
      });
      assert.equal(last().value.action.data.revision, 3);
    });

    it('can forge data and verb', async () => {
      const message = await withCard(() => answer(200, 'activity.message', 'no'));
      await sandbox.client(lena).click(message, 'Go', { dataOverride: { request: 'r2' }, verbOverride: 'stop' });
      assert.deepEqual([last().value.action.verb, last().value.action.data], ['stop', { request: 'r2' }]);
    });

    it('fails for a button that is not there', async () => {
      const message = await withCard(() => answer(200, 'activity.message', 'ok'));
      await assert.rejects(sandbox.client(mia).click(message, 'Stop'), /sees no button 'Stop' on:\nReady\?/);
    });

    it('fails for a message that the person does not see', async () => {
      const message = await withCard(() => answer(200, 'activity.message', 'ok'), sandbox.places.groupChat);
      await assert.rejects(sandbox.client(gus).click(message, 'Go'), /Gus Palmer \(Fabrikam\) does not see/);
    });

    it('tells errors and unusable answers apart', async () => {
      const message = await withCard(() => answer(400, 'error', { code: 'BadRequest', message: 'No' }));
      assert.deepEqual(await sandbox.client(mia).click(message, 'Go'), {
        kind: 'error',
        status: 400,
        type: `${prefix}error`,
        code: 'BadRequest',
        text: 'No',
      });
      bot.logic = async () => ({ status: 200, body: { hello: 'world' } });
      assert.equal((await sandbox.client(mia).click(message, 'Go')).kind, 'unusable');
    });
  });

  describe('answering a login request', () => {
    const clickAs = async (kind: ClientKind, refuseSso = false) => {
      const message = await withCard((value, link) => {
        if (value.state || (value.authentication && !refuseSso)) return answer(200, 'activity.message', 'signed in');
        if (value.authentication)
          return answer(412, 'error.preconditionFailed', { code: '412', message: 'Cannot exchange' });
        return loginRequest(link);
      });
      const client = sandbox.client(mia);
      client.kind = kind;
      return client.click(message, 'Go');
    };

    it("of the kind 'sso' repeats the click with a token of the person", async () => {
      assert.deepEqual(await clickAs('sso'), { kind: 'message', text: 'signed in' });
      const { authentication, action } = last().value;
      assert.deepEqual(
        [authentication.id, authentication.connectionName, action.verb],
        ['exchange-1', connectionName, 'go'],
      );
      assert.equal((await sandbox.entra.tokens.verified(authentication.token))?.oid, mia.oid);
    });

    it("of the kind 'sso' opens the sign-in page where the token did not help", async () => {
      assert.deepEqual(await clickAs('sso', true), { kind: 'message', text: 'signed in' });
      assert.match(last().value.state, /^\d{6}$/);
    });

    it("of the kind 'code' comes back with the code of the sign-in page", async () => {
      assert.deepEqual(await clickAs('code'), { kind: 'message', text: 'signed in' });
      assert.match(last().value.state, /^\d{6}$/);
      assert.equal(last().value.authentication, undefined);
    });

    it("of the kind 'dropped' does nothing", async () => {
      assert.equal((await clickAs('dropped')).kind, 'loginRequest');
      assert.equal(received.filter(({ type }) => type === 'invoke').length, 1);
    });
  });

  describe('getting an OAuthCard', () => {
    const offer = async (place: typeof sandbox.places.channel) => {
      bot.logic = async (context) => {
        received.push(context.activity);
        if (context.activity.type !== 'message') return { status: 200, body: {} };
        const client = context.turnState.get(bot.adapter.UserTokenClientKey);
        const { signInLink } = await client.getSignInResource(connectionName, context.activity, '');
        const content = {
          text: 'Sign in',
          connectionName,
          tokenExchangeResource,
          buttons: [{ type: 'signin', title: 'Sign in', value: signInLink }],
        };
        await context.sendActivity({ type: 'message', attachments: [{ contentType: `${prefix}card.oauth`, content }] });
        return undefined;
      };
      await sandbox.client(mia).say(place, 'hello');
      return place.message((message) => JSON.stringify(message.activity).includes('card.oauth'));
    };
    const invoked = (name: string, count: number) =>
      sandbox.journal.until(
        () =>
          sandbox.journal.all('client.activity.answered', ({ data }) => data.name === name).length === count
            ? true
            : undefined,
        `${count} × ${name}`,
      );

    it('exchanges in 1:1, once from each device', async () => {
      sandbox.client(mia, { devices: 3 });
      await offer(sandbox.places.personal(mia));
      await invoked('signin/tokenExchange', 3);
      const values = received.flatMap(({ name, value }) => (name === 'signin/tokenExchange' ? [value.id] : []));
      assert.deepEqual(values, ['exchange-1', 'exchange-1', 'exchange-1']);
    });

    it('fails in a channel, where Teams has no SSO by OAuthCard', async () => {
      await offer(sandbox.places.channel);
      await invoked('signin/failure', 1);
      assert.equal(
        received.some(({ name }) => name === 'signin/tokenExchange'),
        false,
      );
    });

    it("opens its link if it is of another kind, and brings the code by 'signin/verifyState'", async () => {
      const client = sandbox.client(mia, { kind: 'code' });
      const message = await offer(sandbox.places.personal(mia));
      await client.signIn(message);
      assert.equal(last().name, 'signin/verifyState');
      assert.match(last().value.state, /^\d{6}$/);
      await client.cancelSignIn(message);
      assert.equal(last().value.state, 'CancelledByUser');
    });

    it('can complete the sign-in without a word to the bot', async () => {
      const client = sandbox.client(mia, { kind: 'dropped' });
      const message = await offer(sandbox.places.personal(mia));
      assert.equal(await client.signIn(message, 'stored'), undefined);
      assert.equal(sandbox.tokenService.holdsTokenOf(mia), true);
      assert.equal(received.length, 1);
    });
  });
});
