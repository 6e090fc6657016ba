/** `npm run demo`: Collector in a chat window on this machine. `-- --script` tells the story as text instead. */
import { parseArgs } from 'node:util';
import { demandFreePort, PortInUseError } from './ports.ts';

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
      return await open(wanted.port);
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

/** The large parts are loaded once it is clear that they are wanted: a mistake is told at once. */
async function open(port: number): Promise<number> {
  try {
    await demandFreePort(port);
  } catch (error) {
    if (!(error instanceof PortInUseError)) throw error;
    console.error(error.message);
    return 1;
  }
  const { show } = await import('./terminal.ts');
  return await show(port);
}

async function tell(): Promise<number> {
  const { exitCodeOf, playStory } = await import('./scripted-story.ts');
  const end = await playStory({ deviceEnds: 'Succeeded', nodeArguments: process.execArgv });
  const { collected, transcript, fault } = end;
  console.log(`${transcript}\n`);
  if (fault !== undefined) console.error(fault);
  console.log(collected ? 'The package was collected.' : 'The package was NOT collected.');
  return exitCodeOf(end);
}
