/** The real server as a child process, as an operator would start it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import getPort from 'get-port';

const root = join(import.meta.dirname, '..', '..');

/** A running bot. */
export interface BotProcess {
  /** `http://127.0.0.1:<port>/api/messages` */
  readonly messagesUrl: string;
  readonly url: string;
  /** What it wrote, line by line, standard output and error alike. */
  readonly lines: readonly string[];
  /** SIGTERM, and waits for the end. Gives back the exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL, and waits for the end. */
  kill(): Promise<void>;
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
}

/** Starts `bot/main.ts` and waits until it works. Throws with the end of its log when it does not come up. */
export async function startBot({
  environment,
  databaseUrl,
  port,
  nodeArguments = [],
  sources = root,
}: BotOptions): Promise<BotProcess> {
  const listenAt = String(port ?? (await getPort()));
  const child = spawn(process.execPath, [...nodeArguments, join('bot', 'main.ts')], {
    cwd: sources,
    env: {
      PATH: process.env.PATH,
      FOLLOW_INTERVAL_SECONDS: '1',
      ...environment,
      HOST: '127.0.0.1',
      PORT: listenAt,
      DATABASE_URL: databaseUrl,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  await working(child, lines);
  const url = `http://127.0.0.1:${listenAt}`;
  return {
    url,
    messagesUrl: `${url}/api/messages`,
    lines,
    stop: () => end(child, 'SIGTERM'),
    kill: async () => {
      await end(child, 'SIGKILL');
    },
  };
}

/** Resolves on the log line that says so; a process that dies first is an error with its last words. */
function working(child: ChildProcess, lines: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      if (stream === null) continue;
      createInterface(stream).on('line', (line) => {
        lines.push(line);
        if (line.includes('"msg":"working"')) resolve();
      });
    }
    child.once('exit', (code, signal) => {
      reject(new Error(`the bot ended (${code ?? signal}) before it worked:\n${lines.slice(-20).join('\n')}`));
    });
  });
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }
  return child.exitCode;
}
