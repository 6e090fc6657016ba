/** Sandbox, bot, gateway and Playground, all started and all stopped together. */
import { type EmbeddedDirectory, embeddedDirectory } from '../build/embedded-directory.ts';
import { mia } from '../sandbox/people.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../sandbox/sandbox.ts';
import { startBot } from '../story/bot-process.ts';
import { openGateway } from './gateway.ts';
import { startPlayground } from './playground.ts';
import { playgroundConfiguration } from './playground-files.ts';
import { demandFreePort } from './ports.ts';

/** How the demo is started. */
export interface LiveDemoOptions {
  /** Of the Playground's page. */
  readonly port: number;
  /** Hears what is being started, one line a step. */
  readonly onStep?: (step: string) => void;
  /** Hears of what could not be shown in the Playground. */
  readonly onFault: (fault: Error) => void;
  readonly defender?: SandboxOptions['defender'];
  /** Where every network target of the Playground's own process is written down. */
  readonly record?: string;
}

/** A demo that runs. */
export interface LiveDemo {
  /** The page to open. */
  readonly url: string;
  /** Where the bot listens. */
  readonly botUrl: string;
  readonly sandbox: Sandbox;
  /** Ends every process and removes what was written. */
  stop(): Promise<void>;
}

/** Long enough that one sees each status on the card, short enough that nobody waits. */
const unhurried = { pendingMs: 3_000, inProgressMs: 3_000, end: 'Succeeded' } as const;

/** Starts all of it. Throws `PortInUseError`, or what kept a part from starting; then nothing is left running. */
export async function startLiveDemo(options: LiveDemoOptions): Promise<LiveDemo> {
  const { port, onStep = () => undefined, onFault } = options;
  await demandFreePort(port);
  const started: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const each of started.toReversed()) await each();
    started.length = 0;
  };
  const keep = <Part>(part: Part, end: () => Promise<unknown>): Part => {
    started.push(end);
    return part;
  };
  try {
    onStep('Starting the sandbox: Entra, Bot Framework, Token Service, Defender');
    const sandbox = await startSandbox({ defender: { progress: unhurried, ...options.defender } });
    keep(sandbox, () => sandbox.stop());
    const gateway = await openGateway(sandbox, mia, onFault);
    keep(gateway, () => gateway.close());
    onStep('Preparing the bot’s store');
    const directory: EmbeddedDirectory = await embeddedDirectory();
    keep(directory, () => directory.remove());
    onStep('Starting the bot and Microsoft’s Agents Playground');
    const [bot, playground] = await Promise.allSettled([
      startBot({ environment: sandbox.environment(), databaseUrl: directory.path }).then((each) =>
        keep(each, () => each.stop()),
      ),
      startPlayground({
        port,
        configuration: playgroundConfiguration(mia, sandbox.places),
        botEndpoint: gateway.botEndpoint,
        ...(options.record !== undefined && { record: options.record }),
      }).then((each) => keep(each, () => each.stop())),
    ]);
    if (bot.status === 'rejected') throw bot.reason;
    if (playground.status === 'rejected') throw playground.reason;
    sandbox.setBotUrl(bot.value.messagesUrl);
    gateway.show(playground.value.url);
    return { url: playground.value.url, botUrl: bot.value.url, sandbox, stop };
  } catch (cause) {
    await stop();
    throw cause;
  }
}
