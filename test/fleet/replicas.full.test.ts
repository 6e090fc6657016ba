import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { type Postgres, startPostgres } from '../build/postgres.ts';
import { fineDevice, linuxDevice, serverDevice, twinDevice } from '../sandbox/devices.ts';
import { mia } from '../sandbox/people.ts';
import { ask, type Scene } from '../story/scene.ts';
import { type Fleet, startFleet } from './fleet.ts';

/** Longer than a job's time of 60 s, than its heartbeat, and than the deadline of a POST. */
const pastExpiry = 66_000;

describe('replicas that die, or stand still', function () {
  this.timeout(300_000);
  let postgres: Postgres;
  let fleet: Fleet;
  let database: pg.Client;

  before(async () => {
    postgres = await startPostgres();
  });
  after(() => postgres.stop());

  const open = async (replicas: number) => {
    fleet = await startFleet({ postgres, replicas });
    await fleet.sandbox.tokenService.signIn(mia);
    database = new pg.Client({ connectionString: fleet.databaseUrl });
    await database.connect();
  };
  afterEach(async () => {
    await database.end();
    await fleet.stop();
  });

  const posts = ({ reason }: Scene) =>
    fleet.sandbox.journal.all('defender.collect.received', ({ data }) => `${data.comment}`.includes(reason));

  it('a killed replica’s submission is finished by another one within 2 minutes, with one POST', async () => {
    await open(2);
    const { sandbox } = fleet;
    fleet.routes.push(0, 0);
    const scene = await ask(sandbox.client(mia), sandbox.places.channel, fineDevice.id);
    await scene.card('Collect');
    const held = sandbox.faults.inject('defender.collect', { kind: 'hold' });
    // So that it is known who sends.
    fleet.bot(1).pause();
    await scene.press('Collect');
    await held.reached;
    const began = performance.now();
    await fleet.kill(0);
    held.release();
    fleet.bot(1).resume();
    await sandbox.places.channel.message(
      (message) => message.thread === scene.asked.thread && /<at>.*Succeeded/.test(message.text),
      120_000,
    );
    assert.ok(performance.now() - began < 120_000);
    assert.equal(posts(scene).length, 1);
  });

  it('a replica stopped after `submitting` was stored, past its job’s time, and then let go, sends nothing', async () => {
    await open(2);
    const { sandbox } = fleet;
    await stallAfterCounting(database);
    fleet.routes.push(0, 0);
    const scene = await ask(sandbox.client(mia), sandbox.places.channel, serverDevice.id);
    await scene.card('Collect');
    fleet.bot(1).pause();
    await scene.press('Collect');
    await untilRow(`select 1 from pg_stat_activity where wait_event = 'PgSleep'`);
    fleet.bot(0).pause();
    const stoppedAt = performance.now();
    const { rows } = await database.query(`select 1 from collection where state = 'submitting'`);
    assert.equal(rows.length, 1, 'the attempt is stored');
    assert.equal(posts(scene).length, 0, 'and not sent yet');
    fleet.bot(1).resume();
    await sandbox.places.channel.message(
      (message) => message.thread === scene.asked.thread && /<at>.*Succeeded/.test(message.text),
      180_000,
    );
    assert.equal(posts(scene).length, 1, 'the other one has sent it');
    await pause(Math.max(0, pastExpiry - (performance.now() - stoppedAt)));
    const seen = fleet.bot(0).lines.length;
    fleet.bot(0).resume();
    // What it was at comes to its end before it takes anything new.
    await fleet.bot(0).says('collectInvestigationPackage');
    fleet.routes.push(0);
    await sandbox.client(mia).say(sandbox.places.personal(mia), 'help');
    assert.ok(fleet.bot(0).lines.length > seen);
    assert.equal(posts(scene).length, 1, 'and nobody again');
  });

  it('three replicas make one sweep per watcher between them', async () => {
    await open(3);
    const { sandbox } = fleet;
    sandbox.defender.switches.progress = { pendingMs: 1_000, inProgressMs: 15_000, end: 'Succeeded' };
    const client = sandbox.client(mia);
    const devices = [fineDevice, serverDevice, linuxDevice, twinDevice];
    const scenes = await Promise.all(devices.map(({ id }) => ask(client, sandbox.places.channel, id)));
    for (const scene of scenes) await scene.press('Collect');
    for (const scene of scenes) await scene.card('In progress');
    const { mark } = sandbox.journal;
    const began = performance.now();
    for (const scene of scenes) await scene.closing('Succeeded');
    const seconds = (performance.now() - began) / 1_000;
    const lists = sandbox.journal.all(
      'defender.listActions.received',
      ({ sequence, data }) => sequence > mark && `${data.filter}`.includes('requestor eq'),
    );
    assert.ok(lists.length > 2, 'it was followed');
    // One a second at most; four collections or three replicas would make three or four times as many.
    assert.ok(lists.length <= seconds + 2, `${lists.length} lists in ${seconds} s`);
  });

  async function untilRow(query: string): Promise<void> {
    for (const until = performance.now() + 60_000; performance.now() < until; ) {
      if ((await database.query(query)).rows.length > 0) return;
      await pause(20);
    }
    throw new Error(`no row came of ${query}`);
  }
});

/**
 * The first call of `collect` that is counted stalls for 3 s in its commit: the attempt is stored by then, and the POST not
 * sent. It is the database that stalls; the bot has no hook.
 */
async function stallAfterCounting(database: pg.Client): Promise<void> {
  await database.query(`
    create sequence stall;
    create function stall_once() returns trigger language plpgsql as $$
      begin
        if new.api = 'collect' and nextval('stall') = 1 then perform pg_sleep(3); end if;
        return null;
      end $$;
    create constraint trigger stall after insert on defender_call
      deferrable initially deferred for each row execute function stall_once();
  `);
}
