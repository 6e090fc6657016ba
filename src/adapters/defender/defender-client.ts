import type { CallPriority, CallWish } from '../../domain/call-budget.ts';
import type { DefenderResult } from '../../domain/defender-failure.ts';
import type { DeviceId, MachineActionId } from '../../domain/ids.ts';
import { type Instant, second } from '../../domain/instant.ts';
import type { DefenderToken, PackageLink } from '../../domain/secret.ts';
import type { Defender, DefenderBudget, Log } from '../../ports.ts';
import { collectionType, parseAction, parseDevice, parseLinkValue } from './bodies.ts';
import { createDefenderHttp, type DefenderCall, type DefenderHttp, readRepeats } from './defender-http.ts';
import { findDevices, findNearDevices } from './device-search.ts';
import { readList } from './list-pages.ts';
import type { Condition } from './odata.ts';
import { checkPackageLink } from './package-link.ts';

/** Where Defender is. */
export interface DefenderOptions {
  /** `https://<host>`, without `/api`. */
  readonly apiUrl: string;
  /** Hosts, with the port where there is one, that a package link may name besides Microsoft's own. */
  readonly packageHosts?: readonly string[];
  /** What Defender allows, shared by all replicas. */
  readonly budget: DefenderBudget;
  /** Who waits for the answers of this client. */
  readonly priority: CallPriority;
  readonly log: Log;
}

/** Of everybody's collections nobody looks at more: 5,000. */
const enoughForEverybody = 5;
/** How long an answer to a cancel is awaited. */
const cancelPatience = 10 * second;

/** Defender for Endpoint over HTTPS. What the wire does comes back as a `DefenderFailure`; a throw is a fault of ours. */
export function createDefender({ apiUrl, packageHosts = [], budget, priority, log }: DefenderOptions): Defender {
  const http = createDefenderHttp(budget, log);
  const base = apiUrl.replace(/\/+$/, '');
  const machines = new URL(`${base}/api/machines`);
  const actions = new URL(`${base}/api/machineactions`);
  return {
    device: (token, id) =>
      ask(http, token, get(base, { api: 'device', priority }, '/api/machines/{id}', id), (body) =>
        only(parseDevice(body), id),
      ),
    devicesNamed: (token, name) => findDevices({ http, log, token, machines, priority }, name),
    devicesNear: (token, name) => findNearDevices({ http, log, token, machines, priority }, name),
    collect: (token, id, comment, sendBefore) => {
      const wish = { api: 'collect', priority, turnOf: id } as const;
      const path = '/api/machines/{id}/collectInvestigationPackage';
      return ask(http, token, post(base, wish, path, id, comment, sendBefore), (body) => parseAction(body, id));
    },
    action: (token, id) =>
      ask(http, token, get(base, { api: 'action', priority }, '/api/machineactions/{id}', id), (body) =>
        only(parseAction(body), id),
      ),
    actionsOnDevice: (token, id, since) => {
      const list = collections(actions, priority, [{ operator: 'eq', field: 'machineId', value: id }], since);
      return readList(http, log, token, { ...list, parse: (row) => parseAction(row, id) });
    },
    actionsOfRequestor: (token, requestor, since) => {
      const list = collections(actions, priority, [{ operator: 'eq', field: 'requestor', value: requestor }], since);
      return readList(http, log, token, { ...list, parse: (row) => parseAction(row) });
    },
    actionsSince: (token, since) => {
      const list = collections(actions, priority, [], since);
      return readList(http, log, token, { ...list, enoughPages: enoughForEverybody, parse: (row) => parseAction(row) });
    },
    cancel: (token, id, comment) => {
      const [wish, sendBefore] = [{ api: 'cancel', priority } as const, performance.now() + cancelPatience];
      const call = post(base, wish, '/api/machineactions/{id}/cancel', id, comment, sendBefore);
      return ask(http, token, call, (body) => only(parseAction(body), id));
    },
    packageLink: (token, id) => {
      // Two a minute are allowed, so this read is not repeated.
      const path = '/api/machineactions/{id}/getPackageUri';
      const call = { ...get(base, { api: 'packageLink', priority }, path, id), repeats: 0 };
      return ask(http, token, call, (body) => readLink(body, packageHosts, log));
    },
  };
}

/** Sends a call whose answer is one thing; a body that is not that thing is `unreadable`. */
async function ask<Value>(
  http: DefenderHttp,
  token: DefenderToken,
  call: DefenderCall,
  parse: (body: unknown) => Value | undefined,
): Promise<DefenderResult<Value>> {
  const answer = await http.send(token, call);
  if (!answer.ok) return { ok: false, failure: answer.failure };
  const value = parse(answer.body);
  if (value !== undefined) return { ok: true, value };
  return { ok: false, failure: { kind: 'unreadable', status: answer.status } };
}

/** An answer about something else is no answer. */
function only<Value extends { readonly id: string }>(value: Value | undefined, id: Value['id']): Value | undefined {
  return value?.id === id ? value : undefined;
}

function get(base: string, wish: CallWish, path: string, id: DeviceId | MachineActionId) {
  return { method: 'GET', wish, path, url: new URL(base + path.replace('{id}', id)), repeats: readRepeats } as const;
}

function post(
  base: string,
  wish: CallWish,
  path: string,
  id: DeviceId | MachineActionId,
  Comment: string,
  sendBefore: number,
) {
  return {
    method: 'POST',
    wish,
    path,
    url: new URL(base + path.replace('{id}', id)),
    body: { Comment },
    sendBefore,
  } as const;
}

function collections(url: URL, priority: CallPriority, whose: readonly Condition[], since: Instant | undefined) {
  const conditions: readonly Condition[] = [
    { operator: 'eq', field: 'type', value: collectionType },
    ...whose,
    ...(since === undefined ? [] : [{ operator: 'ge', field: 'creationDateTimeUtc', value: since } as const]),
  ];
  return { wish: { api: 'actions', priority } as const, url, path: '/api/machineactions', conditions };
}

function readLink(body: unknown, packageHosts: readonly string[], log: Log): PackageLink | undefined {
  const value = parseLinkValue(body);
  if (value === undefined) return undefined;
  const check = checkPackageLink(value, packageHosts);
  if (check.ok) return check.link;
  const host = check.why === 'otherHost' ? { host: check.host } : {};
  log.error({ call: 'defender', why: check.why, ...host }, 'A package link was not handed out');
  return undefined;
}
