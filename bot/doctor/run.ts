/** What `npm run doctor` does. */
import ora from 'ora';
import type { DevicePrompt } from '../../src/adapters/entra/device-sign-in.ts';
import type { Environment } from '../config-reader.ts';
import { type DoctorCommand, readDoctorCommand, usage } from './command.ts';
import { diagnose, isHealthy, type Watcher } from './diagnose.ts';
import { jsonOf, linesOf, summaryOf } from './lines.ts';
import type { SignInWish } from './site.ts';

/** A place to write to; a terminal says so, and how wide it is. */
export type Output = NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };

/** Where the command writes: what it found to `out`, all else to `err`. */
export interface DoctorOutput {
  readonly out: Output;
  readonly err: Output;
}

/**
 * Runs the command.
 * @param args behind the script's name
 * @returns the exit code. 0: nothing has to be mended, as far as could be told; 1: something has
 */
export async function runDoctor(
  args: readonly string[],
  environment: Environment,
  output: DoctorOutput,
): Promise<0 | 1> {
  const command = readDoctorCommand(args);
  if (command.kind === 'fault') {
    output.err.write(`${command.fault}\n\n${usage}`);
    return 1;
  }
  const screen = command.json ? silentScreen : screenOn(output);
  const { packageFile } = command;
  const signIn = wishOf(command, (prompt) => screen.interrupt(() => output.err.write(invitation(prompt))));
  const diagnoses = await diagnose(environment, { packageFile, ...(signIn && { signIn }) }, screen);
  output.out.write(command.json ? jsonOf(diagnoses) : `\n${summaryOf(diagnoses)}\n`);
  return isHealthy(diagnoses) ? 0 : 1;
}

type Look = Extract<DoctorCommand, { readonly kind: 'look' }>;

function wishOf({ signIn, clientId }: Look, show: SignInWish['show']): SignInWish | undefined {
  if (!signIn) return undefined;
  return { show, ...(clientId === undefined ? {} : { clientId }) };
}

function invitation({ page, code }: DevicePrompt): string {
  return `Open ${page} and enter the code ${code}. Only if you have started this yourself.\n`;
}

interface Screen extends Watcher {
  /** Takes the spinner away while something else is written. */
  interrupt(write: () => void): void;
}

const silentScreen: Screen = { begins: () => undefined, ends: () => undefined, interrupt: (write) => write() };

/** A spinner where there is a terminal; in a log a line for each step when it is done. */
function screenOn({ out, err }: DoctorOutput): Screen {
  // A terminal that does not know its width makes the spinner run wild.
  const spins = err.isTTY === true && (err.columns ?? 0) > 0;
  const spinner = ora({ stream: err, isEnabled: spins, discardStdin: false });
  return {
    begins: ({ title }) => {
      if (spins) spinner.start(title);
    },
    ends: (diagnosis) => {
      spinner.stop();
      out.write(`${linesOf(diagnosis, out)}\n`);
    },
    interrupt: (write) => {
      spinner.stop();
      write();
    },
  };
}
