/** Whether the machine was quiet enough for the numbers to mean something. */
import { type RunResult, roundsOf } from './results.ts';
import { measured, spreadOf } from './statistics.ts';

/** The yardstick itself may differ so much between rounds; beyond that a ratio says little. */
const mostSpread = 0.35;
/** So much of one processor may others take before the start. */
const mostBusy = 0.15;
/** Beyond this the load and the stand-ins may be what is measured. */
const mostBenchShare = 0.8;

/** What was wrong with the machine or the measuring; empty when nothing was. */
export function complaints(run: RunResult): readonly string[] {
  const echo = roundsOf(run, 'botbuilder', 'echo').map(({ perSecond }) => perSecond);
  const spread = echo.length < 2 ? 0 : spreadOf(measured(echo));
  const loaded = run.tasks.filter(({ benchShare, contestant }) => benchShare > mostBenchShare && contestant !== 'bare');
  const names = [...new Set(loaded.map(({ contestant, task }) => `${contestant} ${task}`))];
  return [
    ...(run.busyBefore > mostBusy ? [`others kept ${run.busyBefore.toFixed(2)} processors busy before the start`] : []),
    ...(spread > mostSpread
      ? [`the rounds of the botbuilder echo lie ${Math.round(spread * 100)} % apart; ${mostSpread * 100} % may be`]
      : []),
    ...(echo.length < 3 ? ['fewer than three rounds were measured'] : []),
    ...(names.length > 0 ? [`load and stand-ins were busy themselves, which slows: ${names.join(', ')}`] : []),
  ];
}
