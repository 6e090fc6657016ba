/** The bot's process in a crash test: killed and started again on one store. */
import { type BotOptions, type BotProcess, spawnBot } from '../story/bot-process.ts';

export class Life {
  readonly #options: BotOptions;
  readonly #onStart: (bot: BotProcess) => void;
  #process: Promise<BotProcess>;
  #working: Promise<void>;

  /**
   * @param options of the first start and of every later one
   * @param onStart called with each process as soon as it works
   */
  constructor(options: BotOptions, onStart: (bot: BotProcess) => void) {
    this.#options = options;
    this.#onStart = onStart;
    this.#process = spawnBot(options);
    this.#working = this.#work(this.#process);
  }

  /** Resolves when the bot works: at once, or after the start that is under way. Throws when that start fails. */
  async alive(): Promise<void> {
    for (;;) {
      const working = this.#working;
      try {
        await working;
      } catch (error) {
        // A start that was killed has been followed by another.
        if (working === this.#working) throw error;
      }
      if (working === this.#working) return;
    }
  }

  /** SIGKILL, also in the middle of a start, then a new start on the same store. Resolves when that works. */
  async killAndRestart(whileDead: () => void = () => undefined): Promise<void> {
    const before = this.#process;
    // Set before the kill: whoever notices the dead connection waits for the new process.
    this.#process = before.then(async (bot) => {
      await bot.kill();
      whileDead();
      return await spawnBot(this.#options);
    });
    this.#working = this.#work(this.#process);
    await this.alive();
  }

  /** SIGTERM. Gives back the exit code and the log. */
  async stop(): Promise<{ readonly code: number | null; readonly lines: readonly string[] }> {
    const bot = await this.#process;
    return { code: await bot.stop(), lines: bot.lines };
  }

  #work(started: Promise<BotProcess>): Promise<void> {
    const working = started.then(async (bot) => {
      await bot.says('"msg":"working"');
      this.#onStart(bot);
    });
    // Who waits for it hears of a failed start; nobody may wait just now.
    working.catch(() => undefined);
    return working;
  }
}
