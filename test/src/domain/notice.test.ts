import assert from 'node:assert/strict';
import { minute } from '../../../src/domain/instant.ts';
import { noticesDue } from '../../../src/domain/notice.ts';
import type { Request } from '../../../src/domain/request.ts';
import { aCollection } from '../../build/collection.ts';
import { after as past } from '../../build/moment.ts';
import { aCancelled, aConfirmed, aDone, anExpired, aProposal } from '../../build/request.ts';

function keys(request: Request): readonly string[] {
  return noticesDue(request).map(({ key }) => key);
}

describe('the messages that a request owes its conversation', () => {
  it('are none before the confirmation and none when there was none', () => {
    for (const request of [aProposal(), aCancelled(), anExpired()]) assert.deepEqual(keys(request), []);
  });

  it('is the closing one when it is done', () => assert.deepEqual(keys(aDone()), ['closing']));

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
