import { randomUUID } from 'node:crypto';
import type { DefenderSwitches } from './defender-switches.ts';
import type { Device, Progress } from './devices.ts';
import type { Journal } from './journal.ts';
import type { JsonObject } from './json.ts';

/** The status words of defender-api.md, 'MachineAction'; a test may set any other to see that it is not taken for final. */
export type ActionStatus = 'Pending' | 'InProgress' | 'Succeeded' | 'Failed' | 'TimeOut' | 'Cancelled';

/** A machine action as Defender keeps it. Times are Defender's own, in milliseconds since 1970. */
export interface MachineAction {
  readonly id: string;
  readonly device: Device;
  readonly requestor: string;
  readonly comment: string;
  readonly createdAt: number;
  readonly progress: Progress;
  cancellation: { readonly requestor: string; readonly comment: string; readonly at: number } | undefined;
  /** A status that a test has set, with its time. */
  forced: { readonly status: string; readonly at: number } | undefined;
  /** The last status that was told to the journal. */
  told: string;
}

/** The collections of the tenant, and how they go on with time. */
export class DefenderActions {
  readonly #switches: DefenderSwitches;
  readonly #journal: Journal;
  readonly #now: () => number;
  readonly #actions: MachineAction[] = [];

  constructor(switches: DefenderSwitches, journal: Journal, now: () => number) {
    this.#switches = switches;
    this.#journal = journal;
    this.#now = now;
  }

  /** All actions, oldest first, also those that the lag still hides. */
  get all(): readonly MachineAction[] {
    return this.#actions;
  }

  /** The actions that GET and list show by now. */
  get visible(): readonly MachineAction[] {
    return this.#actions.filter((action) => action.createdAt + this.#switches.listLagMs <= this.#now());
  }

  create(device: Device, requestor: string, comment: string, createdAt = this.#now()): MachineAction {
    const action: MachineAction = {
      id: randomUUID(),
      device,
      requestor,
      comment,
      createdAt,
      progress: device.progress ?? this.#switches.progress,
      cancellation: undefined,
      forced: undefined,
      told: 'Pending',
    };
    this.#actions.push(action);
    this.#journal.add('defender.action.created', { id: action.id, machineId: device.id, requestor, comment });
    return action;
  }

  /** The action that still runs on a device, if any. */
  runningOn(device: Device): MachineAction | undefined {
    return this.#actions.findLast((action) => action.device === device && isOpen(this.status(action).word));
  }

  /** Sets a status by hand; it stays until the next one. Any word is allowed, also one that is not documented. */
  setStatus(action: MachineAction, status: string): void {
    action.forced = { status, at: this.#now() };
    this.#tell(action, status);
  }

  cancel(action: MachineAction, requestor: string, comment: string): void {
    action.cancellation = { requestor, comment, at: this.#now() };
  }

  /** The status by now, and since when. */
  status(action: MachineAction): { readonly word: string; readonly since: number } {
    const status = action.forced ? { word: action.forced.status, since: action.forced.at } : this.#course(action);
    this.#tell(action, status.word);
    return status;
  }

  /** The action as it goes over the wire (defender-api.md, 'MachineAction'). */
  wire(action: MachineAction): JsonObject {
    const { word, since } = this.status(action);
    const { deviceInAction, lastUpdateMember } = this.#switches;
    const { cancellation, device } = action;
    return {
      id: action.id,
      type: 'CollectInvestigationPackage',
      title: null,
      requestor: action.requestor,
      requestorComment: action.comment,
      status: word,
      machineId: deviceInAction ? device.id : null,
      computerDnsName: deviceInAction ? device.computerDnsName : null,
      creationDateTimeUtc: wireDate(action.createdAt),
      [lastUpdateMember]: wireDate(since),
      cancellationRequestor: cancellation?.requestor ?? null,
      cancellationComment: cancellation?.comment ?? null,
      cancellationDateTimeUtc: cancellation ? wireDate(cancellation.at) : null,
      errorHResult: word === 'Failed' ? -2147024891 : 0,
      scope: null,
      externalId: null,
      requestSource: 'PublicApi',
      relatedFileInfo: null,
      commands: [],
      troubleshootInfo: null,
    };
  }

  #course({ progress, createdAt, cancellation }: MachineAction): {
    readonly word: ActionStatus;
    readonly since: number;
  } {
    const now = this.#now();
    const started = createdAt + progress.pendingMs;
    const ended = started + progress.inProgressMs;
    const cancelled = cancellation ? cancellation.at + this.#switches.cancelLagMs : Number.POSITIVE_INFINITY;
    if (now >= cancelled && cancelled < ended) return { word: 'Cancelled', since: cancelled };
    if (now >= ended) return { word: progress.end, since: ended };
    return now >= started ? { word: 'InProgress', since: started } : { word: 'Pending', since: createdAt };
  }

  #tell(action: MachineAction, word: string): void {
    if (action.told === word) return;
    action.told = word;
    this.#journal.add('defender.action.changed', { id: action.id, machineId: action.device.id, status: word });
  }
}

/** True while Defender refuses another collection on the device. */
export function isOpen(status: string): boolean {
  return status === 'Pending' || status === 'InProgress';
}

/** Dates carry seven decimals (defender-api.md, 'MachineAction'). */
export function wireDate(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('Z', '0000Z');
}
