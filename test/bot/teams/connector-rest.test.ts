import assert from 'node:assert/strict';
import { describeError } from '../../../bot/log.ts';
import { createConnectorRest } from '../../../bot/teams/connector-rest.ts';
import { Secret } from '../../../src/domain/secret.ts';
import { chatUserId, conversationId, tenantId } from '../../build/ids.ts';
import { botApp } from '../../sandbox/app.ts';
import { certificates, trustInThisProcess } from '../../sandbox/certificates.ts';
import { type Answerer, json, type WireServer, wireServer } from '../../src/adapters/defender/wire-server.ts';

describe('the connector’s own REST', () => {
  let host: WireServer;
  let answer: Answerer;
  const rest = createConnectorRest(botApp.appId, async () => new Secret('botToken', 'bot-token-marker'));
  const thread = conversationId('19:soc@thread.tacv2;messageid=17');
  const dana = chatUserId('29:dana');
  const content = { type: 'message', text: 'for your eyes' } as const;

  before(async () => {
    await trustInThisProcess();
    host = await wireServer((...call) => answer(...call), await certificates());
  });
  after(() => host.close());

  const target = (path = '/emea/') => rest.postTargeted(`${host.url}${path}`, thread, dana, content);
  const open = () => rest.openPersonal(`${host.url}/emea/`, tenantId(), dana);

  for (const path of ['/emea/', '/emea']) {
    it(`posts for one person’s eyes, whether the service URL is ${path} or not`, async () => {
      answer = (response) => json(response, 201, { id: '18' });
      assert.equal(await target(path), '18');
      const { method, url, headers, body } = host.heard.at(-1) ?? assert.fail();
      assert.equal(method, 'POST');
      const where = encodeURIComponent(thread);
      assert.equal(url, `/emea/v3/conversations/${where}/activities?isTargetedActivity=true`);
      assert.equal(headers.authorization, 'Bearer bot-token-marker');
      assert.deepEqual(JSON.parse(body), {
        type: 'message',
        text: 'for your eyes',
        from: { id: botApp.teamsId },
        recipient: { id: '29:dana', isTargeted: true },
      });
    });
  }

  it('opens the 1:1 conversation with a person, in their tenant', async () => {
    answer = (response) => json(response, 201, { id: 'a:1' });
    assert.equal(await open(), 'a:1');
    const { url, body } = host.heard.at(-1) ?? assert.fail();
    assert.equal(url, '/emea/v3/conversations');
    assert.deepEqual(JSON.parse(body), {
      isGroup: false,
      bot: { id: botApp.teamsId },
      members: [{ id: '29:dana' }],
      tenantId: tenantId(),
      channelData: { tenant: { id: tenantId() } },
    });
  });

  const odd: Readonly<Record<string, Answerer>> = {
    'a refusal': (response) => json(response, 403, { error: { code: 'BotNotInConversationRoster' } }),
    'an outage': (response) => json(response, 502, {}),
    'a redirect': (response) => {
      response.writeHead(307, { location: `${host.url}/elsewhere` });
      response.end();
    },
    'no id': (response) => json(response, 201, {}),
    'an impossible id': (response) => json(response, 201, { id: 'a b' }),
    'no JSON': (response) => response.writeHead(200).end('<html>'),
    'no answer': (response) => response.destroy(),
  };
  for (const [name, meet] of Object.entries(odd)) {
    it(`throws at ${name}, after one call, and the log shows no token`, async () => {
      answer = meet;
      for (const call of [target, open]) {
        const before = host.heard.length;
        await assert.rejects(call(), (error) => {
          assert.doesNotMatch(JSON.stringify(describeError(error)), /token-marker/);
          return true;
        });
        assert.equal(host.heard.length - before, 1);
      }
    });
  }
});
