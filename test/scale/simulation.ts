/** Several replicas on one real PostgreSQL, with everything around them simulated, and a clock that moves from job to job. */
import assert from 'node:assert/strict';
import { type QueueName, queueNames } from '../../src/adapters/store/job-payloads.ts';
import { queueSettings } from '../../src/adapters/store/queues.ts';
import { type Instant, later } from '../../src/domain/instant.ts';
import { aPerson } from '../build/person.ts';
import { PeopleSignedIn } from '../fakes/people-signed-in.ts';
import { freshDatabase } from '../src/adapters/store/postgres-server.ts';
import { type Replica, startReplica, type TriedJob, type World } from './replica.ts';
import { SimulatedDefender } from './simulated-defender.ts';
import { SimulatedTeams } from './simulated-teams.ts';
import { SimulatedTime } from './simulated-time.ts';

/** A job that was done. */
export interface DoneJob extends TriedJob {
  readonly queue: QueueName;
  readonly at: Instant;
}

/** The replicas and their world. */
export class Simulation {
  readonly time: SimulatedTime;
  readonly defender: SimulatedDefender;
  readonly teams: SimulatedTeams;
  readonly replicas: readonly Replica[];
  /** In the order of their ends. */
  readonly jobs: DoneJob[] = [];

  private constructor(world: World, defender: SimulatedDefender, replicas: readonly Replica[]) {
    this.time = world.time;
    this.teams = world.teams;
    this.defender = defender;
    this.replicas = replicas;
  }

  /** @param people how many people are signed in: `aPerson(1)` and those after */
  static async start({
    replicas,
    people,
  }: {
    readonly replicas: number;
    readonly people: number;
  }): Promise<Simulation> {
    const databaseUrl = await freshDatabase();
    const time = await SimulatedTime.in(databaseUrl);
    const defender = new SimulatedDefender(() => time.now);
    const teams = new SimulatedTeams(() => time.now);
    const assertions = new PeopleSignedIn(() => time.now);
    for (let n = 1; n <= people; n += 1) assertions.signIn(aPerson(n));
    const world = { databaseUrl, time, teams, assertions, defenderUrl: await defender.listen() };
    const started: Replica[] = [];
    for (let n = 0; n < replicas; n += 1) started.push(await startReplica(world));
    return new Simulation(world, defender, started);
  }

  /** The first replica: whoever prepares something goes by it. */
  get first(): Replica {
    const [first] = this.replicas;
    assert.ok(first !== undefined, 'a simulation has a replica');
    return first;
  }

  /** Moves the clock from job to job, and does each at its time, until `end` or until nothing is planned any more. */
  async runUntil(end: Instant): Promise<void> {
    for (;;) {
      const waiting = await this.time.jobs();
      const ahead = queueNames.flatMap((queue) =>
        waiting.filter((each) => each.queue === queue && each.at < end).map(({ at, due }) => ({ queue, at, due })),
      );
      if (ahead.length === 0) break;
      const next = Math.min(...ahead.map(({ at }) => at));
      if (next <= this.time.now) await Promise.all(ahead.map(({ queue, due }) => this.#work(queue, due)));
      else await this.time.moveTo(later(end, next - end + 1));
    }
    if (this.time.now < end) await this.time.moveTo(end);
  }

  /** Does the jobs of a queue that are due now, by one replica, one after the other. */
  async workOneByOne(queue: QueueName): Promise<readonly TriedJob[]> {
    const done: TriedJob[] = [];
    for (;;) {
      const cost = await this.first.workOnce(queue);
      if (cost === undefined) return done;
      done.push(cost);
    }
  }

  /** What the log says of jobs that failed, and were tried again: nothing here has a reason to. */
  get failures(): readonly unknown[] {
    return this.replicas.flatMap(({ log }) => log.lines.filter(({ message }) => message.startsWith('a job failed')));
  }

  async stop(): Promise<void> {
    await Promise.all(this.replicas.map(({ store }) => store.close()));
    await this.defender.close();
    await this.time.close();
  }

  /** So many jobs, by as many workers as there are: those of all replicas in turn. */
  async #work(queue: QueueName, count: number): Promise<void> {
    const { workers } = queueSettings[queue];
    const everybody = Array.from({ length: workers }, () => this.replicas).flat();
    let left = count;
    const works = everybody.slice(0, count).map(async (replica) => {
      while (left > 0) {
        left -= 1;
        const job = await replica.workOnce(queue);
        if (job === undefined) return;
        this.jobs.push({ queue, at: this.time.now, ...job });
      }
    });
    await Promise.all(works);
  }
}
