import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ConversationReference } from '../../../src/adapters/store/conversation-store.ts';
import { requestId } from '../../build/ids.ts';
import { dana } from '../../build/person.ts';
import { aProposal } from '../../build/request.ts';
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
    fc.constantFrom('adaptiveCard/action', 'signin/tokenExchange', 'signin/verifyState', 'signin/failure'),
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
});
