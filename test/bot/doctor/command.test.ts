import assert from 'node:assert/strict';
import { readDoctorCommand } from '../../../bot/doctor/command.ts';

const clientId = 'c11e47c1-7777-4777-8777-000000000007';

describe('the doctor’s command line', () => {
  it('asks nobody to sign in, and looks where npm run package writes, when nothing is said', () => {
    const command = readDoctorCommand([]);
    assert.ok(command.kind === 'look');
    assert.deepEqual([command.json, command.signIn, command.clientId], [false, false, undefined]);
    assert.match(command.packageFile, /out.collector\.zip$/);
  });

  it('takes its options', () => {
    const args = ['--json', '--sign-in', '--client-id', clientId, '--package', 'x.zip'];
    assert.deepEqual(readDoctorCommand(args), {
      kind: 'look',
      json: true,
      signIn: true,
      clientId,
      packageFile: 'x.zip',
    });
  });

  for (const [args, words] of [
    [['--client-id', clientId], /belongs to --sign-in/],
    [['--sign-in', '--client-id', 'me'], /takes a GUID/],
    [['--fix'], /--fix/],
    [['everything'], /everything/],
  ] as const) {
    it(`refuses ${args.join(' ')}`, () => {
      const command = readDoctorCommand(args);
      assert.ok(command.kind === 'fault');
      assert.match(command.fault, words);
    });
  }
});
