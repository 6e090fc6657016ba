/** Which of the collections that somebody may see they want to see: what the tab's filters say. */
import type { Instant } from './instant.ts';
import type { Follower, Listed } from './listing.ts';
import { type ActionStatus, isFinalStatus, type MachineAction } from './machine-action.ts';
import type { Collection, Request } from './request.ts';

/** How far a row is: the choices of the tab's filter. */
export const rowStages = ['open', 'succeeded', 'failed', 'stopped'] as const;
/** One of `rowStages`. */
export type RowStage = (typeof rowStages)[number];

/** What is wanted; a field that is absent leaves nothing out. */
export interface RowFilter {
  readonly from: Instant;
  /** Rows from this moment on are left out. */
  readonly to?: Instant;
  readonly stage?: RowStage;
  /** A part of a device's name, or of its id. */
  readonly device?: string;
  /** A part of the name of whoever asked. */
  readonly person?: string;
}

/** Whether a row is of the wanted time. */
export function isInTime(at: Instant, { from, to }: Pick<RowFilter, 'from' | 'to'>): boolean {
  return at >= from && (to === undefined || at < to);
}

/** Whether one of these texts holds the wanted part, in any case. */
export function holds(texts: readonly (string | undefined)[], part: string | undefined): boolean {
  const wanted = part?.trim().toLowerCase() ?? '';
  return wanted === '' || texts.some((text) => text?.toLowerCase().includes(wanted));
}

/**
 * An action as it is known best: the list may be a minute old, and a collection that follows it may have seen its end
 * since.
 */
export function newestOf(action: MachineAction, followers: readonly Follower[]): MachineAction {
  if (isFinalStatus(action.status)) return action;
  for (const { collection } of followers) {
    if ('action' in collection && isFinalStatus(collection.action.status)) return collection.action;
  }
  return action;
}

/** How far a row is. */
export function stageOf(row: Listed): RowStage {
  return row.kind === 'action' ? stageOfAction(row.action.status) : stageOfRequest(row.request);
}

function stageOfAction(status: ActionStatus): RowStage {
  switch (status) {
    case 'Pending':
    case 'InProgress':
      return 'open';
    case 'Succeeded':
      return 'succeeded';
    case 'Failed':
    case 'TimeOut':
      return 'failed';
    case 'Cancelled':
      return 'stopped';
  }
}

function stageOfRequest(request: Request): RowStage {
  switch (request.state) {
    case 'proposed':
    case 'awaitingApproval':
    case 'confirmed':
      return 'open';
    case 'denied':
      return 'failed';
    case 'cancelled':
    case 'expired':
      return 'stopped';
    case 'done':
      return sumOf(request.collections.map(stageOfCollection));
  }
}

/** One package is worth more than what failed beside it, and a failure more than what was stopped. */
function sumOf(stages: readonly RowStage[]): RowStage {
  return (['succeeded', 'failed'] as const).find((stage) => stages.includes(stage)) ?? 'stopped';
}

function stageOfCollection({ state }: Collection): RowStage {
  switch (state) {
    case 'queued':
    case 'awaitingSignIn':
    case 'submitting':
    case 'running':
    case 'unwatched':
      return 'open';
    case 'succeeded':
      return 'succeeded';
    case 'failed':
    case 'timedOut':
    case 'refused':
    case 'unresolved':
      return 'failed';
    case 'cancelled':
    case 'withdrawn':
    case 'expired':
      return 'stopped';
  }
}
