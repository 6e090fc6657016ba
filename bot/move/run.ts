/** What `npm run move` does: takes everything from the embedded store to a PostgreSQL server, once. */
import { parseArgs } from 'node:util';
import { StoreInUse } from '../../src/adapters/store/directory-lock.ts';
import { MoveRefused, moveStore } from '../../src/adapters/store/move-store.ts';
import { isServerUrl } from '../../src/adapters/store/server-url.ts';
import { ConfigReader, type Environment, faultsText } from '../config-reader.ts';
import { type DatabaseSettings, readDatabase } from '../database-config.ts';
import { databasePassword } from '../database-password.ts';
import { createLog, describeError } from '../log.ts';

/** Where the command writes. */
export interface MoveOutput {
  readonly out: NodeJS.WritableStream;
  readonly err: NodeJS.WritableStream;
}

const usage = `npm run move -- --from ./data [--to postgres://…]
Without --to the target is DATABASE_URL, which keeps a password out of the list of processes.
`;

/**
 * Runs the command.
 * @param args behind the script's name
 * @returns the exit code. 0: moved; 1: something failed, and nothing was moved; 2: it was not asked for as it must be
 */
export async function runMove(args: readonly string[], environment: Environment, output: MoveOutput): Promise<number> {
  const asked = readArguments(args);
  if (typeof asked === 'string') return say(output, 2, `${asked}\n\n${usage}`);
  const read = new ConfigReader(asked.to === undefined ? environment : { ...environment, DATABASE_URL: asked.to });
  const target = readDatabase(read);
  if (read.faults.length > 0) return say(output, 2, faultsText(read.faults));
  if (!isServerUrl(target.databaseUrl)) return say(output, 2, `The target must be postgres://….\n\n${usage}`);
  return await move(asked.from, target, output);
}

async function move(from: string, target: DatabaseSettings, output: MoveOutput): Promise<number> {
  const log = createLog('error');
  const server = { url: target.databaseUrl, password: databasePassword(target, log) };
  try {
    const copied = await moveStore(from, server, log);
    const width = Math.max(...copied.map(({ table }) => table.length));
    for (const { table, rows } of copied) output.out.write(`${table.padEnd(width)}  ${rows}\n`);
    output.out.write(movedText(from));
    return 0;
  } catch (error) {
    if (error instanceof MoveRefused || error instanceof StoreInUse) return say(output, 1, `${error.message}\n`);
    return say(output, 1, `Nothing was moved: ${JSON.stringify(describeError(error))}\n`);
  }
}

function movedText(from: string): string {
  return `Moved. Start the bot with DATABASE_URL set to the server. ${from} is as it was: never start the bot on it again,
or both would go on with the same requests; delete it when you are sure.
`;
}

/** The arguments, or what is wrong with them. */
function readArguments(args: readonly string[]): { readonly from: string; readonly to: string | undefined } | string {
  try {
    const { values } = parseArgs({ args: [...args], options: { from: { type: 'string' }, to: { type: 'string' } } });
    const { from, to } = values;
    if (from === undefined) return '--from is missing: the directory of the embedded store';
    return { from, to };
  } catch (error) {
    // parseArgs throws a TypeError for what is not among the options. It may quote a URL with its password.
    if (error instanceof TypeError) return 'only --from and --to are understood, each with a value';
    throw error;
  }
}

function say({ err }: MoveOutput, exitCode: number, text: string): number {
  err.write(text);
  return exitCode;
}
