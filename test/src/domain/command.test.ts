import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  type CollectDraft,
  type Command,
  commandNames,
  mostDevices,
  parseCollectForm,
  parseCommand,
} from '../../../src/domain/command.ts';
import type { DeviceQuery } from '../../../src/domain/device.ts';
import { deviceText } from '../../../src/domain/device-list.ts';
import { parseDeviceId as deviceOf } from '../../../src/domain/ids.ts';
import { deviceId, known, machineActionId } from '../../build/ids.ts';
import { aReason } from '../../build/request.ts';
import { quickestOf } from '../../build/stopwatch.ts';

const sha1 = deviceId(1);
const md5 = '0123456789abcdef0123456789abcdef';
const id: DeviceQuery = { by: 'id', id: sha1 };
const named = (name: string): DeviceQuery => ({ by: 'name', name });
const collect = (devices: readonly DeviceQuery[], reason: string): Command => ({
  name: 'collect',
  devices,
  reason: aReason(reason),
});
const fault = (of: Extract<Command, { name: 'collectFault' }>['fault'], draft?: CollectDraft) => ({
  name: 'collectFault',
  fault: of,
  ...(draft === undefined ? {} : { draft }),
});

type Example = readonly [what: string, typed: string, command: object];

/** A fault's draft is looked at where the example has one. */
function check(examples: readonly Example[]): void {
  for (const [what, typed, command] of examples)
    it(what, () => assert.partialDeepStrictEqual(parseCommand(typed), command));
}

describe('what a responder types', () => {
  describe('/collect', () => {
    check([
      [
        'takes a device id and the rest as the reason',
        `/collect ${sha1} suspicious logon, alert 1234`,
        collect([id], 'suspicious logon, alert 1234'),
      ],
      ['works without the slash', `collect ${sha1} why`, collect([id], 'why')],
      ['works in any case', `/COLLECT ${sha1.toUpperCase()} Why`, collect([id], 'Why')],
      ['takes an id of 32 digits', `/collect ${md5} why`, collect([{ by: 'id', id: known(deviceOf(md5)) }], 'why')],
      ['takes a computer name', '/collect LAP-0042 why', collect([named('LAP-0042')], 'why')],
      [
        'takes a full name with a domain',
        '/collect lap_1.corp.example why',
        collect([named('lap_1.corp.example')], 'why'),
      ],
      [
        'takes anything in quotes as a name',
        '/collect "Dana’s Mac Book, 2" why',
        collect([named('Dana’s Mac Book, 2')], 'why'),
      ],
      ['takes a quoted id as an id', `/collect "${sha1}" why`, collect([id], 'why')],
      ['takes the smart quotes of a phone', '/collect “lap 1” he said „no“', collect([named('lap 1')], 'he said "no"')],
      ['takes no-break spaces for blanks', `/collect\u00a0${sha1}\u202fwhy\u00a0not`, collect([id], 'why not')],
      ['bears blank lines before and after', `\n\n /collect ${sha1} why \r\n\n`, collect([id], 'why')],
      [
        'bears invisible characters before and after',
        `\u200b\ufeff/collect ${sha1} why\u200b \u200f`,
        collect([id], 'why'),
      ],
      ['bears invisible characters between the words', `/collect\u200b \u200e${sha1}\u200b why`, collect([id], 'why')],
      ['makes one line of a reason of several', `/collect ${sha1}\nfirst\nsecond`, collect([id], 'first second')],
      [
        'takes control characters and direction marks out of the reason',
        `/collect ${sha1} a\u0007b \u202ecod\u202c`,
        collect([id], 'a b cod'),
      ],
      [
        'keeps markdown and tags in the reason as text',
        `/collect ${sha1} **x** <at>Bob</at> [y](z)`,
        collect([id], '**x** <at>Bob</at> [y](z)'),
      ],
      ['takes the bracket of a ref typed by hand', `/collect ${sha1} [ref 123] why`, collect([id], 'ref 123] why')],
      [
        'takes a reason with a slash in it',
        `/collect ${sha1} C:/collect/x and /etc/passwd`,
        collect([id], 'C:/collect/x and /etc/passwd'),
      ],
      [
        'takes a reason that only mentions a command',
        `/collect ${sha1} please collect asap`,
        collect([id], 'please collect asap'),
      ],
    ]);
  });

  describe('a list of devices', () => {
    check([
      ['goes on after a comma', `/collect ${sha1}, lap-2 why`, collect([id, named('lap-2')], 'why')],
      [
        'needs no blank after the comma',
        '/collect lap-1,lap-2,"lap 3" why',
        collect([named('lap-1'), named('lap-2'), named('lap 3')], 'why'),
      ],
      [
        'bears a blank before the comma',
        '/collect lap-1 , lap-2 why',
        collect([named('lap-1'), named('lap-2')], 'why'),
      ],
      [
        'may have the reason after a comma too',
        '/collect lap-1, lap-2, malware',
        collect([named('lap-1'), named('lap-2')], 'malware'),
      ],
      [
        'ends where the reason begins, commas in it or not',
        '/collect lap-1, lap-2 logon, alert 1234',
        collect([named('lap-1'), named('lap-2')], 'logon, alert 1234'),
      ],
      ['leaves the last word to be the reason', '/collect lap-1, malware', collect([named('lap-1')], 'malware')],
      [
        'ends before what is no device',
        '/collect lap-1, (see alert) why',
        collect([named('lap-1')], '(see alert) why'),
      ],
      [
        'of ids alone has no reason',
        `/collect ${sha1}, ${md5}`,
        fault({ why: 'reasonMissing', devices: [id, { by: 'id', id: known(deviceOf(md5)) }] }),
      ],
      [
        'names each device once',
        `/collect lap-1, ${sha1}, LAP-1, ${sha1.toUpperCase()} why`,
        collect([named('lap-1'), id], 'why'),
      ],
      ['may be 50 long', `/collect ${list(mostDevices)} why`, collect(names(mostDevices), 'why')],
      ['may not be longer', `/collect ${list(51)} why`, fault({ why: 'tooManyDevices', count: 51 })],
      [
        'that is too long says so before anything else',
        `/collect ${list(60)} ${'x'.repeat(2_000)}`,
        fault({ why: 'tooManyDevices', count: 60 }),
      ],
    ]);
  });

  describe('a /collect that cannot go on', () => {
    check([
      ['says that the device is missing', '/collect', fault({ why: 'deviceMissing' })],
      ['… also after blanks', '/collect \u00a0 ', fault({ why: 'deviceMissing' })],
      ['says that the reason is missing', `/collect ${sha1}`, fault({ why: 'reasonMissing', devices: [id] })],
      ['… also after a comma', '/collect lap-1, ', fault({ why: 'reasonMissing', devices: [named('lap-1')] })],
      [
        '… also when nothing visible was typed',
        '/collect lap-1 \u0007\u200b',
        fault({ why: 'reasonMissing', devices: [named('lap-1')] }),
      ],
      [
        'asks when the last of a list is written as a device is, and so is hardly the reason',
        '/collect lap-1, lap-2',
        fault(
          { why: 'reasonMissing', devices: [named('lap-1'), named('lap-2')] },
          { devices: 'lap-1, lap-2', reason: '' },
        ),
      ],
      [
        'keeps what was understood for the form: the devices',
        `/collect lap-1, "lap 2", ${sha1}`,
        fault(
          { why: 'reasonMissing', devices: [named('lap-1'), named('lap 2'), id] },
          { devices: `lap-1, "lap 2", ${sha1}`, reason: '' },
        ),
      ],
      [
        '… what should be a device, and the reason after it',
        '/collect läp*1  suspicious logon ',
        fault({ why: 'notADevice', typed: 'läp*1' }, { devices: 'läp*1', reason: 'suspicious logon' }),
      ],
      ['says what is neither an id nor a name', '/collect läp*1 why', fault({ why: 'notADevice', typed: 'läp*1' })],
      ['takes punctuation alone for no device', '/collect ... why', fault({ why: 'notADevice', typed: '...' })],
      ['takes an unclosed quote for no device', '/collect "lap 1 why', fault({ why: 'notADevice', typed: '"lap' })],
      ['takes empty quotes for no device', '/collect "" why', fault({ why: 'notADevice', typed: '""' })],
      [
        'takes quotes over a line break for no device',
        '/collect "lap\n1" why',
        fault({ why: 'notADevice', typed: '"lap' }),
      ],
      [
        'takes a control character in quotes for no device',
        '/collect "a\u0000b" why',
        fault({ why: 'notADevice', typed: '"a\u0000b"' }),
      ],
      [
        'takes half a surrogate pair in quotes for no device',
        '/collect "a\ud800b" why',
        fault({ why: 'notADevice', typed: '"a\ud800b"' }),
      ],
      [
        'takes 256 letters for no device',
        `/collect ${'a'.repeat(256)} why`,
        fault({ why: 'notADevice', typed: 'a'.repeat(256) }),
      ],
      [
        'says how long a reason of 2,000 characters is',
        `/collect lap-1 ${'x'.repeat(2_000)}`,
        fault({ why: 'reasonTooLong', length: 2_000 }),
      ],
      [
        '… of several devices, too',
        `/collect lap-1, lap-2 ${'x'.repeat(2_000)}`,
        fault({ why: 'reasonTooLong', length: 2_000 }),
      ],
    ]);
  });

  describe('the form that stands for a /collect', () => {
    const form = (devices: string, reason: string) => parseCollectForm({ devices, reason });
    const faultOf = (command: Command) => (command.name === 'collectFault' ? command.fault : undefined);

    it('is read as the typed line would be', () => {
      fc.assert(
        fc.property(fc.uniqueArray(device, { minLength: 1, maxLength: 5, selector: keyOf }), reason, (devices, why) => {
          const list = devices.map(deviceText).join(', ');
          assert.deepEqual(form(list, why), parseCommand(`/collect ${list} ${why}`));
        }),
        { numRuns: 1_000 },
      );
    });

    it('gives no device that the typed line would not give', () => {
      fc.assert(
        fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
          const command = form(pieces.join(''), 'why');
          if (command.name !== 'collect') return;
          for (const each of command.devices) {
            assert.deepEqual(parseCommand(`/collect ${deviceText(each)} why`), collect([each], 'why'));
          }
        }),
        { numRuns: 2_000 },
      );
    });

    it('takes devices in lines, as they are pasted, and each once', () => {
      assert.deepEqual(
        form('lap-1\r\nlap-2 ,, LAP-1\n"lap 3"\n,', 'why'),
        collect([named('lap-1'), named('lap-2'), named('lap 3')], 'why'),
      );
    });

    it('takes a reason whatever it begins with: it cannot be one more device', () => {
      assert.deepEqual(form('lap-1', 'lap-2 /status'), collect([named('lap-1')], 'lap-2 /status'));
    });

    it('says what is wrong, and keeps what was typed', () => {
      const draft = { devices: 'lap-1, läp*2', reason: 'why' };
      assert.deepEqual(parseCollectForm(draft), fault({ why: 'notADevice', typed: 'läp*2' }, draft));
      for (const empty of ['', ' , \u200b']) assert.deepEqual(faultOf(form(empty, 'why')), { why: 'deviceMissing' });
      assert.deepEqual(faultOf(form('lap-1', ' \u200b')), { why: 'reasonMissing', devices: [named('lap-1')] });
      assert.deepEqual(faultOf(form('lap-1', 'x'.repeat(1_001))), { why: 'reasonTooLong', length: 1_001 });
      assert.deepEqual(faultOf(form(list(51), 'why')), { why: 'tooManyDevices', count: 51 });
    });

    it('is read in no time, whatever is in it', () => {
      for (const text of ['a,', ' ,', '"', '\u200b ', '!']) {
        assert.ok(quickestOf(3, () => form(text.repeat(10_000), text.repeat(10_000))) < 100);
      }
    });
  });

  describe('other commands', () => {
    const action = machineActionId();
    const unknown = (typed: string, nearest: (typeof commandNames)[number]): Command => ({
      name: 'unknown',
      typed,
      nearest,
    });
    check([
      ['/status may stand alone', '/status', { name: 'status', about: '' }],
      ['/status may be about something', 'status lap-1 ', { name: 'status', about: 'lap-1' }],
      ['/history may be about a device', '/history  lap-1', { name: 'history', about: 'lap-1' }],
      [
        '/cancel takes an action and a reason',
        `/cancel ${action.toUpperCase()} wrong device`,
        { name: 'cancel', action, reason: aReason('wrong device') },
      ],
      ['/cancel without a reason is asked for one', `/cancel ${action}`, { name: 'cancelFault' }],
      ['/cancel of no action id is told so', '/cancel lap-1 wrong device', { name: 'cancelFault' }],
      ['/help, hi and hello show the help', '/help', { name: 'help' }],
      ['a greeting is answered with the help', 'Hello!', { name: 'help' }],
      ['a greeting with more words, too', 'hi, there', { name: 'help' }],
      ['/signout signs out', '/signout', { name: 'signout' }],
      ['nothing typed is told from something unknown', ' \n\u200b ', { name: 'empty' }],
      ['a bare slash is unknown', '/', unknown('/', 'help')],
      ['a slip of the finger gets the nearest command', '/colect lap-1 why', unknown('colect', 'collect')],
      ['a word that is too long for a slip gets the help', 'x'.repeat(21), unknown('x'.repeat(21), 'help')],
    ]);
  });

  describe('two commands in one message', () => {
    for (const typed of [
      '/collect lap-1 why /collect lap-2 why',
      '/collect lap-1 why\n/collect lap-2 why',
      'collect lap-1 why\ncollect lap-2 why',
      'collect lap-1 why\r\n  Collect lap-2 why',
      '/status /help',
    ]) {
      it(`are not guessed at: ${JSON.stringify(typed)}`, () => {
        assert.deepEqual(parseCommand(typed), { name: 'twoCommands' });
      });
    }
  });

  describe('any text whatever', () => {
    it('is read without a throw, as one of the commands', () => {
      fc.assert(
        fc.property(anyText, (typed) => assert.equal(typeof parseCommand(typed).name, 'string')),
        { numRuns: 3_000 },
      );
    });

    it('never gives a device name that is longer than 255 characters, unprintable, or not what was typed', () => {
      fc.assert(
        fc.property(collectText, (typed) => {
          const straight = typed.replace(/[\u00a0\u2007\u202f]/g, ' ').replace(/\p{Cf}/gu, '');
          for (const device of devicesIn(parseCommand(typed))) {
            if (device.by === 'id') assert.ok(straight.toLowerCase().includes(device.id));
            else assertName(device.name, straight);
          }
        }),
        { numRuns: 3_000 },
      );
    });

    it('never asks for more than 50 devices', () => {
      fc.assert(
        fc.property(fc.integer({ min: 40, max: 120 }), (count) => {
          assert.equal(parseCommand(`/collect ${list(count)} why`).name, count > 50 ? 'collectFault' : 'collect');
        }),
      );
    });

    it('comes back as it was meant when it is a valid device and a reason', () => {
      fc.assert(
        fc.property(fc.uniqueArray(device, { minLength: 1, maxLength: 5, selector: keyOf }), reason, (devices, why) => {
          const typed = `/collect ${devices.map(written).join(', ')} ${why}`;
          assert.deepEqual(parseCommand(typed), collect(devices, why));
        }),
        { numRuns: 2_000 },
      );
    });

    const n = 100_000;
    for (const [what, typed] of [
      ['exclamation marks', `${'!'.repeat(n)}a`],
      ['blanks inside', `/collect lap-1 x${' '.repeat(n)}y`],
      ['invisible characters inside', `/collect lap-1 x${'\u200b'.repeat(n)}y`],
      ['opening brackets', `/collect lap-1 ${'['.repeat(n)}`],
      ['devices', `/collect ${'a,'.repeat(n / 2)} why`],
      ['devices and no reason', `/collect ${'a,'.repeat(n / 2)}`],
      ['devices and then blanks', `/collect ${'a,'.repeat(n / 4)}${' '.repeat(n / 2)}`],
      ['commas', `/collect a${','.repeat(n)}`],
      ['quotes', `/collect ${'"'.repeat(n)}`],
      ['slashes', `/collect a${' /'.repeat(n / 2)}`],
      ['line breaks', `/collect a why${'\n'.repeat(n)}x`],
      ['one word', 'x'.repeat(n)],
    ] as const) {
      it(`is read in no time when it is 100,000 ${what}`, () => {
        assert.ok(quickestOf(3, () => parseCommand(typed)) < 100);
      });
    }
  });
});

function names(count: number): readonly DeviceQuery[] {
  return Array.from({ length: count }, (_, i) => named(`lap-${i}`));
}

function list(count: number): string {
  return names(count).map(written).join(', ');
}

function written(query: DeviceQuery): string {
  if (query.by === 'id') return query.id;
  return /^[A-Za-z0-9._-]+$/.test(query.name) ? query.name : `"${query.name}"`;
}

function keyOf(query: DeviceQuery): string {
  return (query.by === 'id' ? query.id : query.name).toLowerCase();
}

function devicesIn(command: Command): readonly DeviceQuery[] {
  if (command.name === 'collect') return command.devices;
  return command.name === 'collectFault' && command.fault.why === 'reasonMissing' ? command.fault.devices : [];
}

function assertName(name: string, typed: string): void {
  assert.ok(name.length >= 1 && [...name].length <= 255);
  assert.doesNotMatch(name, /[\p{Cc}\p{Cf}\p{Co}\p{Cs}"]/u);
  assert.ok(typed.includes(name));
}

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc
    .tuple(fc.constantFrom(...commandNames, 'hi', ''), fc.string({ unit: 'binary' }))
    .map(([name, rest]) => `/${name} ${rest}`),
);
const piece = fc.oneof(
  fc.constantFrom(
    '"',
    '“',
    ',',
    ', ',
    ' ',
    '\u00a0',
    '\u200b',
    '\n',
    sha1,
    md5,
    'lap-1',
    'why',
    '[ref',
    '\ud800',
    '\u0000',
  ),
  fc.string({ unit: 'binary', maxLength: 5 }),
);
const collectText = fc.array(piece, { maxLength: 20 }).map((pieces) => `/collect ${pieces.join('')}`);
const device = fc.oneof(
  fc.stringMatching(/^[0-9a-f]{40}$/).map((text): DeviceQuery => ({ by: 'id', id: known(deviceOf(text)) })),
  fc
    .stringMatching(/^[A-Za-z0-9._-]{0,20}[A-Za-z0-9]$/)
    .filter((text) => deviceOf(text) === undefined)
    .map(named),
  fc.stringMatching(/^[A-Za-zäöü][A-Za-zäöü ,'()]{0,20}[a-z]$/).map(named),
);
/** Opens with a word that cannot be taken for one more device. */
const reason = fc.stringMatching(/^[(!?][A-Za-z0-9 ,.:()-]{0,60}[a-z]$/).map((text) => text.replace(/ +/g, ' '));
