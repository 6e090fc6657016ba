/** What `npm run audit` was asked to do. */
import { parseArgs } from 'node:util';
import type { ChainHead } from '../../src/adapters/store/audit-verify.ts';
import { type Instant, parseInstant } from '../../src/domain/instant.ts';

/** The forms of an export. */
export const exportFormats = ['jsonl', 'csv'] as const;
/** One of `exportFormats`. */
export type ExportFormat = (typeof exportFormats)[number];

/** A command that can be carried out, or what is wrong with it. */
export type AuditCommand =
  | { readonly name: 'verify'; readonly kept?: ChainHead }
  | { readonly name: 'export'; readonly format: ExportFormat; readonly since?: Instant }
  | { readonly name: 'fault'; readonly fault: string };

/** Shown with every fault. */
export const usage = `npm run audit --silent -- verify [--kept <count>:<hash>]
npm run audit --silent -- export [--since <ISO date>] [--format jsonl|csv]
`;

/** Reads the arguments behind the script's name. */
export function readAuditCommand(args: readonly string[]): AuditCommand {
  try {
    const options = { since: { type: 'string' }, format: { type: 'string' }, kept: { type: 'string' } } as const;
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [name, ...others] = positionals;
    if (others.length > 0) return fault(`'${others[0]}' is one word too many`);
    if (name === 'verify') return verifyCommand(values);
    if (name === 'export') return exportCommand(values);
    return fault(name === undefined ? 'verify or export?' : `'${name}' is neither verify nor export`);
  } catch (error) {
    // parseArgs throws a TypeError for what is not among the options.
    if (error instanceof TypeError) return fault(error.message);
    throw error;
  }
}

type Values = { readonly [Option in 'since' | 'format' | 'kept']?: string | undefined };

function verifyCommand({ since, format, kept }: Values): AuditCommand {
  if (since !== undefined || format !== undefined) return fault('verify always reads everything, and writes no rows');
  if (kept === undefined) return { name: 'verify' };
  const [, count, hash] = /^(\d{1,10}):([0-9a-f]{64})$/.exec(kept) ?? [];
  if (count === undefined || hash === undefined)
    return fault('--kept takes what an earlier run printed: <count>:<hash>');
  return { name: 'verify', kept: { count: Number(count), hash } };
}

function exportCommand({ since, format = 'jsonl', kept }: Values): AuditCommand {
  if (kept !== undefined) return fault('--kept belongs to verify');
  const known = exportFormats.find((each) => each === format);
  if (known === undefined) return fault(`--format takes ${exportFormats.join(' or ')}`);
  if (since === undefined) return { name: 'export', format: known };
  const moment = isoDate.test(since) ? parseInstant(since) : undefined;
  if (moment === undefined) return fault('--since takes an ISO date, such as 2026-03-01 or 2026-03-01T09:00:00Z');
  return { name: 'export', format: known, since: moment };
}

/** A day, or a moment that says its zone: without one, it would mean something else on every machine. */
const isoDate = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2}))?$/;

function fault(text: string): AuditCommand {
  return { name: 'fault', fault: text };
}
