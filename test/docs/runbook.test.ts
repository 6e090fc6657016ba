import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parser } from '@prometheus-io/lezer-promql';
import { execa } from 'execa';
import { sql } from 'kysely';
import { parse } from 'yaml';
import { z } from 'zod';
import { connectToServer } from '../../src/adapters/store/backend.ts';
import { openOn } from '../../src/adapters/store/open-store.ts';
import { instruments } from '../../src/adapters/telemetry/instruments.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { aFresh, aSource } from '../src/adapters/store/fresh.ts';
import { freshDatabase } from '../src/adapters/store/postgres-server.ts';
import { markdownPages } from './markdown-pages.ts';

const root = new URL('../../', import.meta.url);
const read = (name: string) => readFileSync(new URL(name, root), 'utf8');

const rule = z.strictObject({
  alert: z.string(),
  expr: z.string(),
  for: z.string().optional(),
  labels: z.strictObject({ severity: z.enum(['critical', 'warning']) }),
  annotations: z.strictObject({ summary: z.string(), runbook: z.string() }),
});
const rules = z
  .object({ groups: z.array(z.object({ rules: z.array(rule) })) })
  .parse(parse(read('infra/grafana/alerts.yml')))
  .groups.flatMap((group) => group.rules);
const panel = z.object({
  id: z.int(),
  title: z.string(),
  targets: z.array(z.object({ expr: z.string(), legendFormat: z.string() })).default([]),
});
const dashboard = z.object({ panels: z.array(panel) }).parse(JSON.parse(read('infra/grafana/dashboard.json')));
const targets = dashboard.panels.flatMap((each) => each.targets);
const runbook = markdownPages().find(({ path }) => path === 'docs/runbook.md');
assert.ok(runbook);

/** What the page writes as PromQL. */
const typed = runbook.codes.filter((code) => /^\w+ by \(/.test(code));
const queries = [
  ...rules.map(({ alert, expr }) => [alert, expr] as const),
  ...targets.map(({ expr }) => ['the dashboard', expr.replaceAll('$__rate_interval', '5m')] as const),
  ...typed.map((code) => ['the runbook', code] as const),
];

/** The name and the labels of everything that there is to ask for. */
const series = new Map<string, readonly string[]>(
  Object.values(instruments).flatMap(({ kind, name, labels }): [string, readonly string[]][] => {
    if (kind !== 'histogram') return [[name, labels]];
    return [
      [`${name}_bucket`, [...labels, 'le']],
      [`${name}_sum`, labels],
      [`${name}_count`, labels],
    ];
  }),
);
const targetLabels = ['instance', 'job'];

/** The texts of all nodes of these kinds; `⚠` is what the grammar does not know. */
function nodesOf(query: string, ...kinds: readonly string[]): readonly string[] {
  const found: string[] = [];
  parser.parse(query).iterate({
    enter: ({ name, from, to }) => {
      if (kinds.includes(name)) found.push(query.slice(from, to));
    },
  });
  return found;
}

const namesIn = (query: string) => nodesOf(query, 'Identifier').filter((name) => name.startsWith('collector_'));

describe('a query of dashboard, alerts and runbook', () => {
  for (const [where, query] of queries) {
    it(`is PromQL, and asks for what there is: ${where}, ${query.slice(0, 90)}`, () => {
      assert.deepEqual(nodesOf(query, '⚠'), []);
      const names = namesIn(query);
      assert.ok(names.length > 0, 'it asks for nothing of ours');
      const labels = names.flatMap((name) => {
        const known = series.get(name);
        assert.ok(known !== undefined, `nobody tells ${name}`);
        return known;
      });
      for (const label of nodesOf(query, 'LabelName')) {
        assert.ok([...labels, ...targetLabels].includes(label), `there is no label ${label}`);
      }
    });
  }

  it('is found wrong when it is', () => {
    assert.notDeepEqual(nodesOf('max by (queue (collector_dead_letters)', '⚠'), []);
    assert.deepEqual(namesIn('sum(rate(collector_nothing_total[5m]))'), ['collector_nothing_total']);
  });
});

describe('docs/runbook.md', () => {
  const headings = [...runbook.source.matchAll(/^### (.+)$/gm)].map(([, heading = '']) => heading);

  it('says of every alert what to do, and of none that there is not', () => {
    assert.deepEqual(
      headings,
      rules.map(({ alert }) => alert),
    );
  });

  for (const { alert, annotations, labels, expr } of rules) {
    it(`is where ${alert} leads, and names what it looks at`, () => {
      assert.equal(annotations.runbook, `docs/runbook.md#${alert.toLowerCase()}`);
      assert.ok(runbook.anchors.has(alert.toLowerCase()));
      const section = runbook.source.split(/^### /m).find((each) => each.startsWith(`${alert}\n`)) ?? '';
      const names = namesIn(expr).map((name) => name.replace(/_(?:bucket|sum|count)$/, ''));
      const isNamed = names.some((name) => section.includes(`\`${name}\``));
      assert.ok(isNamed || ['CollectorAway', 'CollectorConsentMissing'].includes(alert), `${names}`);
      assert.ok(['critical', 'warning'].includes(labels.severity));
    });
  }

  it('names no number that nobody tells', () => {
    const named = runbook.codes.flatMap((code) => code.match(/\bcollector_\w+/g) ?? []);
    const names = new Set<string>(Object.values(instruments).map(({ name }) => name));
    assert.ok(named.length > 10);
    assert.deepEqual(
      named.filter((name) => !names.has(name)),
      [],
    );
  });

  it('quotes only what the log really says', () => {
    const said = [
      'nobody can listen where /metrics should be',
      'cannot go on',
      'not ready',
      'a job failed for good, and lies among the dead letters',
      'a job failed, and will be tried again',
      'working',
      'a sweep could not act as its watcher',
      'Entra gave the bot no token of its own',
      'the bot itself is not accepted',
      'held back a flood',
    ];
    const sources = [
      ...[
        'bot/serve.ts',
        'bot/server.ts',
        'bot/credential-watch.ts',
        'bot/teams/assertions.ts',
        'bot/teams/admission.ts',
      ],
      ...['src/adapters/store/jobs.ts', 'src/adapters/telemetry/exports.ts', 'src/app/follow.ts'],
    ].map(read);
    for (const words of said) {
      assert.ok(runbook.codes.includes(words), `the page does not say ‘${words}’`);
      assert.ok(
        sources.some((source) => source.includes(words)),
        `the log does not say ‘${words}’`,
      );
    }
  });

  it('has a command that has dead letters done again', async function () {
    this.timeout(60_000);
    const command = runbook.blocks.find(({ info, text }) => info === 'sh' && text.includes('redrive'));
    const DATABASE_URL = await freshDatabase();
    const backend = connectToServer(DATABASE_URL, silentLog);
    const store = await openOn(backend, silentLog);
    try {
      const request = aFresh();
      await store.requests.propose(aSource(), () => ({ request, effects: [{ kind: 'announce' }] }));
      await sql`update pgboss.job set retry_limit = 0 where name = 'announce'`.execute(backend.db);
      const [job] = await backend.boss.fetch('announce');
      await backend.boss.fail('announce', job?.id ?? '');
      const announcing = async () => (await store.figures()).queues.find(({ queue }) => queue === 'announce');
      assert.deepEqual([(await announcing())?.dead, (await announcing())?.due], [1, 0]);
      await execa('sh', ['-c', command?.text ?? ''], { cwd: root, env: { DATABASE_URL } });
      assert.deepEqual([(await announcing())?.dead, (await announcing())?.due], [0, 1]);
    } finally {
      await store.close();
    }
  });
});

describe('the dashboard', () => {
  it('shows every number that the bot tells', () => {
    const shown = new Set(targets.flatMap(({ expr }) => namesIn(expr)));
    const missing = Object.values(instruments).filter(
      ({ kind, name }) => !shown.has(kind === 'histogram' ? `${name}_bucket` : name),
    );
    assert.deepEqual(
      missing.map(({ name }) => name),
      [],
    );
  });

  it('names in its legends only labels that its queries keep', () => {
    for (const { expr, legendFormat } of targets) {
      const labels = [...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(([, label = '']) => label);
      const kept = nodesOf(expr.replaceAll('$__rate_interval', '5m'), 'GroupingLabels').join();
      for (const label of labels) assert.match(kept, new RegExp(`\\b${label}\\b`), expr);
    }
  });

  it('has no two panels of one id', () => {
    const ids = dashboard.panels.map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
  });
});
