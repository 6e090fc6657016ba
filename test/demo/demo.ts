/** `npm run demo`: Collector in a chat window on this machine. `-- --script` tells the story as text instead. */
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import ora from 'ora';
import { busyDevice, fineDevice, hiddenDevice } from '../sandbox/devices.ts';
import { callText } from './call-text.ts';
import { type LiveDemo, startLiveDemo } from './live-demo.ts';
import { PortInUseError } from './ports.ts';
import { exitCodeOf, playStory } from './scripted-story.ts';

const defaultPort = 56_150;
const usage = `npm run demo                     Collector in a chat window
npm run demo -- --port 56250     on another port
npm run demo -- --script         the story as text, without a window`;

process.exitCode = await main();

async function main(): Promise<number> {
  const wanted = readArguments();
  switch (wanted.kind) {
    case 'script':
      return await tell();
    case 'window':
      return await show(wanted.port);
    case 'unknown':
      console.error(`${wanted.fault}\n\n${usage}`);
      return 1;
  }
}

type Wanted =
  | { readonly kind: 'script' }
  | { readonly kind: 'window'; readonly port: number }
  | { readonly kind: 'unknown'; readonly fault: string };

function readArguments(): Wanted {
  try {
    const { values } = parseArgs({ options: { script: { type: 'boolean' }, port: { type: 'string' } } });
    const port = values.port === undefined ? defaultPort : Number(values.port);
    if (!Number.isInteger(port) || port < 1 || port > 65_535) {
      return { kind: 'unknown', fault: `--port ${values.port} is no port.` };
    }
    return values.script ? { kind: 'script' } : { kind: 'window', port };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return { kind: 'unknown', fault: error.message };
  }
}

async function tell(): Promise<number> {
  const end = await playStory({ deviceEnds: 'Succeeded', nodeArguments: process.execArgv });
  const { collected, transcript, fault } = end;
  console.log(`${transcript}\n`);
  if (fault !== undefined) console.error(fault);
  console.log(collected ? 'The package was collected.' : 'The package was NOT collected.');
  return exitCodeOf(end);
}

async function show(port: number): Promise<number> {
  const interrupted = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  let isOver = false;
  interrupted.then(() => {
    isOver = true;
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
  const spinner = ora({ isEnabled: process.stderr.isTTY, discardStdin: false });
  try {
    const demo = await startLiveDemo({
      port,
      onStep: (step) => {
        if (process.stderr.isTTY) spinner.start(step);
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
