import assert from 'node:assert/strict';
import fc from 'fast-check';
import sinon from 'sinon';
import { messageActionInvokes } from '../../../bot/teams/message-action.ts';
import type { ConversationReference } from '../../../src/adapters/store/conversation-store.ts';
import { conversationId, requestId } from '../../build/ids.ts';
import { dana } from '../../build/person.ts';
import { aConfirmed, aDone, aPlace, aProposal } from '../../build/request.ts';
import { botApp } from '../../sandbox/app.ts';
import { anActivity } from './activities.ts';
import { aToken, Desk, held } from './desk.ts';

const runs = process.env.FULL === '1' ? 20_000 : 500;

describe('a turn', () => {
  const anything = fc.anything({ maxDepth: 3 });
  const verb = fc.oneof(
    fc.constantFrom('signIn', 'collect', 'cancel', 'edit', 'saveReason', 'refresh', 'tryAgain'),
    anything,
  );
  const data = fc.oneof(
    fc.record(
      { request: fc.constantFrom(requestId(), requestId(2)), revision: fc.integer(), reason: fc.string() },
      { requiredKeys: [] },
    ),
    anything,
  );
  const clickValue = fc.record(
    {
      action: fc.oneof(fc.record({ verb, data }), anything),
      authentication: anything,
      state: fc.oneof(fc.string(), anything),
    },
    { requiredKeys: [] },
  );
  const name = fc.oneof(
    fc.constantFrom(
      'adaptiveCard/action',
      'signin/tokenExchange',
      'signin/verifyState',
      'signin/failure',
      ...messageActionInvokes,
    ),
    fc.string(),
  );

  it('of any invoke whatever ends in exactly one answer that is no 5xx but for 501', async () => {
    await fc.assert(
      fc.asyncProperty(
        name,
        fc.oneof(clickValue, anything),
        fc.constantFrom('from', 'conversation', 'channelData', 'recipient', 'id', 'none'),
        anything,
        async (invoke, value, field, change) => {
          const desk = new Desk();
          desk.tokenService.found = async () => held(aToken(dana));
          await desk.keep(aProposal());
          const answer = await desk.invoke(invoke, value, { [field]: change });
          assert.ok(answer.status < 500 || answer.status === 501, JSON.stringify(answer));
          assert.deepEqual(
            desk.log.lines.filter(({ level }) => level === 'error'),
            [],
          );
        },
      ),
      { numRuns: runs },
    );
  });

  it('of any other activity whatever never throws, and makes at most one request', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.constantFrom(...Object.keys(anActivity()).filter((key) => key !== 'type')), anything),
        fc.constantFrom('message', 'messageUpdate', 'conversationUpdate', 'messageReaction', 'event', 'x'),
        fc.oneof(fc.string(), fc.constant('collect lap-1 a reason')),
        async (changes, type, text) => {
          const desk = new Desk();
          await desk.turn({ text, ...changes, type });
          const made = await desk.memory.requests.newestOf(dana.oid, 10);
          assert.ok(made.length <= (type === 'message' ? 1 : 0));
          assert.deepEqual(
            desk.log.lines.filter(({ level }) => level === 'error'),
            [],
          );
        },
      ),
      { numRuns: runs },
    );
  });

  it('notes where the conversation is reached, without its thread, also of what gets no answer', async () => {
    for (const type of ['message', 'conversationUpdate', 'installationUpdate', 'messageReaction']) {
      const noted: ConversationReference[] = [];
      const desk = new Desk();
      const remember = async (reference: ConversationReference) => {
        noted.push(reference);
      };
      await new Desk({ conversations: { ...desk.ports.conversations, remember } }).turn({ type, text: 'help' });
      assert.deepEqual(noted, [
        {
          conversation: '19:soc@thread.tacv2',
          kind: 'channel',
          serviceUrl: 'https://smba.trafficmanager.net/emea/',
          tenant: desk.ports.app.tenant,
        },
      ]);
    }
  });

  it('of a guest leaves no note of their conversation', async () => {
    const desk = new Desk();
    const remember = () => Promise.reject(new Error('a guest was noted'));
    const strict = new Desk({ conversations: { ...desk.ports.conversations, remember } });
    await strict.say('help', { channelData: { tenant: { id: 'c0ffee00-2222-4222-8222-000000000002' } } });
    assert.deepEqual(strict.log.lines, []);
  });

  it('goes on when the note cannot be made, and the log says so', async () => {
    const desk = new Desk();
    const remember = () => Promise.reject(new Error('the store is away'));
    const strict = new Desk({ conversations: { ...desk.ports.conversations, remember } });
    assert.equal((await strict.say('help')).length, 1);
    assert.match(String(strict.log.lines[0]?.fields.err), /the store is away/);
  });

  const removals = {
    'its members changed': { type: 'conversationUpdate', membersRemoved: [{ id: botApp.teamsId }] },
    'the app was uninstalled': { type: 'installationUpdate', action: 'remove' },
  };
  for (const [how, activity] of Object.entries(removals)) {
    it(`forgets a conversation that removed the bot, where ${how}, and notes it not`, async () => {
      const forgotten: string[] = [];
      const desk = new Desk();
      const conversations = {
        ...desk.ports.conversations,
        remember: () => Promise.reject(new Error('it was noted')),
        forget: async (conversation: string) => {
          forgotten.push(conversation);
        },
      };
      const strict = new Desk({ conversations });
      await strict.turn(activity);
      assert.deepEqual(forgotten, ['19:soc@thread.tacv2']);
      assert.ok(strict.log.lines.every(({ level }) => level === 'info'));
    });
  }

  it('has what still goes on there told in 1:1, and nothing else', async () => {
    const desk = new Desk();
    await desk.keep(aConfirmed({ id: requestId(1) }));
    await desk.keep(aDone({ id: requestId(2) }));
    await desk.keep(
      aConfirmed({ id: requestId(3), place: aPlace({ conversation: conversationId('19:other@thread.v2') }) }),
    );
    await desk.turn(removals['the app was uninstalled']);
    const announced = desk.memory.queued.filter(({ queue }) => queue === 'announce').map(({ payload }) => payload);
    assert.deepEqual(announced, [{ request: requestId(1) }]);
  });

  it('has the roster read anew when members change, and not when somebody writes', async () => {
    const outdated: string[] = [];
    const { audiences } = new Desk().ports;
    const outdate = async (conversation: string) => {
      outdated.push(conversation);
    };
    const desk = new Desk({ audiences: { ...audiences, outdate } });
    await desk.say('help');
    assert.deepEqual(outdated, []);
    await desk.turn({ type: 'conversationUpdate', membersAdded: [{ id: '29:somebody' }] });
    assert.deepEqual(outdated, ['19:soc@thread.tacv2']);
  });

  it('of what was sent long ago leaves no note of where its conversation is reached', async () => {
    const { conversations } = new Desk().ports;
    const remember = () => Promise.reject(new Error('an old address was noted'));
    const desk = new Desk({ conversations: { ...conversations, remember } });
    await desk.say('help', { timestamp: '2026-03-02T03:12:00Z' });
    assert.deepEqual(desk.log.lines, []);
  });

  it('keeps a conversation that another member left, and one where the app was only upgraded', async () => {
    const desk = new Desk();
    const forget = () => Promise.reject(new Error('it was forgotten'));
    const strict = new Desk({ conversations: { ...desk.ports.conversations, forget } });
    await strict.turn({ type: 'conversationUpdate', membersRemoved: [{ id: '29:somebody' }] });
    await strict.turn({ type: 'installationUpdate', action: 'remove-upgrade' });
    assert.deepEqual(strict.log.lines, []);
  });

  it('of a message that takes long says so within 5 s, and tells what it comes to, by one correlation id', async () => {
    const clock = sinon.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    try {
      const desk = new Desk();
      const store = Promise.withResolvers<never>();
      const slow = new Desk({ store: { ...desk.ports.store, propose: () => store.promise } });
      const said = slow.say('collect lap-0042 why');
      await clock.tickAsync(5_000);
      assert.match(String(slow.adapter.sent[0]?.text), /still at it/);
      store.reject(new Error('the store is away'));
      const [first, second, ...more] = await said;
      const id = /correlation ID ([\w-]+)/.exec(first ?? '')?.[1];
      assert.match(second ?? '', /Something went wrong on my side/);
      assert.ok(id !== undefined && second?.includes(id));
      assert.deepEqual(more, []);
      const logged = slow.log.lines.filter(({ fields }) => fields.correlationId === id);
      assert.deepEqual(
        logged.map(({ level }) => level),
        ['warn', 'error'],
      );
    } finally {
      clock.restore();
    }
  });

  it('of a click gives an answer within 5 s while the store hangs', async () => {
    const clock = sinon.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    try {
      const desk = new Desk();
      const never = () => new Promise<never>(() => undefined);
      const conversations = { ...desk.ports.conversations, remember: never };
      const stuck = new Desk({ store: { ...desk.ports.store, find: never }, conversations });
      const answer = stuck.click('collect', { request: requestId(), revision: 1 });
      await clock.tickAsync(4_900);
      assert.match(String((await answer).body?.value), /went wrong on my side.*correlation ID/);
    } finally {
      clock.restore();
    }
  });
});
