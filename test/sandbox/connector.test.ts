import assert from 'node:assert/strict';
import type { ConversationReference, TurnContext } from 'botbuilder';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { botApp } from './app.ts';
import { call, callAsBot, posting } from './direct-calls.ts';
import { type JsonValue, listOf, textOf } from './json.ts';
import { lena, mia, omar, tenantId } from './people.ts';
import { type ProbeBot, startProbeBot } from './probe-bot.ts';
import { type Sandbox, startSandbox } from './sandbox.ts';

const card = (text: string) => ({
  contentType: 'application/vnd.microsoft.card.adaptive',
  content: { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text }] },
});

describe("the sandbox's connector", () => {
  let sandbox: Sandbox;
  let bot: ProbeBot;

  beforeEach(async () => {
    sandbox = await startSandbox();
    bot = await startProbeBot(sandbox);
  });
  afterEach(async () => {
    await bot.stop();
    await sandbox.stop();
  });

  const replying = (act: (context: TurnContext) => Promise<unknown>) => {
    bot.logic = async (context) => {
      await act(context);
      return undefined;
    };
  };
  const activities = (id: string, rest = '') =>
    `${sandbox.connector.serviceUrl}v3/conversations/${encodeURIComponent(id)}/activities${rest}`;
  const send = (id: string, body: JsonValue, rest = '') => callAsBot(sandbox, activities(id, rest), posting(body));
  const put = (id: string, body: JsonValue, rest: string) =>
    callAsBot(sandbox, activities(id, rest), { ...posting(body), method: 'PUT' });

  describe('with botbuilder', () => {
    it('puts a reply into the thread of the message that it answers', async () => {
      const { channel } = sandbox.places;
      replying((context) => context.sendActivity('here'));
      const { message } = await sandbox.client(mia).say(channel, 'one');
      await sandbox.client(omar).say(channel, 'two');
      const thread = channel.inThread(message.id);
      assert.deepEqual(
        thread.map(({ content }) => content),
        ['<at>Collector</at> one', 'here'],
      );
    });

    it('keeps every edit and shows the last one', async () => {
      const { channel } = sandbox.places;
      replying(async (context) => {
        const sent = await context.sendActivity({ type: 'message', attachments: [card('Pending')] });
        await context.updateActivity({ type: 'message', id: sent?.id ?? '', attachments: [card('Succeeded')] });
      });
      await sandbox.client(mia).say(channel, 'go');
      const message = await channel.card('Succeeded');
      assert.equal(message.versions.length, 2);
      await assert.rejects(channel.card('Pending', 20), /Waited 20 ms for card Pending in Security Operations/);
    });

    it('deletes, after which there is nothing to edit', async () => {
      const chat = sandbox.places.personal(mia);
      replying(async (context) => {
        const sent = await context.sendActivity('oops');
        await context.deleteActivity(sent?.id ?? '');
        await assert.rejects(context.updateActivity({ type: 'message', id: sent?.id ?? '', text: 'again' }), {
          statusCode: 404,
        });
      });
      assert.equal((await sandbox.client(mia).say(chat, 'go')).answer.status, 200);
      assert.equal(chat.messages.at(-1)?.deleted, true);
    });

    it('goes on with a stored reference after the turn, in the same thread', async () => {
      const { channel } = sandbox.places;
      const references: Partial<ConversationReference>[] = [];
      replying(async ({ activity }) => {
        const { conversation, serviceUrl, channelId } = activity;
        references.push({ conversation, serviceUrl, channelId });
      });
      const { message } = await sandbox.client(mia).say(channel, 'go');
      const [reference] = references;
      assert.ok(reference);
      await bot.adapter.continueConversationAsync(botApp.appId, reference, async (context) => {
        await context.sendActivity('later');
      });
      assert.equal(channel.inThread(message.id).at(-1)?.text, 'later');
    });
  });

  describe('by REST', () => {
    it('wants the token of the bot', async () => {
      const { token } = await sandbox.entra.tokens.assertion(mia);
      for (const wrong of [undefined, 'nonsense', token]) {
        assert.equal(
          (await call(activities(sandbox.places.groupChat.id), wrong, posting({ type: 'message', text: 'x' }))).status,
          401,
        );
      }
      assert.deepEqual(sandbox.places.groupChat.messages, []);
    });

    it('makes a new thread of a post without one, and refuses a thread that is not there', async () => {
      const { channel } = sandbox.places;
      const id = textOf((await send(channel.id, { type: 'message', text: 'root' })).body, 'id');
      assert.equal(channel.messages[0]?.thread, id);
      assert.equal((await send(`${channel.id};messageid=${id}`, { type: 'message', text: 'reply' })).status, 201);
      assert.equal((await send(`${channel.id};messageid=123`, { type: 'message', text: 'lost' })).status, 404);
      assert.deepEqual(
        channel.inThread(id ?? '').map(({ text }) => text),
        ['root', 'reply'],
      );
    });

    it('gives the same 1:1 chat for the same person every time, and wants the tenant', async () => {
      const url = `${sandbox.connector.serviceUrl}v3/conversations`;
      const create = (tenant?: string) =>
        callAsBot(sandbox, url, posting({ isGroup: false, members: [{ id: omar.teamsId }], tenantId: tenant }));
      const first = await create(tenantId);
      assert.equal(first.status, 201);
      assert.equal(textOf(first.body, 'id'), sandbox.places.personal(omar).id);
      assert.equal(textOf((await create(tenantId)).body, 'id'), textOf(first.body, 'id'));
      assert.equal((await create()).status, 400);
    });

    it('posts into a channel by creating a conversation there', async () => {
      const url = `${sandbox.connector.serviceUrl}v3/conversations`;
      const body = {
        isGroup: true,
        channelData: { channel: { id: sandbox.places.channel.id } },
        activity: { type: 'message', text: 'root' },
      };
      const created = await callAsBot(sandbox, url, posting(body));
      const activityId = textOf(created.body, 'activityId');
      assert.equal(textOf(created.body, 'id'), `${sandbox.places.channel.id};messageid=${activityId}`);
      assert.equal(sandbox.places.channel.messages[0]?.id, activityId);
    });

    it('shows a targeted message to one person alone, and edits and deletes it only as such', async () => {
      const { channel } = sandbox.places;
      const recipient = { id: lena.teamsId, isTargeted: true };
      const sent = await send(channel.id, { type: 'message', text: 'psst', recipient }, '?isTargetedActivity=true');
      const [message] = channel.messages;
      assert.deepEqual([sent.status, message?.visibleTo], [201, lena]);
      const path = `/${message?.id}`;
      assert.equal((await put(channel.id, { type: 'message', text: 'x' }, path)).status, 404);
      assert.equal(
        (await put(channel.id, { type: 'message', text: 'x', recipient }, `${path}?isTargetedActivity=true`)).status,
        400,
      );
      assert.equal(
        (await put(channel.id, { type: 'message', text: 'x' }, `${path}?isTargetedActivity=true`)).status,
        200,
      );
      assert.equal((await callAsBot(sandbox, activities(channel.id, path), { method: 'DELETE' })).status, 404);
      assert.equal(
        (await callAsBot(sandbox, activities(channel.id, `${path}?isTargetedActivity=true`), { method: 'DELETE' }))
          .status,
        200,
      );
    });

    it('refuses a targeted message without a recipient, to a stranger, and in 1:1', async () => {
      const targeted = (id: string, recipient: JsonValue) =>
        send(id, { type: 'message', text: 'x', recipient }, '?isTargetedActivity=true');
      const { channel } = sandbox.places;
      assert.equal((await targeted(channel.id, null)).status, 400);
      assert.equal((await targeted(channel.id, { id: mia.teamsId })).status, 400);
      assert.equal((await targeted(channel.id, { id: '29:nobody', isTargeted: true })).status, 400);
      const chat = sandbox.places.personal(mia);
      assert.equal((await targeted(chat.id, { id: mia.teamsId, isTargeted: true })).status, 400);
    });

    it('refuses over 100 KB, empty messages, unknown conversations, and everything after the bot was removed', async () => {
      const { groupChat } = sandbox.places;
      assert.equal(
        (await send(groupChat.id, { type: 'message', attachments: [card('x'.repeat(102_400))] })).status,
        413,
      );
      assert.equal((await send(groupChat.id, { type: 'message' })).status, 400);
      assert.equal((await send('19:nowhere@thread.v2', { type: 'message', text: 'x' })).status, 404);
      groupChat.botInstalled = false;
      const refused = await send(groupChat.id, { type: 'message', text: 'x' });
      assert.deepEqual([refused.status, textOf(refused.body, 'error', 'code')], [403, 'BotNotInConversationRoster']);
    });

    it('allows seven messages a second in a conversation, unless told otherwise', async () => {
      const { groupChat } = sandbox.places;
      const statuses: number[] = [];
      for (let count = 0; count < 8; count += 1)
        statuses.push((await send(groupChat.id, { type: 'message', text: 'x' })).status);
      assert.deepEqual(statuses, [201, 201, 201, 201, 201, 201, 201, 429]);
      sandbox.connector.limitsEnforced = false;
      assert.equal((await send(groupChat.id, { type: 'message', text: 'x' })).status, 201);
    });

    it('tells who is a member', async () => {
      const base = `${sandbox.connector.serviceUrl}v3/conversations/${encodeURIComponent(sandbox.places.groupChat.id)}`;
      const paged = await callAsBot(sandbox, `${base}/pagedmembers`);
      assert.deepEqual(
        listOf(paged.body, 'members').map((member) => textOf(member, 'aadObjectId')),
        [mia.oid, omar.oid, lena.oid],
      );
      assert.equal(
        textOf((await callAsBot(sandbox, `${base}/members/${mia.teamsId}`)).body, 'userPrincipalName'),
        mia.upn,
      );
      assert.equal((await callAsBot(sandbox, `${base}/members/29:nobody`)).status, 404);
    });
  });
});
