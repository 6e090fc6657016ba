/**
 * A database whose clock stands still until a test moves it. The product asks PostgreSQL for the time by
 * `clock_timestamp()`, pg-boss by a function of its own: both names lead to one row here, ahead of the real ones.
 */
import pg from 'pg';
import { type Instant, instantOf } from '../../src/domain/instant.ts';
import { known } from '../build/ids.ts';

const clock = `
  create schema simulated;
  create table simulated.clock (at timestamptz not null);
  insert into simulated.clock values (date_trunc('milliseconds', pg_catalog.clock_timestamp()));
  create function simulated.clock_timestamp() returns timestamptz language sql stable as 'select at from simulated.clock';
  create function simulated.now() returns timestamptz language sql stable as 'select at from simulated.clock'`;

/** Jobs of one queue that wait. */
export interface WaitingJobs {
  readonly queue: string;
  /** When the first is due. */
  readonly at: Instant;
  readonly due: number;
}

/** The time of one database. */
export class SimulatedTime {
  readonly #client: pg.Client;
  #now: Instant;

  private constructor(client: pg.Client, now: Instant) {
    this.#client = client;
    this.#now = now;
  }

  /** Call it while the database is empty, before anything else connects. The clock stands at the real time. */
  static async in(databaseUrl: string): Promise<SimulatedTime> {
    const client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    await client.query(clock);
    const name = pg.escapeIdentifier(new URL(databaseUrl).pathname.slice(1));
    await client.query(`alter database ${name} set search_path = public, simulated, pg_catalog`);
    const { rows } = await client.query<{ readonly at: Date }>('select at from simulated.clock');
    return new SimulatedTime(client, known(instantOf(known(rows[0]).at)));
  }

  get now(): Instant {
    return this.#now;
  }

  /** From now on pg-boss goes by it, too; its tables must be there. */
  async governJobs(): Promise<void> {
    await this.#client.query(`create or replace function pgboss.job_now() returns timestamptz language sql stable
      as 'select at from simulated.clock'`);
  }

  /** Nothing may be at work. */
  async moveTo(moment: Instant): Promise<void> {
    await this.#client.query('update simulated.clock set at = $1', [new Date(moment)]);
    this.#now = moment;
  }

  /** The jobs that nobody has taken, by queue: when the first is due, whatever the clock says, and how many are by now. */
  async jobs(): Promise<readonly WaitingJobs[]> {
    const { rows } = await this.#client.query<{ readonly queue: string; readonly at: Date; readonly due: number }>(
      `select name as queue, min(start_after) as at,
        (count(*) filter (where start_after <= simulated.clock_timestamp()))::integer as due
      from pgboss.job where state in ('created', 'retry') group by name`,
    );
    return rows.map(({ queue, at, due }) => ({ queue, at: known(instantOf(at)), due }));
  }

  async close(): Promise<void> {
    await this.#client.end();
  }
}
