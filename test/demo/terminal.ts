/** The demo with a chat window, as a person sees it in a terminal. */
import ora from 'ora';
import { busyDevice, fineDevice, hiddenDevice } from '../sandbox/devices.ts';
import { callText } from './call-text.ts';
import { type LiveDemo, startLiveDemo } from './live-demo.ts';
import { PortInUseError } from './ports.ts';

/** Runs it until Ctrl-C. Resolves with the exit code once every process has ended. */
export async function show(port: number): Promise<number> {
  let isOver = false;
  // Listeners that stay: the spinner's library ends the process at once when it finds itself alone with a signal.
  const interrupted = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        isOver = true;
        resolve();
      });
    }
  });
  const demo = await start(port, () => isOver);
  if (demo === undefined) return isOver ? 0 : 1;
  if (!isOver) console.log(welcome(demo.url));
  demo.sandbox.journal.listen((event) => {
    const text = callText(event);
    if (text !== undefined) console.log(text);
  });
  await interrupted;
  console.log('\nStopping.');
  await demo.stop();
  return 0;
}

/** @returns undefined when it was said why there is none, or when it was ended meanwhile */
async function start(port: number, isOver: () => boolean): Promise<LiveDemo | undefined> {
  // A terminal that does not know its width makes the spinner run wild.
  const spins = process.stderr.isTTY && process.stderr.columns > 0;
  const spinner = ora({ isEnabled: spins, discardStdin: false });
  try {
    const demo = await startLiveDemo({
      port,
      onStep: (step) => {
        if (spins) spinner.start(step);
        else console.error(step);
      },
      onFault: (fault) => console.error(fault),
    });
    spinner.stop();
    return demo;
  } catch (error) {
    spinner.stop();
    if (!isOver()) console.error(error instanceof PortInUseError ? error.message : error);
    return undefined;
  }
}

function welcome(url: string): string {
  return `
Open ${url}

You are Mia Berg, who answers alerts. On the left choose the channel General. Type @, choose Collector, and go on with

  /collect ${fineDevice.id} suspicious logon, alert 1234
      her own workstation: sign in, Collect, and the package is there within a quarter of a minute
  /collect ${busyDevice.id} suspicious logon, alert 1235
      Omar Haddad collects there already: your request joins his
  /collect ${hiddenDevice.id} suspicious logon, alert 1236
      in a device group that Mia may not see, so the bot may not either

In Personal Chat the command alone is enough, and you are signed in without a click. /help shows the rest.
Each call to Defender appears here, with the identity that it ran under. Ctrl-C ends everything.
`;
}
