import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { DeadlineError } from '../../bot/deadline.ts';
import type { JsonObject } from '../sandbox/json.ts';
import { mia } from '../sandbox/people.ts';
import { Doors } from './doors.ts';
import { aCommand, isWhole, mutated, mutations } from './mutants.ts';

/** Of each of the two kinds: 20,000 mutants in all, 500 in the short run. */
const runs = process.env.FULL === '1' ? 10_000 : 250;

describe('a mutant, rightly signed', function () {
  this.timeout(40 * 60_000);
  let doors: Doors;
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => unhandled.push(reason);

  before(async () => {
    doors = await Doors.open(() => ({}));
    doors.sandbox.connector.limitsEnforced = false;
    process.on('unhandledRejection', note);
  });
  after(async () => {
    process.off('unhandledRejection', note);
    await doors.close();
  });

  /** A store that a busy machine makes slow is no fault of what was sent. */
  const errorsSince = (line: number) =>
    doors.edge.log.lines
      .slice(line)
      .filter(({ level, fields }) => level === 'error' && !(fields.err instanceof DeadlineError));
  let done = 0;
  function progress(): void {
    done += 1;
    if (done % 2_000 === 0) process.stdout.write(`      ${done} mutants\n`);
  }

  it('of a command makes exactly one proposal and nothing else if it is still one, and none if it is not', async () => {
    let whole = 0;
    const { sandbox, edge } = doors;
    await fc.assert(
      fc.asyncProperty(mutations, async (changes) => {
        progress();
        const activity = mutated(aCommand(sandbox), changes);
        const isOne = isWhole(activity, sandbox.connector.serviceUrl);
        const before = await doors.count();
        const mark = sandbox.journal.mark;
        const line = edge.log.lines.length;
        const { status } = await sandbox.delivery.deliver(activity);
        const made = (await doors.count()) - before;
        assert.ok(status < 500 || status === 501, `answered ${status}`);
        const told = edge.log.lines.slice(line).map(({ message, fields }) => `${message}: ${String(fields.err)}`);
        assert.equal(made, isOne ? 1 : 0, [JSON.stringify(activity), ...told].join('\n'));
        // On a machine that is slower than 3 s the bot says that it is still at it: one reply more, and no second proposal.
        const isSlow = told.some((each) => each.startsWith('a message takes long'));
        const calls = edge.calledOut(mark).filter((call) => !isSlow || !/^(?:connector|entra)\./.test(call));
        if (isOne) assert.deepEqual([status, calls], [200, []]);
        assert.deepEqual(unhandled, []);
        // A reply to a conversation that the sandbox does not have is lost, and the log says so.
        const errors = errorsSince(line).filter(
          ({ message }) => !/^(?:a message failed|nobody could be told)/.test(message),
        );
        assert.deepEqual(errors, []);
        if (isOne) whole += 1;
      }),
      { numRuns: runs, examples: [[[]]] },
    );
    assert.ok(whole > runs / 20, `only ${whole} of ${runs} mutants were still commands`);
  });

  it('of a click changes no request of anybody else’s, and is answered', async () => {
    const { sandbox } = doors;
    const { id, revision } = await doors.proposalIn(sandbox.places.channel);
    const verb = fc.constantFrom(
      'collect',
      'cancel',
      'edit',
      'saveReason',
      'signIn',
      'refresh',
      'tryAgain',
      'showCard',
      'x',
    );
    const odd = fc.jsonValue({ maxDepth: 2 }).map((value): JsonObject[string] => JSON.parse(JSON.stringify(value)));
    const data = fc.oneof(
      fc.record(
        {
          request: fc.constantFrom(id, randomUUID(), 'x'),
          revision: fc.oneof(fc.constant(revision), fc.integer()),
          reason: fc.string(),
        },
        { requiredKeys: [] },
      ),
      odd,
    );
    const value = fc.oneof(
      fc.record({ action: fc.record({ type: fc.constant('Action.Execute'), verb, data }) }),
      fc.record({ action: odd, authentication: odd, state: odd }, { requiredKeys: [] }),
    );
    const name = fc.constantFrom(
      'adaptiveCard/action',
      'signin/tokenExchange',
      'signin/verifyState',
      'signin/failure',
      'x',
    );
    const was = await doors.everything();
    await fc.assert(
      fc.asyncProperty(name, value, mutations, async (invoke, body, changes) => {
        progress();
        const { channel } = sandbox.places;
        const { conversation, ...command } = aCommand(sandbox);
        const here = { ...(typeof conversation === 'object' ? conversation : {}), id: channel.id };
        const click = { ...command, conversation: here, type: 'invoke', name: invoke, value: body };
        const known = changes.filter(({ path }) => path[0] !== 'type' && path[0] !== 'name' && path[0] !== 'value');
        const { status } = await sandbox.delivery.deliver(mutated(click, known));
        assert.ok(status < 500 || status === 501, `answered ${status}`);
        assert.deepEqual(unhandled, []);
      }),
      { numRuns: runs },
    );
    assert.deepEqual((await doors.everything()).slice(0, was.length), was);
    assert.equal((await sandbox.client(mia).say(sandbox.places.channel, 'help')).answer.status, 200);
  });
});
