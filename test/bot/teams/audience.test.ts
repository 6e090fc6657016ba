import assert from 'node:assert/strict';
import { type AudiencePorts, audienceOf, createRosterReader } from '../../../bot/teams/audience.ts';
import type { Audience, Member, Roster } from '../../../src/domain/audience.ts';
import { Secret } from '../../../src/domain/secret.ts';
import { conversationId, oid, tenantId } from '../../build/ids.ts';
import { aPlace } from '../../build/request.ts';
import { keptLog, type WireServer, wireServer } from '../../src/adapters/defender/wire-server.ts';
import { Desk } from './desk.ts';

const ours: Member = { oid: oid(), tenant: tenantId(), role: 'user', upn: 'dana@contoso.example' };
const guest: Member = { oid: oid(2), tenant: tenantId(), role: 'guest', upn: 'gus#EXT#@contoso.example' };

describe('who reads along', () => {
  /** What the roster has, page by page; how often it was read; what was noted. */
  function rig(pages: readonly (readonly Member[])[], cached?: Audience) {
    const asked: string[] = [];
    const noted: Roster[] = [];
    const log = keptLog();
    const { ports } = new Desk();
    const rigged: AudiencePorts = {
      app: ports.app,
      log,
      audiences: {
        ...ports.audiences,
        find: async () => cached,
        note: async (_conversation, roster) => {
          noted.push(roster);
        },
      },
      conversations: {
        find: async (conversation) => ({
          conversation,
          kind: 'channel',
          serviceUrl: 'https://smba.example/emea/',
          tenant: tenantId(),
        }),
      },
      roster: {
        async *pages(_serviceUrl, conversation) {
          asked.push(conversation);
          yield* pages;
        },
      },
    };
    return { ports: rigged, asked, noted, log };
  }

  it('is asked of the channel, not of its thread, and noted', async () => {
    const { ports, asked, noted } = rig([[ours], [ours, guest]]);
    assert.equal(await audienceOf(ports, aPlace()), 'mixed');
    assert.deepEqual(asked, ['19:soc@thread.tacv2']);
    assert.deepEqual(noted, [{ audience: 'mixed', outsiders: [oid(2)] }]);
  });

  it('is asked of nobody in 1:1, nor while it is known', async () => {
    const alone = rig([[guest]]);
    assert.equal(
      await audienceOf(alone.ports, aPlace({ kind: 'personal', conversation: conversationId('a:1') })),
      'own',
    );
    const known = rig([[guest]], 'own');
    assert.equal(await audienceOf(known.ports, aPlace()), 'own');
    assert.deepEqual([alone.asked, known.asked], [[], []]);
  });

  it('is unknown where the roster cannot be read, which is logged and not noted', async () => {
    const { ports, noted, log } = rig([]);
    const broken = { next: () => Promise.reject(new Error('403')) };
    const roster: AudiencePorts['roster'] = { pages: () => ({ [Symbol.asyncIterator]: () => broken }) };
    assert.equal(await audienceOf({ ...ports, roster }, aPlace()), 'unknown');
    assert.deepEqual(noted, []);
    assert.equal(log.lines[0]?.level, 'warn');
    const lost = { ...ports, conversations: { find: async () => undefined } };
    assert.equal(await audienceOf(lost, aPlace()), 'unknown');
  });

  it('of more people than are read is unknown, and is not read on for ever', async () => {
    const { ports, noted } = rig(Array.from({ length: 1_000 }, () => [ours]));
    assert.equal(await audienceOf(ports, aPlace()), 'unknown');
    assert.deepEqual(noted, [{ audience: 'unknown', outsiders: [] }]);
  });
});

describe('the connector’s roster', () => {
  let server: WireServer;
  afterEach(() => server.close());

  async function read(): Promise<readonly Member[]> {
    const reader = createRosterReader(async () => new Secret('botToken', 'bot-marker'));
    const members: Member[] = [];
    const pages = reader.pages(`${server.url}/emea`, conversationId('19:soc@thread.tacv2'));
    for await (const page of pages) members.push(...page);
    return members;
  }

  it('is read page by page, with the bot’s own token', async () => {
    const page = (name: string, more: object) =>
      JSON.stringify({
        members: [{ id: '29:x', userPrincipalName: name, userRole: null, tenantId: tenantId() }],
        ...more,
      });
    server = await wireServer((response, { url }) => {
      response.setHeader('content-type', 'application/json');
      response.end(
        url.includes('continuationToken=next%2Bone') ? page('b', {}) : page('a', { continuationToken: 'next+one' }),
      );
    });
    const members = await read();
    assert.deepEqual(
      members.map(({ upn, role }) => [upn, role]),
      [
        ['a', undefined],
        ['b', undefined],
      ],
    );
    assert.equal(server.heard.length, 2);
    for (const { url, headers } of server.heard) {
      assert.match(url, /^\/emea\/v3\/conversations\/19%3Asoc%40thread\.tacv2\/pagedmembers\?pageSize=500/);
      assert.equal(headers.authorization, 'Bearer bot-marker');
    }
  });

  it('that redirects, or is none, is not read', async () => {
    server = await wireServer((response, { url }) => {
      response.statusCode = url.includes('elsewhere') ? 200 : 302;
      response.setHeader('location', '/elsewhere');
      response.end('{"members":[]}');
    });
    await assert.rejects(read());
    assert.equal(server.heard.length, 1);
  });
});
