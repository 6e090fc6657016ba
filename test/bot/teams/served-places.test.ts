import assert from 'node:assert/strict';
import { isServed } from '../../../bot/teams/served-places.ts';
import { conversationId } from '../../build/ids.ts';
import { aPlace } from '../../build/request.ts';

describe('where the bot serves', () => {
  const group = '2f1e6a0b-1111-4111-8111-0000000000aa';
  const thread = { place: aPlace(), teams: ['19:team@thread.tacv2', group] };
  const personal = { place: aPlace({ conversation: conversationId('a:1dana'), kind: 'personal' }), teams: [] };

  it('is everywhere, unless conversations are listed', () => {
    assert.ok(isServed(thread, []));
    assert.ok(isServed(personal, []));
  });

  for (const entry of [
    '19:soc@thread.tacv2',
    '19:soc@thread.tacv2;messageid=99',
    '19:team@thread.tacv2',
    group,
    group.toUpperCase(),
  ]) {
    it(`is a channel’s thread when ${entry} is listed`, () => assert.ok(isServed(thread, ['19:x@thread.v2', entry])));
  }

  it('is nowhere else: another channel, a part of an id, an id in capitals, 1:1', () => {
    for (const entry of ['19:other@thread.tacv2', '19:soc', '19:SOC@thread.tacv2'])
      assert.ok(!isServed(thread, [entry]));
    assert.ok(!isServed(personal, ['19:soc@thread.tacv2']));
    assert.ok(isServed(personal, ['a:1dana']));
  });
});
