import assert from 'node:assert/strict';
import sinon from 'sinon';
import { botApp } from '../../sandbox/app.ts';
import { Desk } from './desk.ts';

const slash = { recipient: { id: botApp.teamsId, isTargeted: true } };

describe('a reply', () => {
  it('goes into the thread of its message', async () => {
    const desk = new Desk();
    await desk.say('help');
    assert.equal(desk.adapter.sent[0]?.conversation?.id, '19:soc@thread.tacv2;messageid=1772421120000');
    assert.equal(desk.adapter.sent[0]?.replyToId, '1772421120001');
  });

  it('to a slash command goes to 1:1 where the tenant has no targeted messages yet', async () => {
    const posts: string[] = [];
    const desk = new Desk();
    const rest = { ...desk.ports.rest, postTargeted: () => Promise.reject(new Error('400')) };
    const fallback = new Desk({
      rest,
      conversations: {
        ...desk.ports.conversations,
        find: async (conversation) => ({
          conversation,
          kind: 'personal',
          serviceUrl: 'https://smba.trafficmanager.net/emea/',
          tenant: desk.ports.app.tenant,
        }),
      },
      adapter: {
        speak: async ({ conversation }) => {
          posts.push(conversation);
          throw new Error('far enough');
        },
      },
    });
    await fallback.say('help', slash);
    assert.equal(posts[0], 'a:1');
    assert.equal(fallback.adapter.sent.length, 0, 'nobody else sees it');
  });

  it('in 1:1 is a plain answer, never a targeted one', async () => {
    const desk = new Desk();
    await desk.say('/status', {
      conversation: { id: 'a:1', conversationType: 'personal', tenantId: desk.ports.app.tenant },
      ...slash,
    });
    assert.equal(desk.targeted.length, 0);
    assert.equal(desk.adapter.sent.length, 1);
  });

  it('is given up when the connector hangs', async () => {
    const clock = sinon.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    try {
      const desk = new Desk();
      sinon.stub(desk.adapter, 'sendActivities').returns(new Promise(() => undefined));
      const said = desk.say('help');
      await clock.tickAsync(30_000);
      assert.deepEqual(await said, []);
      const errors = desk.log.lines.map(({ fields }) => String(fields.err));
      assert.ok(
        errors.some((each) => /connector did not answer within 10000 ms/.test(each)),
        errors.join('\n'),
      );
    } finally {
      clock.restore();
    }
  });

  it('waits for its turn in the conversation, and goes out uncounted when the store is away', async () => {
    const desk = new Desk();
    const answers = [{ kind: 'none', retryAfterMs: 30 } as const, { kind: 'taken' } as const];
    const take = async () => answers.shift() ?? Promise.reject(new Error('the store is away'));
    const paced = new Desk({ pace: { ...desk.ports.pace, take } });
    assert.equal((await paced.say('help')).length, 1);
    assert.deepEqual([answers.length, paced.log.lines], [0, []]);
    assert.equal((await paced.say('help')).length, 1);
    assert.match(String(paced.log.lines[0]?.fields.err), /the store is away/);
  });
});
