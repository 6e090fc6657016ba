/** What `mocha --require` runs once around story files that play side by side: one PostgreSQL for all of them. */
import { type Postgres, sharedServer, startPostgres } from '../build/postgres.ts';

let server: Postgres | undefined;

/** Before the first file. */
export async function mochaGlobalSetup(): Promise<void> {
  server = await startPostgres();
  process.env[sharedServer] = server.url;
}

/** After the last. */
export async function mochaGlobalTeardown(): Promise<void> {
  await server?.stop();
}
