/** Where a process spent its time, read from a V8 CPU profile. */
import { z } from 'zod';

/** The parts of a `.cpuprofile` that are used (Chrome DevTools protocol, `Profiler.Profile`); times in microseconds. */
const cpuProfile = z.object({
  nodes: z.array(
    z.object({
      id: z.number(),
      callFrame: z.object({ functionName: z.string(), url: z.string(), lineNumber: z.number() }),
    }),
  ),
  startTime: z.number(),
  samples: z.array(z.number()),
  timeDeltas: z.array(z.number()),
});

/** The time that something took by itself. */
export interface SelfTime {
  readonly name: string;
  readonly ms: number;
}

/** What a profile says, the most expensive first. */
export interface Spent {
  readonly functions: readonly SelfTime[];
  readonly packages: readonly SelfTime[];
  /** Without the time at rest. */
  readonly busyMs: number;
}

/** Neither is work of the process. */
const rest = new Set(['(idle)', '(root)', '(program)']);

/**
 * Adds up the samples between two moments.
 * @param profile the text of the file
 * @param from microseconds of the machine's monotonic clock, as `process.hrtime` has it
 * @throws what zod throws when it is no profile
 */
export function spentIn(profile: string, from: number, to: number): Spent {
  const { nodes, startTime, samples, timeDeltas } = cpuProfile.parse(JSON.parse(profile));
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const functions = new Map<string, number>();
  const packages = new Map<string, number>();
  let busyMs = 0;
  let at = startTime;
  for (const [place, id] of samples.entries()) {
    const ms = (timeDeltas[place] ?? 0) / 1_000;
    at += timeDeltas[place] ?? 0;
    const frame = frames.get(id);
    if (frame === undefined || at < from || at > to || rest.has(frame.functionName)) continue;
    busyMs += ms;
    const owner = ownerOf(frame.url, frame.functionName);
    add(packages, owner, ms);
    add(functions, `${frame.functionName || '(anonymous)'} – ${fileOf(frame.url, frame.lineNumber) ?? owner}`, ms);
  }
  return { functions: sorted(functions), packages: sorted(packages), busyMs };
}

/** The npm package of a source, or which part of ours, or Node itself. */
export function ownerOf(url: string, functionName: string): string {
  if (functionName === '(garbage collector)') return 'garbage collector';
  const inPackage = /.*node_modules\/(?<name>@[^/]+\/[^/]+|[^/]+)\//.exec(url)?.groups?.name;
  if (inPackage !== undefined) return inPackage;
  if (url.startsWith('node:')) return 'node';
  if (url === '') return 'native';
  return `ours: ${/\/(?<room>bot|cards|src\/[^/]+|dist)\//.exec(url)?.groups?.room ?? 'other'}`;
}

function fileOf(url: string, line: number): string | undefined {
  if (url === '') return undefined;
  const inPackage = /.*\/node_modules\/(?<path>.*)/.exec(url)?.groups?.path;
  const ours = /\/(?<path>(?:bot|cards|src|dist)\/.*)/.exec(url)?.groups?.path;
  return `${inPackage ?? ours ?? url}:${line + 1}`;
}

function add(sums: Map<string, number>, name: string, ms: number): void {
  sums.set(name, (sums.get(name) ?? 0) + ms);
}

function sorted(sums: ReadonlyMap<string, number>): readonly SelfTime[] {
  return [...sums].map(([name, ms]) => ({ name, ms })).toSorted((one, other) => other.ms - one.ms);
}
