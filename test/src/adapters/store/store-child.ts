/**
 * A process of its own with a store: opens it, takes every job, says so, and never finishes one. For tests that kill it.
 *   node store-child.ts <DATABASE_URL>    prints 'open', then the name of the queue of each job that it has begun
 */
import { openStore } from '../../../../src/adapters/store/open-store.ts';
import { silentLog } from '../../../fakes/silent-log.ts';

const [, , databaseUrl = ''] = process.argv;
const store = await openStore(databaseUrl, silentLog);
const take = (queue: string) => () => {
  process.stdout.write(`${queue}\n`);
  return new Promise<void>(() => undefined);
};
await store.jobs.work({
  announce: take('announce'),
  lookUp: take('lookUp'),
  submit: take('submit'),
  follow: take('follow'),
  expire: take('expire'),
  offerSignIn: take('offerSignIn'),
  retain: take('retain'),
  chainAudit: take('chainAudit'),
});
process.stdout.write('open\n');
