/**
 * The grammar of what a responder types. Text in, one Command out, for any text whatever.
 * Mentions of the bot are taken out before (`bot/teams/incoming.ts`).
 */
import { closestMatch } from 'leven';
import { type DeviceQuery, queryText } from './device.ts';
import { type MachineActionId, parseDeviceId, parseMachineActionId } from './ids.ts';
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
  | { readonly name: 'collectFault'; readonly fault: CollectFault }
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
  if (rest.trim() === '') return fault({ why: 'deviceMissing' });
  const { devices, left, stoppedAt } = takeDevices(rest);
  if (stoppedAt !== undefined) return fault({ why: 'notADevice', typed: stoppedAt });
  if (devices.length > mostDevices) return fault({ why: 'tooManyDevices', count: devices.length });
  const check = parseReason(left);
  if (check.ok) return { name: 'collect', devices, reason: check.reason };
  return check.why === 'missing'
    ? fault({ why: 'reasonMissing', devices })
    : fault({ why: 'reasonTooLong', length: check.length });
}

/** The devices that a text opens with, each once, and what is left for the reason. */
function takeDevices(text: string): {
  readonly devices: readonly DeviceQuery[];
  readonly left: string;
  /** The word that had to be a device and is none. */
  readonly stoppedAt?: string;
} {
  const devices = new Map<string, DeviceQuery>();
  let left = text;
  for (;;) {
    const next = takeDevice(left);
    if (next === undefined) return { devices: [...devices.values()], left, stoppedAt: firstWord(left) };
    const key = queryText(next.device).toLowerCase();
    if (!devices.has(key)) devices.set(key, next.device);
    left = next.left;
    const comma = /^\s*,\s*/u.exec(left)?.[0];
    if (comma === undefined) break;
    left = left.slice(comma.length);
    if (!goesOn(left)) break;
  }
  return { devices: [...devices.values()], left };
}

/** A list goes on after a comma only if the next word is a device and a reason still follows, or if it is an id. */
function goesOn(listed: string): boolean {
  const next = takeDevice(listed);
  return next !== undefined && (next.device.by === 'id' || saysSomething(next.left));
}

/** Whether a text holds more than separators and what a reason loses in its cleaning. */
function saysSomething(text: string): boolean {
  return /[^,\s\p{Z}\p{Cc}\p{Co}\p{Cs}]/u.test(text);
}

/** The device that a text opens with: an id, a computer name or FQDN, or anything in quotes. */
function takeDevice(text: string): { readonly device: DeviceQuery; readonly left: string } | undefined {
  const [whole, quoted, bare] = /^\s*(?:"([^"\r\n]{1,255})"|([A-Za-z0-9._-]{1,255}))(?=[\s,]|$)/u.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const name = quoted?.trim() ?? bare ?? '';
  if (!/[\p{L}\p{N}]/u.test(name) || /[\p{Cc}\p{Co}\p{Cs}]/u.test(name)) return undefined;
  const id = parseDeviceId(name);
  return {
    device: id === undefined ? { by: 'name', name } : { by: 'id', id },
    left: text.slice(whole.length),
  };
}

function firstWord(text: string): string {
  return /\S+/u.exec(text)?.[0] ?? '';
}

function parseCancel(rest: string): Command {
  const [, id, why] = /^(\S+)\s+(.*)$/su.exec(rest) ?? [];
  const action = id === undefined ? undefined : parseMachineActionId(id);
  const check = parseReason(why ?? '');
  return action === undefined || !check.ok ? { name: 'cancelFault' } : { name: 'cancel', action, reason: check.reason };
}

function fault(of: CollectFault): Command {
  return { name: 'collectFault', fault: of };
}
