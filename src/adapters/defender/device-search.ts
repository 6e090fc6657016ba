import leven from 'leven';
import type { CallPriority } from '../../domain/call-budget.ts';
import type { DefenderResult } from '../../domain/defender-failure.ts';
import type { Device } from '../../domain/device.ts';
import type { DefenderToken } from '../../domain/secret.ts';
import type { Log } from '../../ports.ts';
import { parseDevice } from './bodies.ts';
import type { DefenderHttp } from './defender-http.ts';
import { type List, readList } from './list-pages.ts';
import type { Condition } from './odata.ts';

/** More devices of one name than a person can choose from. */
const mostDevices = 16;

/** Where and as whom devices are searched. */
export interface SearchOptions {
  readonly http: DefenderHttp;
  readonly log: Log;
  readonly token: DefenderToken;
  /** The list's address. */
  readonly machines: URL;
  /** Who waits for it. */
  readonly priority: CallPriority;
}

/**
 * Devices of a computer name: those called exactly that, and those whose first label it is (`name.`). Names are not
 * unique. Defender keeps them in lower case, but for what a device reports otherwise; only when lower case finds
 * nothing is the name searched as it was typed.
 * @returns newest report first, at most 16
 */
export async function findDevices(options: SearchOptions, name: string): Promise<DefenderResult<readonly Device[]>> {
  const found = new Map<string, Device>();
  for (const spelling of new Set([name.toLowerCase(), name])) {
    if (found.size > 0) break;
    for (const condition of spellings(spelling)) {
      const result = await readList(options.http, options.log, options.token, listOf(options, condition));
      if (!result.ok) return result;
      for (const device of result.value) found.set(device.id, device);
    }
  }
  return { ok: true, value: newestFirst([...found.values()]).slice(0, mostDevices) };
}

/**
 * Devices whose name is like one that nobody has: those that begin as it does, first with all but its last two letters,
 * then with its first half. One page is enough to help somebody who mistyped.
 * @returns the nearest first, at most 16
 */
export async function findNearDevices(
  options: SearchOptions,
  name: string,
): Promise<DefenderResult<readonly Device[]>> {
  const wanted = firstLabel(name);
  for (const length of new Set([wanted.length - 2, Math.ceil(wanted.length / 2)])) {
    if (length < shortestPrefix) continue;
    const condition = { operator: 'startswith', field: 'computerDnsName', value: wanted.slice(0, length) } as const;
    const list = { ...listOf(options, condition), enoughPages: 1 };
    const result = await readList(options.http, options.log, options.token, list);
    if (!result.ok) return result;
    const near = nearest(result.value, wanted);
    if (near.length > 0) return { ok: true, value: near };
  }
  return { ok: true, value: [] };
}

/** Fewer letters begin too many names. */
const shortestPrefix = 3;

/** Names that differ in more than a third of their letters are no slips of the keyboard. */
function nearest(devices: readonly Device[], wanted: string): readonly Device[] {
  const most = Math.max(2, Math.floor(wanted.length / 3));
  return newestFirst(devices)
    .map((device) => ({ device, distance: leven(firstLabel(device.name), wanted) }))
    .filter(({ distance }) => distance <= most)
    .toSorted((one, other) => one.distance - other.distance)
    .slice(0, mostDevices)
    .map(({ device }) => device);
}

/** The computer name of an FQDN, in the case in which Defender keeps it. */
function firstLabel(name: string): string {
  return (name.split('.')[0] ?? name).toLowerCase();
}

function newestFirst(devices: readonly Device[]): readonly Device[] {
  return devices.toSorted((one, other) => (other.lastSeen ?? 0) - (one.lastSeen ?? 0));
}

function listOf({ machines, priority }: SearchOptions, condition: Condition): List<Device> {
  const wish = { api: 'devices', priority } as const;
  return { wish, url: machines, path: '/api/machines', conditions: [condition], parse: parseDevice };
}

function spellings(name: string): readonly Condition[] {
  return [
    { operator: 'eq', field: 'computerDnsName', value: name },
    { operator: 'startswith', field: 'computerDnsName', value: `${name}.` },
  ];
}
