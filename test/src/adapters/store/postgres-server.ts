/** One real PostgreSQL for the whole test run, started when first asked for. */
import { databaseOn, type Postgres, sharedServer, startPostgres } from '../../../build/postgres.ts';

let own: Promise<Postgres> | undefined;

/** The URL of a fresh empty database. Without PostgreSQL these tests prove nothing, so a failed start fails them. */
export async function freshDatabase(): Promise<string> {
  const url = process.env[sharedServer];
  if (url !== undefined) return await databaseOn(url);
  own ??= startPostgres();
  return await (await own).freshDatabase();
}

const closers: (() => Promise<void>)[] = [];

/** Closes this at the end of the test run, while PostgreSQL still runs. */
export function closeAtEnd(close: () => Promise<void>): void {
  closers.push(close);
}

after('close the stores and stop PostgreSQL', async () => {
  await Promise.all(closers.map((close) => close()));
  const server = await own?.catch(() => undefined);
  await server?.stop();
});
