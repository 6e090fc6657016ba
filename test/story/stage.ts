/** One sandbox and one bot for a suite of stories; each story starts with a clean memory of the people in it. */
import { embeddedDirectory } from '../build/embedded-directory.ts';
import { type Sandbox, startSandbox } from '../sandbox/sandbox.ts';
import { freshDatabase } from '../src/adapters/store/postgres-server.ts';
import { type BotProcess, startBot } from './bot-process.ts';

/** Where stories play. */
export interface Stage {
  readonly sandbox: Sandbox;
  bot: BotProcess;
  /** Starts the bot again on the same store, for instance after a kill. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** Sets the stage: the sandbox, a database on PostgreSQL, the real server. */
export async function openStage(
  options: Parameters<typeof startSandbox>[0] = {},
  environment: Readonly<Record<string, string>> = {},
): Promise<Stage> {
  return await openStageOn(await freshDatabase(), options, environment);
}

/** The same with the embedded store, whose start costs twice as much. */
export async function openEmbeddedStage(): Promise<Stage> {
  const directory = await embeddedDirectory();
  const stage = await openStageOn(directory.path, {}, {});
  const { close } = stage;
  stage.close = async () => {
    await close();
    await directory.remove();
  };
  return stage;
}

async function openStageOn(
  databaseUrl: string,
  options: Parameters<typeof startSandbox>[0],
  environment: Readonly<Record<string, string>>,
): Promise<Stage> {
  const sandbox = await startSandbox(options);
  const start = async () => {
    const bot = await startBot({ environment: { ...sandbox.environment(), ...environment }, databaseUrl });
    sandbox.setBotUrl(bot.messagesUrl);
    return bot;
  };
  const stage: Stage = {
    sandbox,
    bot: await start(),
    restart: async () => {
      stage.bot = await start();
    },
    close: async () => {
      await stage.bot.stop();
      await sandbox.stop();
    },
  };
  return stage;
}
