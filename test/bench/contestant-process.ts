/** A bot that is measured, as a process. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import getPort from 'get-port';
import { ask } from './burst.ts';
import { type Contestant, root, titles } from './contestants.ts';
import { textOf } from './tasks.ts';
import type { World } from './world.ts';

/** It has answered its first activity. */
export interface Running {
  readonly pid: number;
  readonly port: number;
  /** From the start of the process to the arrival of its first reply, in milliseconds. */
  readonly coldMs: number;
  /** SIGTERM, and waits for the end; SIGKILL when that takes long. */
  stop(): Promise<void>;
}

/** Longest wait for the first answer: the embedded store's first start makes its files. */
const longestStart = 120_000;
/** How often it is tried whether it listens. */
const tryEvery = 4;

/**
 * Starts it, and asks until it answers.
 * @param folder where its log goes
 * @throws with the end of its log when it ends before, or does not answer
 */
export async function start(contestant: Contestant, world: World, folder: string): Promise<Running> {
  const port = await getPort();
  const logFile = join(folder, `${contestant.name}.log`);
  const log = await open(logFile, 'a');
  const [message] = world.crowd.next(1, textOf(contestant.keepsLimits ? 'help' : 'echo'));
  if (message === undefined) throw new Error('nobody has anything to say');
  const began = performance.now();
  const child = spawn(process.execPath, contestant.node, {
    cwd: root,
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      METRICS_PORT: '0',
      ...contestant.environment,
      PORT: String(port),
    },
    stdio: ['ignore', log.fd, log.fd],
  });
  try {
    await untilListening(child, port);
    const { repliedAt } = await ask({ port, ...world }, message);
    const { pid } = child;
    if (pid === undefined) throw new Error('it has no process');
    return { pid, port, coldMs: repliedAt - began, stop: () => end(child) };
  } catch (cause) {
    await end(child);
    const said = (await readFile(logFile, 'utf8')).slice(-4_000);
    throw new Error(`${titles[contestant.name]} does not answer:\n${said}`, { cause });
  } finally {
    await log.close();
  }
}

async function untilListening(child: ChildProcess, port: number): Promise<void> {
  const until = performance.now() + longestStart;
  while (performance.now() < until) {
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}`);
    if (await listens(port)) return;
    await delay(tryEvery);
  }
  throw new Error('it took too long');
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const killer = setTimeout(() => child.kill('SIGKILL'), 15_000);
  await ended;
  clearTimeout(killer);
}
