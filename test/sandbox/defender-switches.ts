import type { Progress } from './devices.ts';
import type { Person } from './people.ts';
import type { RateLimit } from './rate-windows.ts';

/** What of Defender is only observed or assumed, or a test wants otherwise. Numbers of defender-api.md, 'Traps', in brackets. */
export interface DefenderSwitches {
  /** A second collection on a device: 400 `ActiveRequestAlreadyExists`, or 201 with the existing action [1]. */
  alreadyRunning: 'refused' | 'existing';
  /** The string that Defender gives as `requestor`: the UPN by the documentation's samples, it may be another name. */
  requestor: (person: Person) => string;
  /** For so long a new action is invisible to GET and list, in milliseconds [2]. */
  listLagMs: number;
  /** The package link comes in an extra pair of quotes [3]. */
  quotedLink: boolean;
  /** For so long after a cancel the action keeps its status, in milliseconds [5]. */
  cancelLagMs: number;
  /** What a device outside the person's groups answers to a read. To an action it is always 403 Forbidden. */
  hiddenDevice: 'ResourceNotFound' | 'Forbidden';
  /** What an empty list of machines answers ('404 can mean an empty list'). */
  emptyMachineList: '200' | '404';
  /** OData errors come with an empty code and no target. */
  bareODataErrors: boolean;
  /** `id in (…)`, `$orderby` and `$count` are understood. */
  observedOData: boolean;
  /** The 201 repeats the Comment as `requestorComment`. */
  commentInAnswer: boolean;
  /** `machineId` and `computerDnsName` of actions are filled; both may be null. */
  deviceInAction: boolean;
  /** The name of the member with the time of the last change. */
  lastUpdateMember: 'lastUpdateDateTimeUtc' | 'lastUpdateTimeUtc';
  /** How collections go on devices without a course of their own. */
  progress: Progress;
  /** Defender's clock is that far ahead, in milliseconds. */
  clockSkewMs: number;
  /** Limits of every call but the package link; empty: none. Counted per app and tenant [8]. */
  limits: readonly RateLimit[];
  /** Limits of the package link. */
  linkLimits: readonly RateLimit[];
}

/** The documented behaviour where there is one, else the likelier; collections end within a second. */
export function defaultSwitches(): DefenderSwitches {
  return {
    alreadyRunning: 'refused',
    requestor: (person) => person.upn,
    listLagMs: 0,
    quotedLink: false,
    cancelLagMs: 0,
    hiddenDevice: 'ResourceNotFound',
    emptyMachineList: '200',
    bareODataErrors: false,
    observedOData: true,
    commentInAnswer: true,
    deviceInAction: true,
    lastUpdateMember: 'lastUpdateDateTimeUtc',
    progress: { pendingMs: 300, inProgressMs: 300, end: 'Succeeded' },
    clockSkewMs: 0,
    limits: [
      { count: 100, milliseconds: 60_000 },
      { count: 1_500, milliseconds: 3_600_000 },
    ],
    linkLimits: [
      { count: 2, milliseconds: 60_000 },
      { count: 120, milliseconds: 3_600_000 },
    ],
  };
}
