/** Microsoft's Agents Playground as a child process that reaches nothing beyond this machine. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { configurationFile } from './playground-files.ts';
import { demandFreePort } from './ports.ts';

const cli = createRequire(import.meta.url).resolve('@microsoft/m365agentsplayground/cli.js');

/** How to start it. */
export interface PlaygroundOptions {
  readonly port: number;
  /** What stands in its configuration file. */
  readonly configuration: string;
  /** Where it sends what people do: the gateway. */
  readonly botEndpoint: string;
  /** A file that gets every network target of its process, one a line. */
  readonly record?: string;
}

/** A running Playground. */
export interface Playground {
  /** The page to open. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts it and waits until its page can be had. Throws `PortInUseError`, or an error with its last words. */
export async function startPlayground(options: PlaygroundOptions): Promise<Playground> {
  const { port, configuration, botEndpoint } = options;
  await demandFreePort(port);
  const directory = await mkdtemp(join(tmpdir(), 'collector-playground-'));
  await writeFile(join(directory, configurationFile), configuration);
  const child = spawn(process.execPath, [...guards(options.record), ...commandLine(port, botEndpoint)], {
    cwd: directory,
    env: { PATH: process.env.PATH, HOME: directory, ...quiet },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stop = async () => {
    await end(child);
    await rm(directory, { recursive: true, force: true });
  };
  try {
    await listening(child, port);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: `http://127.0.0.1:${port}`, stop };
}

/** It opens no browser, and its telemetry library does not report about itself, which `--dt` alone does not stop. */
const quiet = { TEAMSAPPTESTER_BROWSER: 'none', APPLICATION_INSIGHTS_NO_STATSBEAT: 'true' };

function guards(record: string | undefined): readonly string[] {
  const loopbackOnly = new URL('./loopback-only.ts', import.meta.url);
  if (record !== undefined) loopbackOnly.searchParams.set('record', record);
  return ['--import', loopbackOnly.href, '--import', new URL('./playground-guard.ts', import.meta.url).href];
}

function commandLine(port: number, botEndpoint: string): readonly string[] {
  return [cli, 'start', '--app-endpoint', botEndpoint, '--channel-id', 'msteams', '--port', `${port}`, '--dt'];
}

/** It says where it listens, which is another port than asked for if somebody was quicker. */
function listening(child: ChildProcess, port: number): Promise<void> {
  const lines: string[] = [];
  return new Promise((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`The Agents Playground ${why}:\n${lines.slice(-20).join('\n')}`));
    for (const stream of [child.stdout, child.stderr]) {
      if (stream === null) continue;
      createInterface(stream).on('line', (line) => {
        lines.push(line);
        const said = /Listening on (\d+)/.exec(line)?.[1];
        if (said === `${port}`) resolve();
        else if (said !== undefined) fail(`listens on ${said} instead of ${port}`);
      });
    }
    child.once('error', (cause) => reject(new Error('The Agents Playground cannot be started.', { cause })));
    child.once('exit', (code, signal) => fail(`ended (${code ?? signal}) before it listened`));
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}
