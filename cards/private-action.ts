/**
 * The buttons of answers that only their asker sees, and that belong to no request of ours: lists, and the question
 * before somebody else's action is stopped. A typed command and a click on such a button are the same wish.
 */
import { z } from 'zod';
import { type MachineActionId, parseMachineActionId } from '../src/domain/ids.ts';
import { parsedBy } from './parsed-by.ts';

/** `/status` or `/history`: what it is about, as it was typed, and which page of it, from 0. */
export interface ListAction {
  readonly verb: 'showStatus' | 'showHistory';
  readonly about: string;
  readonly page: number;
}

/** `/cancel`. The second verb is that of a person who was told that the action is somebody else's. */
export interface CancelAction {
  readonly verb: 'cancelAction' | 'cancelOthersAction';
  readonly action: MachineActionId;
  /** As it was typed, not yet checked. */
  readonly why: string;
}

/** A wish whose answer is for one person alone. */
export type PrivateAction = ListAction | CancelAction;

const actionId = parsedBy('machine action id', parseMachineActionId);
const list = { about: z.string().max(300), page: z.int().nonnegative().max(100_000) };
const cancel = { action: actionId, why: z.string().max(20_000) };

const privateAction: z.ZodType<PrivateAction> = z.discriminatedUnion('verb', [
  z.object({ verb: z.literal('showStatus'), ...list }),
  z.object({ verb: z.literal('showHistory'), ...list }),
  z.object({ verb: z.literal('cancelAction'), ...cancel }),
  z.object({ verb: z.literal('cancelOthersAction'), ...cancel }),
]);

/**
 * Reads a click on such a button; it comes back from a client, so it is parsed like any stranger's input.
 * @returns undefined when it is none of these, or its data is not what our buttons carry
 */
export function parsePrivateAction(verb: unknown, data: unknown): PrivateAction | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const parsed = privateAction.safeParse({ ...data, verb });
  return parsed.success ? parsed.data : undefined;
}
