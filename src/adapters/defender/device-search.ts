import type { CallPriority } from '../../domain/call-budget.ts';
import type { DefenderResult } from '../../domain/defender-failure.ts';
import type { Device } from '../../domain/device.ts';
import type { DefenderToken } from '../../domain/secret.ts';
import type { Log } from '../../ports.ts';
import { parseDevice } from './bodies.ts';
import type { DefenderHttp } from './defender-http.ts';
import { readList } from './list-pages.ts';
import type { Condition } from './odata.ts';

/** More devices of one name than a person can choose from. */
const mostDevices = 16;

/**
 * Devices of a computer name: those called exactly that, and those whose first label it is (`name.`). Names are not
 * unique. Defender keeps them in lower case, but for what a device reports otherwise; only when lower case finds
 * nothing is the name searched as it was typed.
 * @param machines the list's address
 * @param priority who waits for it
 * @returns newest report first, at most 16
 */
export async function findDevices(
  http: DefenderHttp,
  log: Log,
  token: DefenderToken,
  machines: URL,
  priority: CallPriority,
  name: string,
): Promise<DefenderResult<readonly Device[]>> {
  const found = new Map<string, Device>();
  for (const spelling of new Set([name.toLowerCase(), name])) {
    if (found.size > 0) break;
    for (const condition of spellings(spelling)) {
      const wish = { api: 'devices', priority } as const;
      const list = { wish, url: machines, path: '/api/machines', conditions: [condition], parse: parseDevice };
      const result = await readList(http, log, token, list);
      if (!result.ok) return result;
      for (const device of result.value) found.set(device.id, device);
    }
  }
  const newestFirst = [...found.values()].toSorted((one, other) => (other.lastSeen ?? 0) - (one.lastSeen ?? 0));
  return { ok: true, value: newestFirst.slice(0, mostDevices) };
}

function spellings(name: string): readonly Condition[] {
  return [
    { operator: 'eq', field: 'computerDnsName', value: name },
    { operator: 'startswith', field: 'computerDnsName', value: `${name}.` },
  ];
}
