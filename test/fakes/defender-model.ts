import type { DefenderFailure, DefenderResult } from '../../src/domain/defender-failure.ts';
import type { Device } from '../../src/domain/device.ts';
import type { DeviceId, MachineActionId } from '../../src/domain/ids.ts';
import { type Instant, later, minute, second } from '../../src/domain/instant.ts';
import { isFinalStatus, type MachineAction } from '../../src/domain/machine-action.ts';
import { type DefenderToken, type PackageLink, Secret } from '../../src/domain/secret.ts';
import type { Defender } from '../../src/ports.ts';
import { aDevice } from '../build/device.ts';
import { machineActionId } from '../build/ids.ts';

/** What becomes of a call. */
export type Fate =
  | 'fine'
  /** Surely not sent. */
  | 'unsent'
  /** Lost on the way there: Defender knows nothing, and neither do we. */
  | 'lostBefore'
  /** Lost on the way back: Defender did it. */
  | 'lostAfter'
  /** Defender takes it 15 s later, when nobody waits any more. */
  | 'late'
  | 'throttled'
  | 'forbidden'
  | 'tokenRejected';

interface Kept {
  readonly action: MachineAction;
  readonly visibleFrom: Instant;
}

/**
 * Defender as far as a collection goes: one runs per device at a time, a second is refused with 400, lists lag by 8 s,
 * an action ends after 3 min. It has no idempotency key. `fate` says what becomes of each call.
 */
export class DefenderModel implements Defender {
  readonly #clock: () => Instant;
  readonly #wait: (ms: number) => void;
  readonly #kept: Kept[] = [];
  /** Asked before each call. */
  fate: () => Fate = () => 'fine';
  /** How long an action runs; an offline device never answers. */
  runsMs = 3 * minute;

  /** @param wait moves the clock while somebody waits for an answer */
  constructor(clock: () => Instant, wait: (ms: number) => void) {
    this.#clock = clock;
    this.#wait = wait;
  }

  /** Every action that was started, in order. */
  get started(): readonly MachineAction[] {
    return this.#kept.map(({ action }) => action);
  }

  async device(_token: DefenderToken, id: DeviceId): Promise<DefenderResult<Device>> {
    return this.#read(() => aDevice({ id }));
  }

  async devicesNamed(): Promise<DefenderResult<readonly Device[]>> {
    return this.#read(() => [aDevice()]);
  }

  async devicesNear(): Promise<DefenderResult<readonly Device[]>> {
    return this.#read(() => []);
  }

  async collect(
    token: DefenderToken,
    machineId: DeviceId,
    comment: string,
    sendBefore: number,
  ): Promise<DefenderResult<MachineAction>> {
    const fate = this.fate();
    if (fate === 'unsent' || this.#clock() >= sendBefore) return no({ kind: 'unanswered', sent: false });
    if (fate === 'lostBefore' || fate === 'late') {
      if (fate === 'late') this.#start(token, machineId, comment, later(this.#clock(), 15 * second));
      this.#wait(sendBefore - this.#clock());
      return no({ kind: 'unanswered', sent: true });
    }
    const refusal = refusalOf(fate);
    if (refusal !== undefined) return no(refusal);
    const running = this.#kept.some(
      ({ action }) => action.machineId === machineId && !isFinalStatus(this.#now(action).status),
    );
    if (running) return no(answered(400, { code: 'ActiveRequestAlreadyExists' }));
    const action = this.#start(token, machineId, comment, this.#clock());
    return fate === 'lostAfter' ? no({ kind: 'unanswered', sent: true }) : { ok: true, value: action };
  }

  async action(_token: DefenderToken, id: MachineActionId): Promise<DefenderResult<MachineAction>> {
    const found = this.#visible().find((action) => action.id === id);
    return this.#read(() => found, answered(404, { code: 'ResourceNotFound' }));
  }

  async actionsOnDevice(
    _token: DefenderToken,
    id: DeviceId,
    since: Instant | undefined,
  ): Promise<DefenderResult<readonly MachineAction[]>> {
    return this.#read(() =>
      this.#visible().filter(({ machineId, createdAt }) => machineId === id && createdAt >= (since ?? 0)),
    );
  }

  async actionsOfRequestor(
    _token: DefenderToken,
    name: string,
    since: Instant,
  ): Promise<DefenderResult<readonly MachineAction[]>> {
    return this.#read(() =>
      this.#visible().filter(({ requestor, createdAt }) => requestor === name && createdAt >= since),
    );
  }

  async actionsSince(_token: DefenderToken, since: Instant): Promise<DefenderResult<readonly MachineAction[]>> {
    return this.#read(() => this.#visible().filter(({ createdAt }) => createdAt >= since));
  }

  async cancel(): Promise<DefenderResult<MachineAction>> {
    throw new Error('No model of cancelling: no test needs one.');
  }

  async packageLink(): Promise<DefenderResult<PackageLink>> {
    return this.#read(() => new Secret('packageLink', 'https://package.example/'));
  }

  #read<Value>(read: () => Value | undefined, missing: DefenderFailure = answered(404)): DefenderResult<Value> {
    const fate = this.fate();
    const refusal = refusalOf(fate);
    if (refusal !== undefined) return no(refusal);
    if (fate !== 'fine') return no({ kind: 'unanswered', sent: fate !== 'unsent' });
    const value = read();
    return value === undefined ? no(missing) : { ok: true, value };
  }

  #start(token: DefenderToken, machineId: DeviceId, comment: string, createdAt: Instant): MachineAction {
    const id = machineActionId(this.#kept.length + 1);
    const action = { id, status: 'Pending', requestor: token.reveal(), comment, machineId, createdAt } as const;
    this.#kept.push({ action, visibleFrom: later(createdAt, 8 * second) });
    return action;
  }

  #visible(): readonly MachineAction[] {
    const now = this.#clock();
    return this.#kept.filter(({ visibleFrom }) => visibleFrom <= now).map(({ action }) => this.#now(action));
  }

  #now(action: MachineAction): MachineAction {
    return this.#clock() - action.createdAt >= this.runsMs ? { ...action, status: 'Succeeded' } : action;
  }
}

function refusalOf(fate: Fate): DefenderFailure | undefined {
  switch (fate) {
    case 'throttled':
      return answered(429, { retryAfterMs: 30 * second });
    case 'forbidden':
      return answered(403);
    case 'tokenRejected':
      return answered(401);
    case 'fine':
    case 'unsent':
    case 'lostBefore':
    case 'lostAfter':
    case 'late':
      return undefined;
  }
}

function answered(status: number, more: Partial<Extract<DefenderFailure, { kind: 'answered' }>> = {}): DefenderFailure {
  return { kind: 'answered', status, code: '', message: '', ...more };
}

function no(failure: DefenderFailure) {
  return { ok: false, failure } as const;
}
