/** The grammar of devices in what a responder types: an id, a computer name or FQDN, or anything in quotes. */
import { type DeviceQuery, queryText } from './device.ts';
import { parseDeviceId } from './ids.ts';

/** A device as it can be typed: a name that is no single word in quotes. */
export function deviceText(query: DeviceQuery): string {
  const text = queryText(query);
  return /^[A-Za-z0-9._-]+$/.test(text) ? text : `"${text}"`;
}

/** The devices that a text opens with, each once, and what is left for the reason. */
export function takeDevices(text: string): {
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
export function takeDevice(text: string): { readonly device: DeviceQuery; readonly left: string } | undefined {
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

/** Whether a text is a device as it can be typed, and nothing else. */
export function takesDevice(text: string): boolean {
  const taken = takeDevice(text);
  return taken !== undefined && taken.left === '' && deviceText(taken.device) === text;
}

/** The first word of a text; empty where it has none. */
export function firstWord(text: string): string {
  return /\S+/u.exec(text)?.[0] ?? '';
}
