import assert from 'node:assert/strict';
import * as ids from '../../../src/domain/ids.ts';

const guid = '6F1F1F9C-66f4-4e0b-9b0f-2d5c7a3e9a10';

describe('ids', () => {
  for (const parse of [
    ids.parseMachineActionId,
    ids.parseRequestId,
    ids.parseCollectionId,
    ids.parseAadObjectId,
    ids.parseTenantId,
  ]) {
    it(`${parse.name} takes a GUID in any case and keeps it in lower case`, () => {
      assert.equal(parse(guid), guid.toLowerCase());
    });

    for (const text of [
      '',
      guid.slice(1),
      `${guid}0`,
      ` ${guid}`,
      `${guid}\n`,
      `{${guid}}`,
      guid.replaceAll('-', ''),
    ]) {
      it(`${parse.name} takes nothing else: ${JSON.stringify(text)}`, () => assert.equal(parse(text), undefined));
    }
  }

  it('a device id is 40 or 32 hex digits in any case, kept in lower case', () => {
    assert.equal(ids.parseDeviceId('AB'.repeat(20)), 'ab'.repeat(20));
    assert.equal(ids.parseDeviceId('Ab'.repeat(16)), 'ab'.repeat(16));
    for (const text of ['', 'a'.repeat(39), 'a'.repeat(41), 'a'.repeat(64), 'g'.repeat(40), `${'a'.repeat(40)}\n`]) {
      assert.equal(ids.parseDeviceId(text), undefined);
    }
  });

  it('an id of the chat is up to 300 printable characters without blanks', () => {
    for (const parse of [ids.parseChatUserId, ids.parseConversationId, ids.parseActivityId, ids.parseCorrelationId]) {
      assert.equal(parse('19:soc@thread.tacv2;messageid=1'), '19:soc@thread.tacv2;messageid=1');
      assert.equal(parse('x'.repeat(300))?.length, 300);
      for (const text of ['', 'a b', 'a\n', 'a\u0000', 'ä', 'x'.repeat(301)]) assert.equal(parse(text), undefined);
    }
  });

  it('an id of the chat is no step in a path, since no encoding keeps a URL from taking it', () => {
    for (const text of ['.', '..']) assert.equal(ids.parseConversationId(text) ?? ids.parseActivityId(text), undefined);
    assert.equal(ids.parseConversationId('...'), '...');
  });

  it('fresh ones are read back by their parsers, and no two are the same', () => {
    const fresh = Array.from({ length: 100 }, () => [
      ids.newRequestId(),
      ids.newCollectionId(),
      ids.newCollectionRef(),
    ]).flat();
    assert.equal(new Set(fresh).size, 300);
    assert.ok(ids.parseCollectionRef(ids.newCollectionRef()) !== undefined);
    assert.ok(ids.parseRequestId(ids.newRequestId()) !== undefined);
    assert.ok(ids.parseCollectionId(ids.newCollectionId()) !== undefined);
  });
});
