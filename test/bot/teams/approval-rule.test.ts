import assert from 'node:assert/strict';
import { approvalRule, warnOfUnseenPlace } from '../../../bot/teams/approval-rule.ts';
import type { ConversationReference } from '../../../src/adapters/store/conversation-store.ts';
import { twoPersonApproval } from '../../build/approval.ts';
import { conversationId, tenantId } from '../../build/ids.ts';
import { anApprovalPlace, aPlace } from '../../build/request.ts';
import { RecordingLog } from '../../fakes/recording-log.ts';

const { conversation } = anApprovalPlace();
const reference: ConversationReference = {
  conversation,
  kind: 'channel',
  serviceUrl: 'https://smba',
  tenant: tenantId(),
};
const in1to1 = aPlace({ kind: 'personal', conversation: conversationId('a:1to1') });

function rig(known: ConversationReference | undefined, approval = twoPersonApproval({ conversation })) {
  return { approval, conversations: { find: async () => known }, log: new RecordingLog() };
}

describe('where approval is asked', () => {
  it('is the place of the request, if there is somebody else', async () => {
    for (const kind of ['channel', 'groupChat'] as const) {
      const place = aPlace({ kind });
      const { rule } = await approvalRule(rig(reference), place);
      assert.deepEqual(rule.askedIn, place);
    }
  });

  it('is the conversation for approvals for a request from 1:1', async () => {
    const { rule, isPlaceUnseen } = await approvalRule(rig(reference), in1to1);
    assert.deepEqual(rule.askedIn, anApprovalPlace());
    assert.equal(isPlaceUnseen, false);
  });

  it('is nowhere for a request from 1:1 without such a conversation', async () => {
    const { rule, isPlaceUnseen } = await approvalRule(rig(undefined, twoPersonApproval()), in1to1);
    assert.deepEqual([rule.askedIn, isPlaceUnseen], [undefined, false]);
  });

  it('is nowhere while the bot has never been spoken to there, and the log says what to do', async () => {
    const ports = rig(undefined);
    const { rule, isPlaceUnseen } = await approvalRule(ports, in1to1);
    assert.deepEqual([rule.askedIn, isPlaceUnseen], [undefined, true]);
    assert.match(JSON.stringify(ports.log.lines), /APPROVAL_CONVERSATION: add it there and mention it once/);
  });
});

describe('at the start', () => {
  it('the log says that the bot cannot write yet where approvals are asked', async () => {
    const ports = rig(undefined);
    await warnOfUnseenPlace(ports);
    assert.equal(ports.log.lines.length, 1);
  });

  it('the log says nothing where it can, or where no such conversation is chosen', async () => {
    for (const ports of [rig(reference), rig(undefined, twoPersonApproval())]) {
      await warnOfUnseenPlace(ports);
      assert.deepEqual(ports.log.lines, []);
    }
  });
});
