import assert from 'node:assert/strict';
import { describeError } from '../../bot/log.ts';
import { botApp } from '../sandbox/app.ts';
import { fineDevice } from '../sandbox/devices.ts';
import { mia, omar } from '../sandbox/people.ts';
import { type Edge, startEdge } from './edge.ts';

/** A token's beginning, a link's signature, the bot's own secret, a code that a person brought. */
const marker = /eyJ[\w-]{8,}|sig=|signin\?signin=[0-9a-f]|246810/;

describe('the log of the edge', function () {
  this.timeout(120_000);
  let edge: Edge;

  before(async () => {
    edge = await startEdge(() => ({ LOG_LEVEL: 'trace' }));
  });
  after(() => edge.close());

  /** The lines as `bot/log.ts` writes them. */
  const written = () =>
    edge.log.lines.map(({ fields, message }) => {
      const { err, error, ...rest } = fields;
      return JSON.stringify({ message, err: describeError(err), error: describeError(error), ...rest });
    });

  it('shows no token, code, secret or link, whatever goes right or wrong with a sign-in', async () => {
    const { sandbox } = edge;
    const client = sandbox.client(mia);
    const personal = sandbox.places.personal(mia);
    const exchange = (token: string, id: string) =>
      client.invoke(personal, 'signin/tokenExchange', { id, connectionName: botApp.connectionName, token });
    const mine = (await sandbox.entra.tokens.sso(mia)).token;
    await exchange(mine, '1');
    await exchange((await sandbox.entra.tokens.sso(omar)).token, '2');
    await exchange('eyJhbGciOiJub25lIn0.broken', '3');
    sandbox.tokenService.exchangeRefused.add(mia);
    await exchange(mine, '4');
    sandbox.tokenService.exchangeRefused.clear();
    sandbox.faults.inject(
      'tokenService.exchange',
      { kind: 'answer', status: 401, body: { error: { message: mine } } },
      { times: 9 },
    );
    await exchange(mine, '5');
    sandbox.faults.clear();
    sandbox.faults.inject('tokenService.exchange', { kind: 'answerInstead', status: 200, body: mine }, { times: 9 });
    await exchange(mine, '6');
    sandbox.faults.clear();
    await client.invoke(personal, 'signin/verifyState', { state: '246810' });
    await client.invoke(personal, 'signin/verifyState', { state: 'CancelledByUser' });
    await client.invoke(personal, 'signin/failure', { code: 'x', message: mine });
    await client.say(personal, '246810');
    await client.say(personal, '/signout');
    await client.say(personal, `collect ${fineDevice.id} a reason that nobody else reads`);
    await client.say(personal, 'help', { forgery: { authorization: `Bearer ${mine}` } });
    await client.say(personal, 'help', { forgery: { signer: 'stranger' } });
    const lines = written();
    assert.ok(lines.length > 8, lines.join('\n'));
    for (const line of lines) {
      assert.doesNotMatch(line, marker);
      assert.ok(!line.includes(botApp.secret));
      assert.doesNotMatch(line, /that nobody else reads/, 'nor what people typed');
    }
  });
});
