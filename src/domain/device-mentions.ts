/** Which devices a text may speak of: what somebody would type after `/collect`, found in what others wrote. */

import { type DeviceQuery, queryText } from './device.ts';
import { takesDevice } from './device-list.ts';
import { parseDeviceId } from './ids.ts';

/** A dialog is for a handful; whoever wants more types them. */
const mostMentions = 10;
/** Of a very long text the beginning is read. */
const longestText = 30_000;

/** What may belong to a name, or to something else that only looks like one: an address, a path, a mailbox. */
const candidates = /[A-Za-z0-9._\-/\\:@]+/g;

/**
 * The devices, ids first, then names in their order; each once, at most ten. Every one of them is what the command's
 * parser takes for exactly this device. A guess, for somebody to look over: names are taken only where they are written
 * as computers are called.
 */
export function devicesIn(text: string): readonly DeviceQuery[] {
  const found = new Map<string, DeviceQuery>();
  for (const [candidate] of text.slice(0, longestText).matchAll(candidates)) {
    const device = deviceIn(candidate);
    if (device !== undefined && !found.has(keyOf(device))) found.set(keyOf(device), device);
  }
  const devices = [...found.values()];
  return [...devices.filter(({ by }) => by === 'id'), ...devices.filter(({ by }) => by === 'name')].slice(
    0,
    mostMentions,
  );
}

function keyOf(device: DeviceQuery): string {
  return queryText(device).toLowerCase();
}

function deviceIn(candidate: string): DeviceQuery | undefined {
  // A colon or a full stop at the end is the sentence's. What is left has to be a device as a whole: part of an address, a
  // path or a mailbox is none, and that is why those are taken as one word.
  const word = candidate.replace(/^[._\-:]+|[._\-:]+$/g, '');
  const id = parseDeviceId(word);
  if (id !== undefined) return { by: 'id', id };
  return looksLikeComputer(word) && takesDevice(word) ? { by: 'name', name: word } : undefined;
}

/** `lap-0042`, `SRV01`, `ws-1.corp.example`: with a number, or a domain; not a date, a version, a file or an alert's id. */
function looksLikeComputer(word: string): boolean {
  if (word.length > 255 || !/^[A-Za-z]/.test(word) || /^[0-9a-f-]{32,}$/i.test(word)) return false;
  const [host = '', ...domain] = word.split('.');
  const isNumbered = /[A-Za-z]/.test(host) && /\d/.test(host) && host.length >= 4 && host.length <= 63;
  if (domain.length === 0) return isNumbered && !isCode(host);
  return domain.length >= 2 && domain.every((label) => /^[A-Za-z][A-Za-z0-9-]*$/.test(label)) && /[\d-]/.test(host);
}

/** An alert's id, a hotfix, a weakness, a technique of ATT&CK: letters and a number, too, and never a computer. */
function isCode(host: string): boolean {
  if (/\d{9}/.test(host)) return true;
  return /^(?:KB\d+|CVE-[\d-]+|T\d{4}|MS\d\d-\d+|SHA-?\d+|IPv\d|UTF-?\d+|INC-?\d+|Windows-?\d+|Win\d+)$/i.test(host);
}
