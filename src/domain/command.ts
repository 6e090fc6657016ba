/**
 * The grammar of what a responder types. Text in, one Command out, for any text whatever.
 * Mentions of the bot are taken out before (`bot/teams/incoming.ts`).
 */
import { closestMatch } from 'leven';
import { type DeviceQuery, queryText } from './device.ts';
import { deviceText, firstWord, takeDevice, takeDevices } from './device-list.ts';
import { type MachineActionId, parseMachineActionId } from './ids.ts';
import { parseReason, type Reason } from './reason.ts';

/** Every command, as it is typed and as the manifest lists it. */
export const commandNames = ['collect', 'status', 'history', 'cancel', 'help', 'signout'] as const;
/** One of `commandNames`. */
export type CommandName = (typeof commandNames)[number];

/** So many devices go into one request. */
export const mostDevices = 50;

/** What a typed line means. */
export type Command =
  | { readonly name: 'collect'; readonly devices: readonly DeviceQuery[]; readonly reason: Reason }
  | { readonly name: 'collectFault'; readonly fault: CollectFault; readonly draft: CollectDraft }
  | { readonly name: 'status'; readonly about: string }
  | { readonly name: 'history'; readonly about: string }
  | { readonly name: 'cancel'; readonly action: MachineActionId; readonly reason: Reason }
  | { readonly name: 'cancelFault' }
  | { readonly name: 'help' }
  | { readonly name: 'signout' }
  /** Nothing was typed: a bare mention, or an attachment only. */
  | { readonly name: 'empty' }
  | { readonly name: 'twoCommands' }
  | { readonly name: 'unknown'; readonly typed: string; readonly nearest: CommandName };

/** The two fields of the form that stands for a `/collect`: as they are typed, not yet checked. */
export interface CollectDraft {
  /** Devices as in the typed line; here line breaks and blanks part them, too. */
  readonly devices: string;
  readonly reason: string;
}

/** Why a `/collect` cannot go on. */
export type CollectFault =
  | { readonly why: 'deviceMissing' }
  | { readonly why: 'reasonMissing'; readonly devices: readonly DeviceQuery[] }
  | { readonly why: 'notADevice'; readonly typed: string }
  | { readonly why: 'reasonTooLong'; readonly length: number }
  | { readonly why: 'tooManyDevices'; readonly count: number };

const greetings = new Set(['hi', 'hello', 'hey', 'help']);
/** A command with its slash anywhere, or `collect` without one at the head of a further line. */
const secondCommand = new RegExp(`(?:\\s/(?:${commandNames.join('|')})|[\\r\\n][^\\S\\r\\n]*collect)(?=\\s|$)`, 'iu');
/** No command is mistyped at such length, and comparing is slow. */
const longestSlip = 20;

/** Reads what was typed. Never throws; anything that is no command comes back as `unknown` with the nearest one. */
export function parseCommand(typed: string): Command {
  const text = straighten(typed);
  if (text === '') return { name: 'empty' };
  const [, slash, word, rest] = /^(\/?)(\S+)\s*(.*)$/su.exec(text) ?? [];
  if (slash === undefined || word === undefined || rest === undefined) return { name: 'empty' };
  const name = word.toLowerCase();
  if (greetings.has(name.slice(0, longestSlip).replace(/[!.,?]+$/, ''))) return { name: 'help' };
  const command = commandNames.find((candidate) => candidate === name);
  if (command === undefined) return { name: 'unknown', typed: word, nearest: nearestCommand(name) };
  if (secondCommand.test(` ${rest}`)) return { name: 'twoCommands' };
  switch (command) {
    case 'collect':
      return parseCollect(rest);
    case 'cancel':
      return parseCancel(rest);
    case 'status':
    case 'history':
      return { name: command, about: rest.trim() };
    case 'help':
    case 'signout':
      return { name: command };
  }
}

/**
 * Teams sends no-break spaces, smart quotes and trailing newlines (teams-platform, Cards); phones autocorrect.
 * What is copied from elsewhere brings invisible format characters along, and none of them means anything here.
 */
function straighten(typed: string): string {
  return typed
    .replace(/[\u00a0\u2007\u202f]/g, ' ')
    .replace(/[\u201c\u201d\u201e\u00ab\u00bb]/g, '"')
    .replace(/\p{Cf}/gu, '')
    .trim();
}

function nearestCommand(word: string): CommandName {
  if (word.length > longestSlip) return 'help';
  const nearest = closestMatch(word, [...commandNames]);
  return commandNames.find((name) => name === nearest) ?? 'help';
}

function parseCollect(rest: string): Command {
  if (rest.trim() === '') return fault({ why: 'deviceMissing' }, { devices: '', reason: '' });
  const { devices, left, stoppedAt } = takeDevices(rest);
  const draft = { devices: devices.map(deviceText).join(', '), reason: left.trim() };
  if (stoppedAt !== undefined) {
    const typed = [...devices.map(deviceText), stoppedAt].join(', ');
    return fault({ why: 'notADevice', typed: stoppedAt }, { devices: typed, reason: afterFirstWord(left) });
  }
  if (devices.length > mostDevices) return fault({ why: 'tooManyDevices', count: devices.length }, draft);
  const forgotten = looksForgotten(rest, left);
  if (forgotten !== undefined) {
    const all = [...devices, forgotten];
    return fault({ why: 'reasonMissing', devices: all }, { devices: all.map(deviceText).join(', '), reason: '' });
  }
  return withReason(devices, left, draft);
}

/**
 * Reads the form that stands for a `/collect`, by the same rules; but there is no doubt where the devices end.
 * @returns the command that the typed line would have been
 */
export function parseCollectForm(draft: CollectDraft): Extract<Command, { readonly name: `collect${string}` }> {
  const devices = new Map<string, DeviceQuery>();
  let left = withoutLeadingCommas(straighten(draft.devices));
  if (left === '') return fault({ why: 'deviceMissing' }, draft);
  while (left !== '') {
    const next = takeDevice(left);
    if (next === undefined) return fault({ why: 'notADevice', typed: firstWord(left) }, draft);
    const key = queryText(next.device).toLowerCase();
    if (!devices.has(key)) devices.set(key, next.device);
    left = withoutLeadingCommas(next.left);
  }
  if (devices.size > mostDevices) return fault({ why: 'tooManyDevices', count: devices.size }, draft);
  return withReason([...devices.values()], straighten(draft.reason), draft);
}

function withReason(
  devices: readonly DeviceQuery[],
  typed: string,
  draft: CollectDraft,
): Extract<Command, { readonly name: `collect${string}` }> {
  const check = parseReason(typed);
  if (check.ok) return { name: 'collect', devices, reason: check.reason };
  return check.why === 'missing'
    ? fault({ why: 'reasonMissing', devices }, { ...draft, reason: '' })
    : fault({ why: 'reasonTooLong', length: check.length }, draft);
}

/**
 * A list whose last word after a comma might be the reason, but is written as devices are: then somebody forgot the
 * reason, and is asked.
 */
function looksForgotten(typed: string, left: string): DeviceQuery | undefined {
  const last = left.trim();
  if (!/^(?=.*\d)[A-Za-z][A-Za-z0-9._]*-[A-Za-z0-9._-]*$/.test(last)) return undefined;
  if (!/,\s*$/u.test(typed.slice(0, typed.length - left.length))) return undefined;
  return takeDevice(last)?.device;
}

function withoutLeadingCommas(text: string): string {
  return text.replace(/^[\s,]+/u, '');
}

function afterFirstWord(text: string): string {
  return text.trim().slice(firstWord(text).length).trim();
}

function parseCancel(rest: string): Command {
  const [, id, why] = /^(\S+)\s+(.*)$/su.exec(rest) ?? [];
  const action = id === undefined ? undefined : parseMachineActionId(id);
  const check = parseReason(why ?? '');
  return action === undefined || !check.ok ? { name: 'cancelFault' } : { name: 'cancel', action, reason: check.reason };
}

function fault(of: CollectFault, draft: CollectDraft): Extract<Command, { readonly name: 'collectFault' }> {
  return { name: 'collectFault', fault: of, draft };
}
