import type { WireEvent } from '../sandbox/journal.ts';
import { textOf } from '../sandbox/json.ts';

/** A call to Defender in one line, with the identity that it ran under; undefined for any other event. */
export function callText({ name, data }: WireEvent): string | undefined {
  if (!/^defender\.\w+\.answered$/.test(name)) return undefined;
  const who = data.appOnly === true ? 'an application' : (textOf(data, 'upn') ?? 'nobody');
  return `Defender, as ${who}: ${textOf(data, 'method')} ${textOf(data, 'path')} → ${data.status}`;
}
