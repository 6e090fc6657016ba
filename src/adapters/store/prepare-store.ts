import type { Log } from '../../ports.ts';
import type { Backend } from './backend.ts';
import { queueNames } from './job-payloads.ts';
import { migrate } from './migrations.ts';
import { releaseOrphans } from './orphans.ts';
import { makeQueues } from './queues.ts';
import { tellSometimes } from './repeated-errors.ts';

/**
 * Brings tables and queues up to date and starts the job queue; closes the backend if that fails.
 * @throws MigrationFailed, or what the database said
 */
export async function prepare(backend: Backend, log: Log): Promise<void> {
  const { db, boss } = backend;
  boss.on(
    'error',
    tellSometimes(log, 'the job queue met an error', () => performance.now()),
  );
  boss.on('warning', ({ message, data }) => log.warn({ data }, `job queue: ${message}`));
  try {
    await backend.unhurried(migrate);
    await boss.start();
    await makeQueues(boss, queueNames);
    if (backend.isOurs) await releaseOrphans(db, boss);
  } catch (error) {
    await boss.stop({ graceful: false });
    await backend.close();
    throw error;
  }
}
