import assert from 'node:assert/strict';
import type { Activity } from 'botbuilder';
import fc from 'fast-check';
import { channelOf, readIncoming, readMessage } from '../../../bot/teams/incoming.ts';
import { botApp } from '../../sandbox/app.ts';
import { anActivity, asActivity } from './activities.ts';

describe('an incoming activity', () => {
  const message = (changes: object) => readMessage(asActivity({ ...anActivity(), ...changes }));

  it('says who spoke, where, and how the bot may answer', () => {
    const read = message({ text: 'help' });
    assert.deepEqual(read, {
      hostTenant: '7e4a4700-0000-4000-8000-000000000001',
      sentAt: undefined,
      person: {
        oid: '0b1ec700-0000-4000-8000-000000000001',
        tenant: '7e4a4700-0000-4000-8000-000000000001',
        chatUserId: '29:person-1',
        name: 'Dana Reyes',
      },
      place: {
        conversation: '19:soc@thread.tacv2;messageid=1772421120000',
        kind: 'channel',
        askedPrivately: false,
      },
      serviceUrl: 'https://smba.trafficmanager.net/emea/',
      activity: '1772421120001',
      language: 'en',
      teams: ['19:team@thread.tacv2'],
      text: 'help',
    });
  });

  const strangers: Readonly<Record<string, object>> = {
    'another bot, by its id': {
      from: { id: '28:other-bot', name: 'Bot', aadObjectId: '0b1ec700-0000-4000-8000-000000000001' },
    },
    'another bot, by its role': { from: { ...anActivity().from, role: 'bot' } },
    'somebody without an object id': { from: { id: '29:anonymous', name: 'Anonymous' } },
    'somebody whose object id is none': { from: { ...anActivity().from, aadObjectId: 'dana' } },
    nobody: { from: undefined },
    'somebody without a tenant': { channelData: {}, conversation: { id: '19:x', conversationType: 'groupChat' } },
    'a conversation of no known kind': { conversation: { ...anActivity().conversation, conversationType: 'meeting' } },
    'a conversation with an impossible id': { conversation: { ...anActivity().conversation, id: 'a b' } },
    'an activity without an id': { id: undefined },
    'an activity whose date is none': { timestamp: 'yesterday' },
    'a conversation of no tenant that there can be': { conversation: { ...anActivity().conversation, tenantId: 'x' } },
  };
  for (const [name, changes] of Object.entries(strangers)) {
    it(`is not read when it is of ${name}`, () => assert.equal(message(changes), undefined));
  }

  it('says when it was sent, with as many decimals as Teams writes', () => {
    assert.equal(
      message({ timestamp: '2026-03-02T03:12:00.1524479Z' })?.sentAt,
      Date.parse('2026-03-02T03:12:00.152Z'),
    );
    assert.equal(message({ timestamp: null })?.sentAt, undefined);
  });

  it('tells the person’s tenant from the one whose conversation it is', () => {
    const other = 'c0ffee00-2222-4222-8222-000000000002';
    const abroad = message({ conversation: { ...anActivity().conversation, tenantId: other } });
    assert.deepEqual([abroad?.person.tenant, abroad?.hostTenant], [anActivity().channelData.tenant.id, other]);
    const visitor = message({ channelData: { tenant: { id: other } } });
    assert.deepEqual([visitor?.person.tenant, visitor?.hostTenant], [other, anActivity().channelData.tenant.id]);
  });

  it('says which language its person reads; what the bot does not speak, or nobody can read, is English', () => {
    const language = (locale: unknown) => message({ locale })?.language;
    assert.deepEqual([language('de-AT'), language('en-GB'), language('fr-FR')], ['de', 'en', 'en']);
    assert.deepEqual([language(undefined), language(null), language(7)], ['en', 'en', 'en']);
  });

  it('is read whether what is missing is left out or null', () => {
    const read = message({ channelData: { tenant: null, team: null }, recipient: null, entities: null, text: null });
    assert.deepEqual(read?.teams, []);
    assert.equal(read?.text, '');
    assert.equal(message({ channelData: null })?.person.tenant, '7e4a4700-0000-4000-8000-000000000001');
  });

  it('names somebody without a name Somebody, and cuts a name that would fill the card', () => {
    const named = (name: unknown) => message({ from: { ...anActivity().from, name } })?.person.name;
    assert.equal(named('   '), 'Somebody');
    assert.equal(named(null), 'Somebody');
    assert.equal(named('x'.repeat(5_000))?.length, 256);
  });

  it('opens a thread of its own for a slash command in a channel, and answers it privately', () => {
    const recipient = { id: botApp.teamsId, isTargeted: true };
    assert.deepEqual(message({ recipient })?.place, {
      conversation: '19:soc@thread.tacv2',
      kind: 'channel',
      askedPrivately: true,
    });
    const personal = { ...anActivity().conversation, id: 'a:1', conversationType: 'personal' };
    assert.equal(message({ recipient, conversation: personal })?.place.askedPrivately, false);
  });

  it('counts a thread as its channel', () => {
    assert.equal(channelOf('19:soc@thread.tacv2;messageid=17'), '19:soc@thread.tacv2');
    assert.equal(channelOf('19:soc@thread.tacv2'), '19:soc@thread.tacv2');
  });

  const bot = { type: 'mention', text: '<at>Collector</at>', mentioned: { id: botApp.teamsId, name: 'Collector' } };
  const omar = { type: 'mention', text: '<at>Omar</at>', mentioned: { id: '29:omar', name: 'Omar Haddad' } };
  const words = (text: string, entities: readonly unknown[]) => message({ text, entities })?.text.trim();

  it('loses the mention of the bot, each time it is there', () => {
    assert.equal(words('<at>Collector</at> /collect a b\n', [bot]), '/collect a b');
    assert.equal(words('<at>Collector</at> help <at>Collector</at>', [bot, bot]), 'help');
  });

  it('shows another person’s mention as their plain name', () => {
    assert.equal(
      words('<at>Collector</at> collect a asked by <at>Omar</at>', [omar, bot]),
      'collect a asked by Omar Haddad',
    );
  });

  it('puts a name in as it is, whatever it holds', () => {
    for (const name of ['$&', '$1', '$$', "$'", '$`', '\\']) {
      const entity = { ...omar, mentioned: { id: '29:omar', name } };
      assert.equal(words('collect a by <at>Omar</at>', [entity]), `collect a by ${name}`);
    }
  });

  it('loses tags that somebody typed, and keeps what stands between them', () => {
    assert.equal(words('collect a <at id="1">everyone</at> look', []), 'collect a everyone look');
    assert.equal(words('collect a <AT>x</aT >', []), 'collect a x');
  });

  it('ignores mentions that are not as Teams makes them', () => {
    const odd = [
      null,
      7,
      {},
      { type: 'mention' },
      { ...omar, text: '' },
      { ...omar, mentioned: null },
      { ...omar, text: null },
    ];
    assert.equal(words('help', odd), 'help');
  });

  it('reads or refuses whatever comes, and never throws', () => {
    const anything = fc.anything({ withNullPrototype: true, withBigInt: true });
    const keys = Object.keys({ ...anActivity(), text: '', entities: [], value: {}, replyToId: '' });
    const mutated = fc
      .dictionary(fc.constantFrom(...keys), anything)
      .map((changes) => ({ ...anActivity(), ...changes }));
    const deeper = fc
      .record(
        {
          from: fc.dictionary(fc.constantFrom('id', 'name', 'aadObjectId', 'role'), anything),
          conversation: fc.dictionary(fc.constantFrom('id', 'conversationType', 'tenantId'), anything),
          recipient: fc.dictionary(fc.constantFrom('id', 'isTargeted'), anything),
          entities: fc.array(
            fc.oneof(
              anything,
              fc.record({
                type: fc.constant('mention'),
                text: fc.string(),
                mentioned: fc.record({ id: fc.string(), name: fc.string() }),
              }),
            ),
          ),
          text: fc.string(),
        },
        { requiredKeys: [] },
      )
      .map((changes) => ({ ...anActivity(), ...changes }));
    fc.assert(
      fc.property(fc.oneof(mutated, deeper), (activity) => {
        const read = readMessage(asActivity(activity));
        assert.deepEqual(read === undefined, readIncoming(asActivity(activity)) === undefined);
        if (read === undefined) return;
        assert.ok(read.person.name !== '' && read.person.name.length <= 256);
        assert.equal(typeof read.text, 'string');
        assert.doesNotMatch(read.person.chatUserId, /^28:/);
      }),
      { numRuns: 1_000 },
    );
  });

  it('leaves no whole tag in any text', () => {
    const piece = fc.constantFrom('<at>', '</at>', '<at id="0">', 'a', ' ', '<', '>', 'Omar', '&nbsp;', '\u00a0');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const clean = message({ text: pieces.join(''), entities: [] })?.text ?? '';
        // Of nested tags one may be left; it stands in no card, since cards escape what was typed.
        if (!/<<|<a?<|>>/.test(pieces.join(''))) assert.doesNotMatch(clean, /<\/?at>/);
      }),
    );
  });

  it('reads a quarter of a megabyte of tags and mentions at once', () => {
    const text = '<at>'.repeat(40_000) + '<at '.repeat(20_000);
    const entities = Array.from({ length: 1_000 }, () => omar);
    assert.ok(message({ text, entities }));
  });

  it('is an activity of the SDK’s type only by name: the parser decides', () => {
    const bare: Partial<Activity> = { type: 'message' };
    assert.equal(readIncoming(asActivity(bare)), undefined);
  });
});
