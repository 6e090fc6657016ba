import assert from 'node:assert/strict';
import { hour, later, minute } from '../../../src/domain/instant.ts';
import { isForApprovers, noticesDue } from '../../../src/domain/notice.ts';
import type { Request } from '../../../src/domain/request.ts';
import { aCollection } from '../../build/collection.ts';
import { collectionId } from '../../build/ids.ts';
import { after as past } from '../../build/moment.ts';
import {
  aCancelled,
  aConfirmed,
  aDenied,
  aDone,
  anAwaiting,
  anExpired,
  aProposal,
  aQuestion,
} from '../../build/request.ts';

function keys(request: Request): readonly string[] {
  return noticesDue(request).map(({ key }) => key);
}

describe('the messages that a request owes its conversation', () => {
  it('are none before the confirmation and none when there was none', () => {
    for (const request of [aProposal(), aCancelled(), anExpired()]) assert.deepEqual(keys(request), []);
  });

  it('is the closing one when it is done', () => assert.deepEqual(keys(aDone()), ['closing']));

  it('call those who may approve, and once more after the reminder', () => {
    const { question } = anAwaiting();
    assert.deepEqual(keys(anAwaiting()), [`approval:${question.askedAt}`]);
    const remindedAt = past(4 * minute);
    assert.deepEqual(keys(anAwaiting({ remindedAt })), [
      `approval:${question.askedAt}`,
      `approvalReminder:${remindedAt}`,
    ]);
    assert.ok(noticesDue(anAwaiting({ remindedAt })).every(isForApprovers));
  });

  it('tell the requester of a denial, and that nobody approved in time', () => {
    assert.deepEqual(keys(aDenied()), ['denied']);
    assert.deepEqual(keys(anExpired({ question: aQuestion() })), ['unapproved']);
    assert.deepEqual(keys(aCancelled({ question: aQuestion() })), []);
    for (const request of [aDenied(), anExpired({ question: aQuestion() })]) {
      assert.ok(!noticesDue(request).some(isForApprovers));
    }
  });

  it('are, after an end that nobody had seen when it was done, the closing one and one more for each such end', () => {
    const finishedAt = past(72 * hour);
    const late = aCollection.succeeded({ finishedAt: later(finishedAt, hour) });
    const collections = [
      late,
      { ...late, id: collectionId(2) },
      aCollection.unresolved(),
      aCollection.expired(),
    ] as const;
    assert.deepEqual(keys(aDone({ finishedAt, collections })), ['closing', `lateEnd:${late.finishedAt}`]);
  });

  for (const [state, make] of Object.entries(aCollection)) {
    if (state === 'awaitingSignIn' || state === 'unwatched') continue;
    it(`are none for a collection that is ${state}`, () => {
      assert.deepEqual(keys(aConfirmed({ collections: [make()] })), []);
    });
  }

  it('name the moment from which somebody is waited for', () => {
    const since = past(3 * minute);
    const collections = [
      aCollection.awaitingSignIn({ since }),
      aCollection.unwatched({ since }),
      aCollection.submitting({ blockedSince: past(4 * minute) }),
    ];
    assert.deepEqual(keys(aConfirmed({ collections })), [
      `signIn:${since}`,
      `unwatched:${since}`,
      `signIn:${past(4 * minute)}`,
    ]);
  });

  it('are one for all that began to wait at the same moment', () => {
    const since = past(3 * minute);
    const collections = [aCollection.awaitingSignIn({ since }), aCollection.submitting({ blockedSince: since })];
    assert.deepEqual(keys(aConfirmed({ collections })), [`signIn:${since}`]);
  });
});
