/** The audit's rows as lines of an export. */
import type { Link } from '../../src/adapters/store/audit-records.ts';
import { type AuditRecord, canonicalJson } from '../../src/domain/audit-chain.ts';
import type { ExportFormat } from './command.ts';

/** A link whose row is there. */
export type SealedRecord = Link & { readonly record: AuditRecord };

/** The columns of the CSV, in their order; JSON lines carry the same names. */
const columns = [
  'position',
  'number',
  'at',
  'kind',
  'byOid',
  'byUpn',
  'byName',
  'conversation',
  'request',
  'collection',
  'device',
  'action',
  'correlationId',
  'details',
] as const satisfies readonly (keyof AuditRecord)[];

/** What stands before the first row; empty where nothing does. */
export function headLine(format: ExportFormat): string {
  return format === 'csv' ? `${[...columns, 'hash'].join(',')}\r\n` : '';
}

/** One row with its line end. JSON lines: canonical JSON, with the hash as one field more. */
export function lineOf(format: ExportFormat, { record, hash }: SealedRecord): string {
  if (format === 'jsonl') return `${canonicalJson({ ...record, hash })}\n`;
  const { details, ...rest } = record;
  const cells = columns.map((column) => (column === 'details' ? canonicalJson(details) : rest[column]));
  return `${[...cells, hash].map(cell).join(',')}\r\n`;
}

/**
 * RFC 4180. People type reasons, and a spreadsheet takes a text that begins like a formula for one: an apostrophe keeps
 * it a text. (JSON lines keep every text as it is.)
 */
function cell(value: string | number | null): string {
  if (value === null) return '';
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
