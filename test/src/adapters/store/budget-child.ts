/**
 * A process of its own that takes calls as fast as it can.
 *   node budget-child.ts <DATABASE_URL> <how often>    prints how many it got
 */
import { openStore } from '../../../../src/adapters/store/open-store.ts';
import { silentLog } from '../../../fakes/silent-log.ts';

const [, , databaseUrl = '', often = '0'] = process.argv;
const store = await openStore(databaseUrl, silentLog);
const answers = await Promise.all(
  Array.from({ length: Number(often) }, () => store.budget.take({ api: 'cancel', priority: 'person' })),
);
process.stdout.write(String(answers.filter(({ kind }) => kind === 'taken').length));
await store.close();
