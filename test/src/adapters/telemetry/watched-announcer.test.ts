import assert from 'node:assert/strict';
import { watchedAnnouncer } from '../../../../src/adapters/telemetry/watched-announcer.ts';
import { later, minute } from '../../../../src/domain/instant.ts';
import { noticesDue } from '../../../../src/domain/notice.ts';
import { known } from '../../../build/ids.ts';
import { aConfirmed, aDone, anAwaiting } from '../../../build/request.ts';
import { Conversation } from '../../../fakes/announcer.ts';
import { keptTelemetry } from '../../../fakes/kept-telemetry.ts';

describe('posts that are watched', () => {
  const done = aDone();
  const closing = known(noticesDue(done)[0]);
  const watched = (conversation: Conversation) => {
    const telemetry = keptTelemetry();
    const now = async () => later(done.finishedAt, minute / 4);
    return { ...telemetry, announcer: watchedAnnouncer(conversation, { ...telemetry, now }) };
  };

  it('are spans of their request, and the closing message is timed from the end of the request on', async () => {
    const conversation = new Conversation();
    const { announcer, spans, numbers } = watched(conversation);
    const card = await announcer.postCard(done);
    await announcer.tell(done, closing, card);
    await announcer.tellPrivately(done, closing);
    assert.deepEqual(
      spans().map(({ name }) => name),
      ['Teams postCard', 'Teams tell closing', 'Teams tell closing'],
    );
    assert.equal(spans()[0]?.spanContext().traceId, done.id.replaceAll('-', ''));
    assert.ok((await numbers()).includes('collector_final_to_told_seconds_sum 30'));
  });

  it('are timed only when they were posted, and for the closing message only', async () => {
    const conversation = new Conversation();
    const { announcer, spans, numbers } = watched(conversation);
    conversation.faults.push(new Error('the chat is away'));
    await assert.rejects(announcer.tell(done, closing, undefined), /away/);
    const awaiting = anAwaiting();
    await announcer.tell(awaiting, known(noticesDue(awaiting)[0]), undefined);
    assert.deepEqual(await numbers(), []);
    assert.equal(spans()[1]?.name, 'Teams tell approval', 'the moment in a message’s key is no part of the name');
  });

  it('come to the conversation as they were', async () => {
    const [direct, behind] = [new Conversation(), new Conversation()];
    const { announcer } = watched(behind);
    const { place } = aConfirmed();
    for (const each of [direct, announcer]) {
      const card = await each.postCard(aConfirmed());
      await each.editCard(aConfirmed({ revision: 9 }), card);
      const asked = await each.postApprovalCard(anAwaiting(), place);
      await each.editApprovalCard(anAwaiting({ revision: 9 }), place, asked);
      await each.tellNoCard(aConfirmed());
      await each.tellMoved(aConfirmed());
      assert.equal(await each.isThere(aConfirmed()), await direct.isThere(aConfirmed()));
    }
    assert.deepEqual(behind.happened, direct.happened);
  });
});
