/** What `/status` and `/history` answer: package collections as one person may see them, a page at a time. */
import type { Device, DeviceQuery } from './device.ts';
import { type MachineActionId, parseDeviceId, parseMachineActionId } from './ids.ts';
import type { Instant } from './instant.ts';
import { isFinalStatus, type MachineAction } from './machine-action.ts';
import type { Problem } from './problem.ts';
import { type Collection, isOver as isRequestOver, type Request } from './request.ts';

/** What a list is asked about. */
export type About =
  | { readonly by: 'own' }
  | { readonly by: 'action'; readonly id: MachineActionId }
  | { readonly by: 'device'; readonly query: DeviceQuery };

/** A computer name, an FQDN, or what stood in quotes. */
const name = /^[^\p{Cc}\p{Co}\p{Cs}"]{1,255}$/u;

/** Reads what was typed after `/status` or `/history`; undefined for what can be neither an id nor a name. */
export function parseAbout(typed: string): About | undefined {
  const text = /^"(.*)"$/su.exec(typed)?.[1]?.trim() ?? typed.trim();
  if (text === '') return { by: 'own' };
  const action = parseMachineActionId(text);
  if (action !== undefined) return { by: 'action', id: action };
  const id = parseDeviceId(text);
  if (id !== undefined) return { by: 'device', query: { by: 'id', id } };
  return name.test(text) && /[\p{L}\p{N}]/u.test(text)
    ? { by: 'device', query: { by: 'name', name: text } }
    : undefined;
}

/** A collection of a request of ours that is, or was, about an action. */
export interface Follower {
  readonly request: Request;
  readonly collection: Collection;
}

/** An action as Defender showed it to the asker, with what we know of it. */
export interface ListedAction {
  readonly kind: 'action';
  readonly action: MachineAction;
  readonly followers: readonly Follower[];
}

/** A request of the asker's own. */
export interface ListedRequest {
  readonly kind: 'request';
  readonly request: Request;
  /** Its card or a message of it could not be posted, and was given up. */
  readonly isUndelivered?: boolean;
}

/** A row of a list. */
export type Listed = ListedAction | ListedRequest;

/** Whose or which collections a list shows. */
export type Subject =
  /** Under `guessedName`, where Defender has not yet said how it calls the asker: under another name it may have more. */
  | { readonly kind: 'own'; readonly guessedName?: string }
  | { readonly kind: 'device'; readonly device: Device }
  | { readonly kind: 'action' };

/** One page of a list. */
export interface ListPage {
  readonly subject: Subject;
  readonly rows: readonly Listed[];
  /** From 0. */
  readonly page: number;
  /** At least 1. */
  readonly pages: number;
  /** Defender could not be asked: the rows show what we knew last. */
  readonly lastKnown?: LastKnown;
}

/** Why Defender could not be asked. */
export type LastKnown =
  | { readonly why: 'signIn'; readonly problem?: Problem }
  | { readonly why: 'problem'; readonly problem: Problem };

/** So many rows stand on a page. */
export const pageSize = 5;

/** The rows of a page; of one past the end, those of the last. */
export function pageOf<Row>(
  rows: readonly Row[],
  wanted: number,
): { readonly rows: readonly Row[]; readonly page: number; readonly pages: number } {
  const pages = Math.max(1, Math.ceil(rows.length / pageSize));
  const page = Math.min(Math.max(0, wanted), pages - 1);
  return { rows: rows.slice(page * pageSize, (page + 1) * pageSize), page, pages };
}

/** The newest first. */
export function newestFirst(actions: readonly MachineAction[]): readonly MachineAction[] {
  return actions.toSorted((one, other) => other.createdAt - one.createdAt);
}

/** How things stand on a device: what runs, or else what ended last. */
export function presentOf(actions: readonly MachineAction[]): readonly MachineAction[] {
  const sorted = newestFirst(actions);
  const running = sorted.filter(({ status }) => !isFinalStatus(status));
  return running.length > 0 ? running : sorted.slice(0, 1);
}

/** Open ones before those that have ended, each the newest first. */
export function openFirst(rows: readonly Listed[]): readonly Listed[] {
  return rows.toSorted((one, other) => Number(isOver(one)) - Number(isOver(other)) || sinceOf(other) - sinceOf(one));
}

function isOver(row: Listed): boolean {
  if (row.kind === 'action') return isFinalStatus(row.action.status);
  return isRequestOver(row.request);
}

function sinceOf(row: Listed): Instant {
  return row.kind === 'action' ? row.action.createdAt : row.request.askedAt;
}
