/** What `npm run audit` does: proves the audit's chain, or exports it. Reads where the database is, and nothing else. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { StoreInUse } from '../../src/adapters/store/directory-lock.ts';
import { type AuditReader, NoAudit, openAudit } from '../../src/adapters/store/open-audit.ts';
import { genesis } from '../../src/domain/audit-chain.ts';
import { type Instant, parseInstant } from '../../src/domain/instant.ts';
import { ConfigReader, type Environment, faultsText } from '../config-reader.ts';
import { readDatabase } from '../database-config.ts';
import { databasePassword } from '../database-password.ts';
import { createLog, describeError } from '../log.ts';
import { type AuditCommand, readAuditCommand, usage } from './command.ts';
import { headLine, lineOf } from './lines.ts';
import { keepText, verdictText } from './verdict-words.ts';

/** Where the command writes: rows and verdicts to `out`, everything else to `err`. */
export interface AuditOutput {
  readonly out: NodeJS.WritableStream;
  readonly err: NodeJS.WritableStream;
}

/**
 * Runs the command.
 * @param args behind the script's name
 * @returns the exit code. 0: whole, or exported; 1: broken; 2: nobody can tell
 */
export async function runAudit(
  args: readonly string[],
  environment: Environment,
  output: AuditOutput,
): Promise<number> {
  const command = readAuditCommand(args);
  if (command.name === 'fault') return cannot(output, `${command.fault}\n\n${usage}`);
  const read = new ConfigReader(environment);
  const database = readDatabase(read);
  if (read.faults.length > 0) return cannot(output, faultsText(read.faults));
  try {
    const log = createLog('warn');
    const audit = await openAudit(database.databaseUrl, log, databasePassword(database, log));
    try {
      return await carryOut(audit, command, output);
    } finally {
      await audit.close();
    }
  } catch (error) {
    if (error instanceof NoAudit || error instanceof StoreInUse) return cannot(output, `${error.message}\n`);
    return cannot(output, `The audit cannot be read: ${JSON.stringify(describeError(error))}\n`);
  }
}

async function carryOut(
  audit: AuditReader,
  command: Exclude<AuditCommand, { readonly name: 'fault' }>,
  output: AuditOutput,
): Promise<number> {
  switch (command.name) {
    case 'verify': {
      const verdict = await audit.verify(command.kept);
      output.out.write(verdictText(verdict));
      return verdict.ok ? 0 : 1;
    }
    case 'export':
      return await exportTo(output, audit, command);
  }
}

async function exportTo(
  { out, err }: AuditOutput,
  audit: AuditReader,
  { format, since }: Extract<AuditCommand, { readonly name: 'export' }>,
): Promise<number> {
  let head = { count: 0, hash: genesis };
  let missing = 0;
  async function* lines() {
    yield headLine(format);
    for await (const link of audit.links()) {
      head = { count: link.position, hash: link.hash };
      const { record } = link;
      if (record === undefined) missing += 1;
      else if (!isBefore(record.at, since)) yield lineOf(format, { ...link, record });
    }
  }
  await pipeline(Readable.from(lines()), out, { end: false });
  err.write(keepText(head));
  if (missing === 0) return 0;
  err.write(`${missing} sealed rows are missing: run verify.\n`);
  return 1;
}

function isBefore(at: string, since: Instant | undefined): boolean {
  const moment = parseInstant(at);
  return since !== undefined && moment !== undefined && moment < since;
}

function cannot({ err }: AuditOutput, text: string): number {
  err.write(text);
  return 2;
}
