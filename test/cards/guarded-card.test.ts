import assert from 'node:assert/strict';
import type { AdaptiveCard } from '../../cards/adaptive-card.ts';
import { sharedApprovalCard, sharedCard, sharedNotice } from '../../cards/guarded-card.ts';
import { requestCard } from '../../cards/request-card.ts';
import { isForApprovers, noticesDue } from '../../src/domain/notice.ts';
import { dana } from '../build/person.ts';
import { anAwaiting, aProposal } from '../build/request.ts';
import { cardContext } from './card-context.ts';
import { everyRequest } from './every-card.ts';

const devices = /lap-|web-|corp\.example|Windows|[0-9a-f]{40}|“/;

describe('What a conversation sees where others read along', () => {
  it('names in no state a device, its id, its system, or the reason', () => {
    for (const [name, request] of everyRequest) {
      for (const audience of ['mixed', 'unknown'] as const) {
        const cards = [sharedCard(request, cardContext, audience), sharedApprovalCard(request, cardContext, audience)];
        for (const card of cards) assert.doesNotMatch(JSON.stringify(card), devices, `${name} ${audience}`);
      }
      for (const notice of noticesDue(request)) {
        if (!isForApprovers(notice))
          assert.doesNotMatch(sharedNotice(cardContext.say, notice, 'mixed').text, devices, name);
      }
    }
  });

  it('says whose request it is and how it stands, warns, and shows the details to whoever presses', () => {
    for (const [name, request] of everyRequest) {
      const card = sharedCard(request, cardContext, 'mixed');
      const text = JSON.stringify(card.body);
      assert.match(text, /Asked by Dana Reyes/, name);
      assert.match(text, /People from outside the organisation read along/, name);
      assert.equal(card.actions.at(-1)?.title, 'Show details', name);
      assert.ok(card.actions.length <= 2, name);
    }
  });

  it('lets nobody confirm or approve what they have not seen: that is behind Show details', () => {
    const titles = (card: AdaptiveCard) => card.actions.map(({ title }) => title);
    assert.deepEqual(titles(sharedCard(aProposal(), cardContext, 'mixed')), ['Cancel', 'Show details']);
    assert.deepEqual(titles(sharedCard(anAwaiting(), cardContext, 'mixed')), ['Cancel', 'Show details']);
    assert.deepEqual(titles(sharedApprovalCard(anAwaiting(), cardContext, 'unknown')), ['Show details']);
  });

  it('has the requester’s client ask for the details by itself', () => {
    const { refresh } = sharedCard(aProposal(), cardContext, 'mixed');
    assert.deepEqual(refresh?.userIds, [dana.chatUserId]);
    assert.equal(refresh?.action.verb, 'showCard');
  });

  it('is the whole card among our own people', () => {
    for (const [name, request] of everyRequest) {
      assert.deepEqual(sharedCard(request, cardContext, 'own'), requestCard(request, cardContext), name);
    }
  });
});
