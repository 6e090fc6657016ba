/**
 * The sandbox's actions, lists and limits behind an HTTP server of their own, for as many people and devices as wanted:
 * whoever brings a token sees what is theirs.
 */
import type { ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Instant } from '../../src/domain/instant.ts';
import { known } from '../build/ids.ts';
import { DefenderActions, isOpen, type MachineAction } from '../sandbox/defender-actions.ts';
import { DefenderLists } from '../sandbox/defender-lists.ts';
import { wireMachine } from '../sandbox/defender-machines.ts';
import { defaultSwitches } from '../sandbox/defender-switches.ts';
import { type Device, fineDevice, type Progress } from '../sandbox/devices.ts';
import { Journal } from '../sandbox/journal.ts';
import { RateWindows } from '../sandbox/rate-windows.ts';
import { type Heard, json, type WireServer, wireServer } from '../src/adapters/defender/wire-server.ts';

/** A row of the table of limits, as far as following and submitting need it. */
export type Api = 'collect' | 'action' | 'actions' | 'device';

/** A call that arrived. */
export interface ArrivedCall {
  readonly api: Api;
  readonly at: Instant;
  readonly requestor: string;
  /** With 429. */
  readonly refused: boolean;
}

const comment = z.object({ Comment: z.string().min(1) });
const paths: readonly (readonly [Api, RegExp])[] = [
  ['collect', /^POST \/api\/machines\/([0-9a-f]{40})\/collectInvestigationPackage$/],
  ['device', /^GET \/api\/machines\/([0-9a-f]{40})$/],
  ['actions', /^GET \/api\/machineactions$/],
  ['action', /^GET \/api\/machineactions\/([0-9a-f-]{36})$/],
];

/** How Defender calls whoever has this token. */
export function requestorOf(oid: string): string {
  return `${oid}@corp.example`;
}

/** Defender on a simulated clock. */
export class SimulatedDefender {
  readonly calls: ArrivedCall[] = [];
  /** CPU time of this thread that went into answering, in milliseconds: not the product's. */
  cpuMs = 0;
  readonly #now: () => Instant;
  readonly #actions: DefenderActions;
  readonly #lists: DefenderLists;
  readonly #windows: RateWindows;
  readonly #byRequestor = new Map<string, MachineAction[]>();
  #server: WireServer | undefined;

  constructor(now: () => Instant) {
    const switches = {
      ...defaultSwitches(),
      progress: { pendingMs: 30_000, inProgressMs: 90_000, end: 'Succeeded' as const },
    };
    this.#now = now;
    this.#actions = new DefenderActions(switches, new Journal(), now);
    this.#lists = new DefenderLists(switches, now);
    this.#windows = new RateWindows(switches.limits, now);
  }

  async listen(): Promise<string> {
    this.#server = await wireServer((response, heard) => {
      const before = process.threadCpuUsage();
      this.#answer(response, heard);
      const { user, system } = process.threadCpuUsage(before);
      this.cpuMs += (user + system) / 1_000;
    });
    return this.#server.url;
  }

  async close(): Promise<void> {
    await this.#server?.close();
  }

  /** How often a device was asked to collect, and Defender said yes. */
  started(device: string): number {
    return this.#actions.all.filter((action) => action.device.id === device).length;
  }

  /** An action that began at `createdAt`, with a course of its own. */
  begin(device: string, oid: string, text: string, createdAt: Instant, progress: Progress): MachineAction {
    return this.#create({ ...aMachine(device), progress }, requestorOf(oid), text, createdAt);
  }

  #create(device: Device, requestor: string, text: string, createdAt: Instant): MachineAction {
    const action = this.#actions.create(device, requestor, text, createdAt);
    this.#byRequestor.set(requestor, [...(this.#byRequestor.get(requestor) ?? []), action]);
    return action;
  }

  #answer(response: ServerResponse, { method, url, headers, body }: Heard): void {
    const { pathname, searchParams } = new URL(url, 'http://defender');
    const [api, id] = routeOf(`${method} ${pathname}`);
    const requestor = requestorOf(headers.authorization?.split(' ').at(-1) ?? '');
    const wait = this.#windows.take(api);
    this.calls.push({ api, at: this.#now(), requestor, refused: wait !== undefined });
    if (wait !== undefined) {
      const error = { error: { code: 'TooManyRequests', message: '' } };
      json(response, 429, error, { 'retry-after': String(Math.ceil(wait / 1_000)) });
      return;
    }
    const own = this.#byRequestor.get(requestor) ?? [];
    const answer = { status: 200, body: {}, ...this.#serve(api, id, searchParams, own, requestor, body) };
    json(response, answer.status, answer.body);
  }

  #serve(api: Api, id: string, query: URLSearchParams, own: readonly MachineAction[], requestor: string, body: string) {
    switch (api) {
      case 'device':
        return { body: wireMachine(aMachine(id), this.#now()) };
      case 'actions':
        return this.#lists.actions(query, own, this.#actions);
      case 'action':
        return { body: this.#actions.wire(known(own.find((action) => action.id === id))) };
      case 'collect':
        return this.#collect(id, requestor, comment.parse(JSON.parse(body)).Comment);
    }
  }

  #collect(id: string, requestor: string, text: string) {
    const running = this.#actions.all.find(({ device }) => device.id === id);
    if (running !== undefined && isOpen(this.#actions.status(running).word)) {
      return { status: 400, body: { error: { code: 'ActiveRequestAlreadyExists', message: '' } } };
    }
    return { status: 201, body: this.#actions.wire(this.#create(aMachine(id), requestor, text, this.#now())) };
  }
}

function routeOf(line: string): readonly [Api, string] {
  for (const [api, pattern] of paths) {
    const found = pattern.exec(line);
    if (found !== null) return [api, found[1] ?? ''];
  }
  throw new Error(`nobody was to ask Defender for ${line}`);
}

function aMachine(id: string): Device {
  return { ...fineDevice, id, computerDnsName: `pc-${id.slice(-8)}.corp.example` };
}
