/** `npm run chaos -- --minutes 10 --seed 7`: breaks everything at random, and says what held. Exits 1 when something did not. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { hasHeld, reportText } from './report.ts';
import { runChaos } from './run.ts';
import { makeSchedule } from './schedule.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 1_000_000)) },
    replicas: { type: 'string', default: '3' },
    /** Where the conversations, the wire and the logs go when something did not hold. */
    evidence: { type: 'string', default: 'out/chaos.txt' },
  },
});
const schedule = makeSchedule(Number(values.seed), Number(values.minutes) * 60_000, Number(values.replicas));
const report = await runChaos(schedule, (line) => process.stderr.write(`${line}\n`));
process.stdout.write(`${reportText(report)}\n`);
if (!hasHeld(report)) {
  await mkdir(dirname(values.evidence), { recursive: true });
  await writeFile(values.evidence, report.evidence());
  process.stderr.write(`what happened: ${values.evidence}\n`);
  process.exitCode = 1;
}
