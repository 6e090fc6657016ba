import assert from 'node:assert/strict';
import type { ConnectorRest } from '../../../bot/teams/connector-rest.ts';
import { type AnnouncerPorts, createPoster } from '../../../bot/teams/poster.ts';
import type { ChatPace } from '../../../src/adapters/store/chat-pace-store.ts';
import type { ConversationStore } from '../../../src/adapters/store/conversation-store.ts';
import { ConversationError } from '../../../src/domain/conversation-error.ts';
import { parseActivityId } from '../../../src/domain/ids.ts';
import { noticesDue } from '../../../src/domain/notice.ts';
import { twoPersonApproval } from '../../build/approval.ts';
import { conversationId, known, tenantId } from '../../build/ids.ts';
import {
  aConfirmed,
  aDone,
  anApproval,
  anApprovalPlace,
  anAwaiting,
  aPlace,
  aProposal,
  aQuestion,
} from '../../build/request.ts';
import { type OnWire, wireAdapter } from '../../fakes/wire-adapter.ts';
import { keptLog } from '../../src/adapters/defender/wire-server.ts';
import { Desk } from './desk.ts';

/** A refusal as botbuilder's connector client throws it. */
const refusal = (statusCode: number, code = '') =>
  Object.assign(new Error('refused'), { statusCode, body: { error: { code } } });

describe('the poster', () => {
  /** What reached the connector: how, where, and what. */
  let calls: { readonly how: 'post' | 'edit'; readonly where: string; readonly content: string }[];
  /** Refusals by conversation and way. */
  let refusals: Map<string, Error>;
  /** Only content longer than this is refused. */
  let refuseLonger: number | undefined;
  let ports: AnnouncerPorts;

  beforeEach(() => {
    calls = [];
    refuseLonger = undefined;
    refusals = new Map();
    const note: OnWire = (how, where, content) => {
      calls.push({ how, where, content: JSON.stringify(content) });
      const refused = refusals.get(`${how} ${where}`);
      const isRefused = refuseLonger === undefined || JSON.stringify(content).length > refuseLonger;
      if (refused !== undefined && isRefused) throw refused;
      return `17721${calls.length}`;
    };
    const desk = new Desk();
    ports = {
      ...desk.ports,
      log: keptLog(),
      audience: async () => 'own',
      adapter: wireAdapter(note),
      conversations: {
        ...desk.ports.conversations,
        find: async (conversation) => ({
          conversation,
          kind: 'channel',
          serviceUrl: 'https://smba.trafficmanager.net/emea/',
          tenant: tenantId(),
        }),
      },
    };
  });

  const thread = aPlace().conversation;
  const posted = { conversation: thread, activity: known(parseActivityId('1772421120001')), fingerprint: '' };

  it('posts a card once, and edits it from then on; an equal card makes no call', async () => {
    const poster = createPoster(ports);
    const first = await poster.postCard(aProposal());
    assert.deepEqual(await poster.editCard(aProposal(), first), first);
    const second = await poster.editCard(aConfirmed(), first);
    assert.deepEqual([second.activity, second.conversation], [first.activity, first.conversation]);
    assert.notEqual(second.fingerprint, first.fingerprint);
    assert.deepEqual(
      calls.map(({ how }) => how),
      ['post', 'edit'],
    );
    assert.ok(calls[1]?.content.includes(`"id":"${first.activity}"`));
  });

  it('writes what it posts of its own accord in the requester’s language', async () => {
    const poster = createPoster(ports);
    const language = 'de';
    const post = await poster.postCard(aProposal({ language }));
    await poster.editCard(aDone({ language }), post);
    for (const request of [aDone({ language }), anAwaiting({ language })]) {
      for (const notice of noticesDue(request)) {
        await poster.tell(request, notice, post);
        await poster.tellPrivately(request, notice);
      }
    }
    await poster.tellMoved(aConfirmed({ language }));
    await poster.tellNoCard(aProposal({ language }));
    assert.equal(calls.length, 8);
    for (const { content } of calls) assert.match(content, /Untersuchungspaket|Erfolgreich|angefragt/);
    for (const { content } of calls) assert.doesNotMatch(content, /[Ii]nvestigation package|Succeeded|asked for/);
  });

  it('names no device and no reason where others read along, or where nobody can tell', async () => {
    const telling = /lap-1|“|Defender|ID /;
    for (const audience of ['mixed', 'unknown'] as const) {
      calls = [];
      const poster = createPoster({ ...ports, audience: async () => audience });
      const card = await poster.postCard(aProposal());
      await poster.editCard(aConfirmed(), card);
      const done = await poster.editCard(aDone(), card);
      for (const notice of noticesDue(aDone())) await poster.tell(aDone(), notice, done);
      assert.equal(calls.length, 4);
      for (const { content } of calls) assert.doesNotMatch(content, telling);
    }
    calls = [];
    await createPoster(ports).postCard(aProposal());
    assert.match(calls[0]?.content ?? '', telling);
  });

  it('of a slash command opens a thread, and says where it is', async () => {
    const place = aPlace({ conversation: conversationId('19:soc@thread.tacv2'), askedPrivately: true });
    const card = await createPoster(ports).postCard(aProposal({ place }));
    assert.equal(card.conversation, `19:soc@thread.tacv2;messageid=${card.activity}`);
  });

  const [closing] = noticesDue(aDone());

  for (const [name, error, fault] of [
    ['a 404 on the card', refusal(404, 'ActivityNotFoundInConversation'), 'postGone'],
    ['a card that is somebody else’s message', refusal(403, 'MessageWritesBlocked'), 'postGone'],
    ['a removed bot', refusal(403, 'BotNotInConversationRoster'), 'botRemoved'],
    ['a blocked bot', refusal(403, 'ConversationBlockedByUser'), 'botRemoved'],
    ['a deleted conversation', refusal(404, 'ConversationNotFound'), 'botRemoved'],
    ['a 400', refusal(400, 'BadArgument'), 'refused'],
    ['a 403 for another reason', refusal(403, 'NotEnoughPermissions'), 'refused'],
    ['a 412', refusal(412, 'PreconditionFailed'), 'unavailable'],
    ['a 429 that names no time', refusal(429, 'Throttled'), 'unavailable'],
    ['a 500', refusal(500, 'ServiceError'), 'unavailable'],
    ['a 502', refusal(502), 'unavailable'],
    ['a reset', new Error('ECONNRESET'), 'unavailable'],
  ] as const) {
    it(`says of ${name} that it is '${fault}', and makes no second call`, async () => {
      const poster = createPoster(ports);
      refusals.set(`edit ${thread}`, error);
      await assert.rejects(poster.editCard(aDone(), posted), (thrown: unknown) => {
        assert.ok(thrown instanceof ConversationError);
        assert.deepEqual([thrown.fault, thrown.cause], [fault, error]);
        return true;
      });
      assert.equal(calls.length, 1);
    });
  }

  it('keeps nothing of a conversation whose roster the bot has left', async () => {
    const forgotten: string[] = [];
    const forget = async (conversation: string) => {
      forgotten.push(conversation);
    };
    const poster = createPoster({ ...ports, conversations: { ...ports.conversations, forget } });
    refusals.set(`post ${thread}`, refusal(403, 'ConversationBlockedByUser'));
    await assert.rejects(poster.tell(aDone(), known(closing), posted), ConversationError);
    assert.deepEqual(forgotten, []);
    refusals.set(`post ${thread}`, refusal(403, 'BotNotInConversationRoster'));
    await assert.rejects(poster.tell(aDone(), known(closing), posted), ConversationError);
    assert.deepEqual(forgotten, ['19:soc@thread.tacv2']);
  });

  it('makes no call to a conversation that it knows no way to', async () => {
    const poster = createPoster({ ...ports, conversations: { ...ports.conversations, find: async () => undefined } });
    const isRemoved = (thrown: unknown) => thrown instanceof ConversationError && thrown.fault === 'botRemoved';
    await assert.rejects(poster.postCard(aProposal()), isRemoved);
    assert.deepEqual(calls, []);
  });

  it('opens 1:1 by the tenant’s last service URL where the conversation is forgotten', async () => {
    const opened: string[] = [];
    const conversations: ConversationStore = {
      ...ports.conversations,
      personalOf: async () => undefined,
      find: async (id) => (id === 'a:2' ? await ports.conversations.find(id) : undefined),
      serviceUrlOf: async () => 'https://smba.trafficmanager.net/amer/',
    };
    const openPersonal: ConnectorRest['openPersonal'] = async (serviceUrl) => {
      opened.push(serviceUrl);
      return conversationId('a:2');
    };
    const poster = createPoster({ ...ports, conversations, rest: { ...ports.rest, openPersonal } });
    const told = await poster.tellPrivately(aDone(), known(closing));
    assert.deepEqual([told.conversation, opened], ['a:2', ['https://smba.trafficmanager.net/amer/']]);
    assert.match(calls.at(-1)?.content ?? '', /where I can no longer post/);
  });

  it('holds back everybody who writes there for as long as a 429 says, and says how long', async () => {
    const paused: unknown[] = [];
    const pause: ChatPace['pause'] = async (...held) => {
      paused.push(held);
    };
    const headers = new Headers({ 'retry-after': '17' });
    refusals.set(`post ${thread}`, Object.assign(refusal(429, 'Throttled'), { response: { headers } }));
    const poster = createPoster({ ...ports, pace: { ...ports.pace, pause } });
    await assert.rejects(
      poster.postCard(aProposal()),
      (thrown: unknown) =>
        thrown instanceof ConversationError && thrown.fault === 'throttled' && thrown.retryAfterMs === 17_000,
    );
    assert.deepEqual(paused, [['19:soc@thread.tacv2', 17_000]]);
  });

  it('makes no call when it is not its turn in the conversation, whose threads count together', async () => {
    const asked: string[] = [];
    const take: ChatPace['take'] = async (conversation) => {
      asked.push(conversation);
      return { kind: 'none', retryAfterMs: 700 };
    };
    const poster = createPoster({ ...ports, pace: { ...ports.pace, take } });
    const isEarly = (thrown: unknown) => thrown instanceof ConversationError && thrown.retryAfterMs === 700;
    await assert.rejects(poster.editCard(aDone(), posted), isEarly);
    assert.deepEqual([calls, asked], [[], ['19:soc@thread.tacv2']]);
  });

  it('says in short what Teams finds too large, and does not send it again while it is the same', async () => {
    const poster = createPoster(ports);
    refusals.set(`edit ${thread}`, refusal(413, 'MessageSizeTooBig'));
    const shorter = (call: (typeof calls)[number]) => call.content.includes('finds the whole card too large');
    await assert.rejects(poster.editCard(aDone(), posted), ConversationError);
    assert.deepEqual(calls.map(shorter), [false, true]);
    calls.length = 0;
    refuseLonger = 2_000;
    const edited = await poster.editCard(aDone(), posted);
    assert.deepEqual(calls.map(shorter), [false, true]);
    assert.deepEqual(await poster.editCard(aDone(), edited), edited);
    assert.equal(calls.length, 2);
  });

  it('asks those who may approve where they are asked, and mentions them by their user name', async () => {
    const question = aQuestion({ askedIn: anApprovalPlace() });
    const request = anAwaiting({
      place: aPlace({ kind: 'personal', conversation: conversationId('a:1to1') }),
      question,
    });
    const mentions = [{ kind: 'user', upn: 'omar.haddad@corp.example' }] as const;
    const poster = createPoster({ ...ports, cards: { ...ports.cards, approval: twoPersonApproval({ mentions }) } });
    const card = await poster.postApprovalCard(request, anApprovalPlace());
    const [call] = noticesDue(request);
    await poster.tell(request, known(call), card);
    assert.equal(await poster.editApprovalCard(request, anApprovalPlace(), card), card);
    await poster.editApprovalCard(
      aConfirmed({ place: request.place, approval: anApproval({ question }) }),
      anApprovalPlace(),
      card,
    );
    const [posted, told, edited, ...more] = calls;
    assert.equal(more.length, 0);
    assert.equal(posted?.where, anApprovalPlace().conversation);
    assert.match(posted?.content ?? '', /"title":"Approve"/);
    assert.equal(told?.where, card.conversation);
    assert.match(
      told?.content ?? '',
      /<at>omar\.haddad@corp\.example<\/at>.*"mentioned":\{"id":"omar\.haddad@corp\.example"/,
    );
    assert.equal(edited?.how, 'edit');
    assert.match(edited?.content ?? '', /Omar Haddad approved it/);
  });

  it('asks without device and reason where others read along, and offers nothing but the details', async () => {
    const poster = createPoster({ ...ports, audience: async () => 'mixed' });
    const request = anAwaiting();
    await poster.postApprovalCard(request, request.question.askedIn);
    await poster.tell(request, known(noticesDue(request)[0]), posted);
    for (const { content } of calls) assert.doesNotMatch(content, /lap-0042|suspicious logon|"title":"Approve"/);
    assert.match(calls[0]?.content ?? '', /"title":"Show details"/);
  });

  it('mentions the requester in a closing message, with the entity that Teams wants', async () => {
    await createPoster(ports).tell(aDone(), known(closing), posted);
    assert.match(calls[0]?.content ?? '', /<at>Dana Reyes<\/at>.*"type":"mention".*"id":"29:person-1"/);
  });
});
