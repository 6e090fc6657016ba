import type { DefenderFailure } from '../domain/defender-failure.ts';
import type { Device } from '../domain/device.ts';
import type { Offer } from '../domain/request.ts';
import type { DefenderToken } from '../domain/secret.ts';
import type { Defender } from '../ports.ts';

/** What a name turned out to mean, within what the person may see. */
export type NamedDevice =
  | { readonly kind: 'device'; readonly device: Device }
  /** Several devices carry it, or none does and these are called something like it. */
  | { readonly kind: 'offer'; readonly offer: Offer }
  | { readonly kind: 'none' }
  | { readonly kind: 'failed'; readonly failure: DefenderFailure };

/** More than a person can choose from. */
const mostOffered = 15;

/** Names are not unique: re-imaged devices keep old records. Several are never picked from silently. */
export async function findNamed(
  defender: Pick<Defender, 'devicesNamed' | 'devicesNear'>,
  token: DefenderToken,
  name: string,
): Promise<NamedDevice> {
  const named = await defender.devicesNamed(token, name);
  if (!named.ok) return { kind: 'failed', failure: named.failure };
  const [device, ...others] = named.value;
  if (others.length > 0) return { kind: 'offer', offer: offerOf('sameName', named.value) };
  if (device !== undefined) return { kind: 'device', device };
  const near = await defender.devicesNear(token, name);
  // That nobody has the name is known already; names like it are a help, and no more.
  if (!near.ok || near.value.length === 0) return { kind: 'none' };
  return { kind: 'offer', offer: offerOf('nearName', near.value) };
}

function offerOf(match: Offer['match'], devices: readonly Device[]): Offer {
  return { match, devices: devices.slice(0, mostOffered), hasMore: devices.length > mostOffered };
}
