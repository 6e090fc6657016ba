/** A chaos run's table: what was injected, and what held. */
import Table from 'cli-table3';
import type { Moment } from './disturber.ts';
import { excusedDoubles, type Finding } from './invariants.ts';
import type { ChaosReport } from './run.ts';

const plain = { style: { head: [], border: [] } };

/** True when every promise held. */
export function hasHeld({ findings, restAfterMs }: ChaosReport): boolean {
  return restAfterMs !== undefined && findings.every(({ broken }) => broken.length === 0);
}

/** The table as text. */
export function reportText(report: ChaosReport): string {
  const { schedule } = report;
  const title = `seed ${schedule.seed}, ${schedule.durationMs / 1000} s, ${schedule.replicas} replicas`;
  return [title, injectedTable(report), resultTable(report), heldTable(report.findings)].join('\n');
}

function injectedTable({ injected, met }: ChaosReport): string {
  const table = new Table({ head: ['injected', 'times'], ...plain });
  for (const [kind, count] of countsOf(injected)) table.push([kind, count]);
  for (const [kind, count] of [...met].toSorted()) table.push([`calls that met '${kind}'`, count]);
  return table.toString();
}

function countsOf(moments: readonly Moment[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { kind } of moments) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return counts;
}

function resultTable({ schedule, noticed, history, restAfterMs }: ChaosReport): string {
  const table = new Table({ head: ['load', 'count'], ...plain });
  const states = new Map<string, number>();
  for (const { request } of history.requests) {
    const all = request.state === 'done' ? request.collections.map(({ state }) => state) : [request.state];
    for (const state of all) states.set(state, (states.get(state) ?? 0) + 1);
  }
  table.push(
    ['requests typed', schedule.asks.length],
    ['messages that no replica took', noticed.untaken],
    ['clicks answered by an error, or not', noticed.failedClicks],
    ['people who gave up', noticed.givenUp],
    ['accepted POSTs', history.accepted.length],
    ...[...states].toSorted().map(([state, count]) => [`ended ${state}`, count]),
    ['closing messages that stand there again', excusedDoubles(history)],
    ['seconds until nothing was in flight', restAfterMs === undefined ? 'never' : Math.round(restAfterMs / 1000)],
  );
  return table.toString();
}

function heldTable(findings: readonly Finding[]): string {
  const table = new Table({ head: ['promise', 'looked at', 'broken'], ...plain });
  for (const { promise, looked, broken } of findings) table.push([promise, looked, broken.length]);
  const lines = findings.flatMap(({ broken }) => broken);
  return [table.toString(), ...lines].join('\n');
}
