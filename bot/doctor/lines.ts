/** How a finding reads on a terminal, and in JSON. */
import { styleText } from 'node:util';
import { countOf, type Diagnosis, isHealthy } from './diagnose.ts';
import type { Finding } from './finding.ts';

/** A sign that means the same without its colour. */
const signs: Readonly<Record<Finding['kind'], readonly [sign: string, colour: 'green' | 'yellow' | 'red' | 'gray']>> = {
  ok: ['✔', 'green'],
  warning: ['⚠', 'yellow'],
  failed: ['✖', 'red'],
  notChecked: ['○', 'gray'],
};

/** The lines of one step, without a line break at the end. */
export function linesOf({ title, finding, docs }: Diagnosis, stream: NodeJS.WritableStream): string {
  const [sign, colour] = signs[finding.kind];
  const head = `${styleText(colour, sign, { stream })} ${title}`;
  const below = wordsOf(finding, docs).map((line) => styleText('gray', `    ${line}`, { stream }));
  return [head, ...below].join('\n');
}

function wordsOf(finding: Finding, docs: string): readonly string[] {
  switch (finding.kind) {
    case 'ok':
      return [finding.seen];
    case 'warning':
    case 'failed':
      return [
        ...finding.meaning.split('\n'),
        `→ ${finding.fix}`,
        ...(finding.link === undefined ? [] : [finding.link]),
        `More: ${docs}`,
      ];
    case 'notChecked':
      return [`Not checked. ${finding.why}`, `→ ${finding.how}`];
  }
}

/** The last line. */
export function summaryOf(diagnoses: readonly Diagnosis[]): string {
  const counts = [
    [countOf(diagnoses, 'ok'), 'in order'],
    [countOf(diagnoses, 'warning'), 'to look at'],
    [countOf(diagnoses, 'failed'), 'to mend'],
    [countOf(diagnoses, 'notChecked'), 'not checked'],
  ] as const;
  return counts.flatMap(([count, what]) => (count === 0 ? [] : [`${count} ${what}`])).join(', ');
}

/** One JSON document. */
export function jsonOf(diagnoses: readonly Diagnosis[]): string {
  const steps = diagnoses.map(({ id, title, finding: { kind, ...words }, docs }) => ({
    id,
    title,
    result: kind,
    ...words,
    docs,
  }));
  return `${JSON.stringify({ healthy: isHealthy(diagnoses), steps }, null, 2)}\n`;
}
