/** The real server as a child process, as an operator would start it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import getPort from 'get-port';
import { compileCache } from '../build/cache.ts';

const root = join(import.meta.dirname, '..', '..');
/** The sources; `npm test` says `dist/main.js`, which it has built before: what ships is what is tested. */
const usualProgram = process.env.BOT_PROGRAM ?? 'bot/main.ts';

/** A running bot. */
export interface BotProcess {
  /** `http://127.0.0.1:<port>/api/messages` */
  readonly messagesUrl: string;
  readonly url: string;
  /** What it wrote, line by line, standard output and error alike. */
  readonly lines: readonly string[];
  /** Resolves when a line of the log has this text, now or later; rejects when the process ends before, with its last words. */
  says(text: string): Promise<void>;
  /** SIGTERM, and waits for the end. Gives back the exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL, and waits for the end. */
  kill(): Promise<void>;
  /** SIGSTOP: it stands still, its clocks do not. */
  pause(): void;
  /** SIGCONT. */
  resume(): void;
}

/** How to start it. */
export interface BotOptions {
  readonly environment: Readonly<Record<string, string>>;
  /** `postgres://…` or a directory. */
  readonly databaseUrl: string;
  readonly port?: number;
  /** Arguments for Node itself. */
  readonly nodeArguments?: readonly string[];
  /** The folder of the sources; this project by default. */
  readonly sources?: string;
  /** What to start, within that folder. */
  readonly program?: string;
}

/** Starts it and waits until it works. Throws with the end of its log when it does not come up. */
export async function startBot(options: BotOptions): Promise<BotProcess> {
  const bot = await spawnBot(options);
  await bot.says('"msg":"working"');
  return bot;
}

/** Starts it, and does not wait for anything. */
export async function spawnBot({
  environment,
  databaseUrl,
  port,
  nodeArguments = [],
  sources = root,
  program = usualProgram,
}: BotOptions): Promise<BotProcess> {
  const listenAt = String(port ?? (await getPort()));
  const child = spawn(process.execPath, [...nodeArguments, program], {
    cwd: sources,
    env: {
      PATH: process.env.PATH,
      FOLLOW_INTERVAL_SECONDS: '1',
      // Several bots on one machine: only the story about numbers listens for whoever asks for them.
      METRICS_PORT: '0',
      // Some thirty starts of the same sources: each is a third of a second shorter than the first.
      NODE_COMPILE_CACHE: compileCache,
      ...environment,
      HOST: '127.0.0.1',
      PORT: listenAt,
      DATABASE_URL: databaseUrl,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines = new Lines(child);
  const url = `http://127.0.0.1:${listenAt}`;
  return {
    url,
    messagesUrl: `${url}/api/messages`,
    lines: lines.all,
    says: (text) => lines.has(text),
    stop: () => end(child, 'SIGTERM'),
    kill: async () => {
      await end(child, 'SIGKILL');
    },
    pause: () => {
      child.kill('SIGSTOP');
    },
    resume: () => {
      child.kill('SIGCONT');
    },
  };
}

/** The log, as it grows. */
class Lines {
  readonly all: string[] = [];
  readonly #news = new EventEmitter().setMaxListeners(0);
  readonly #child: ChildProcess;

  constructor(child: ChildProcess) {
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) {
      if (stream === null) continue;
      createInterface(stream).on('line', (line) => {
        this.all.push(line);
        this.#news.emit('news');
      });
    }
    child.once('close', () => this.#news.emit('news'));
  }

  has(text: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const isThere = this.all.some((line) => line.includes(text));
        const { exitCode, signalCode } = this.#child;
        const isOver = exitCode !== null || signalCode !== null;
        if (!isThere && !isOver) return;
        this.#news.off('news', look);
        const last = this.all.slice(-20).join('\n');
        if (isThere) resolve();
        else reject(new Error(`the bot ended (${exitCode ?? signalCode}) without saying ${text}:\n${last}`));
      };
      this.#news.on('news', look);
      look();
    });
  }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = once(child, 'exit');
    child.kill(signal);
    // One that stands still hears nothing but SIGKILL.
    child.kill('SIGCONT');
    await ended;
  }
  return child.exitCode;
}
