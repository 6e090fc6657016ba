import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseCommand } from '../../../src/domain/command.ts';
import { queryText } from '../../../src/domain/device.ts';
import { deviceText } from '../../../src/domain/device-list.ts';
import { devicesIn } from '../../../src/domain/device-mentions.ts';
import { deviceId, machineActionId } from '../../build/ids.ts';
import { quickestOf } from '../../build/stopwatch.ts';

const found = (text: string) => devicesIn(text).map(queryText);

describe('the devices that a message speaks of', () => {
  it('are its device ids and what is written as computers are called', () => {
    const text = `Alert on LAP-0042: lateral movement to srv-files-01.contoso.example, then SRV02. See ${deviceId(7)}.`;
    assert.deepEqual(found(text), [deviceId(7), 'LAP-0042', 'srv-files-01.contoso.example', 'SRV02']);
  });

  it('are each named once, in whatever letters', () => {
    assert.deepEqual(found('lap-0042, LAP-0042 (Lap-0042)'), ['lap-0042']);
  });

  it('are ten at most', () => {
    assert.equal(found(Array.from({ length: 50 }, (_, n) => `lap-${n}-x`).join(' ')).length, 10);
  });

  for (const [what, text] of [
    ['an ordinary sentence', 'Somebody logged on at night. Please look at it, well-known e-mail.'],
    ['a mailbox', 'mail dana-1@corp.example and mia2@contoso.example'],
    ['a web address', 'https://portal-1.contoso.example/incidents/4711 and sub1.example.com/path'],
    ['a path', 'C:\\Users\\lap-0042\\x and \\\\srv-01\\share and /opt/srv-01/x'],
    [
      'a moment, a version or an address of a network',
      '2026-03-02T03:12:00Z 03:12 v1.2.3 10.0.22631.1 192.168.0.1 fe80::1',
    ],
    ['an id of an alert or of an action', `${machineActionId()} da637551227677560813_-961444813`],
    ['a hotfix, a weakness or a technique', 'KB5034441 CVE-2026-12345 T1059 Windows11 SHA256 INC-1234'],
    ['a file', 'mimikatz2.exe payload1.dll invoice-7.docx'],
    ['nothing', ''],
  ] as const) {
    it(`are none in ${what}`, () => assert.deepEqual(found(text), []));
  }

  it('are never what the command would not take for exactly that device', () => {
    const word = fc.oneof(
      fc.stringMatching(/^[A-Za-z0-9._-]{1,20}$/),
      fc.stringMatching(/^[0-9a-fA-F]{32}$|^[0-9a-fA-F]{40}$/),
      fc.string({ unit: 'binary', maxLength: 10 }),
      fc.constantFrom('lap-0042', ',', '"', '\u200b', '\n', '<at>', '@', '/'),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 30 }), fc.constantFrom(' ', '', ', '), (words, between) => {
        for (const device of devicesIn(words.join(between))) {
          const command = parseCommand(`/collect ${deviceText(device)} why`);
          assert.ok(command.name === 'collect');
          assert.deepEqual(command.devices, [device]);
        }
      }),
      { numRuns: 800 },
    );
  });

  it('are found in no time, however long the message is', () => {
    for (const text of ['a-1.', '-', 'lap-0042 ', '.'.repeat(9), 'a'.repeat(9)]) {
      assert.ok(quickestOf(3, () => devicesIn(text.repeat(20_000))) < 100, text);
    }
  });
});
