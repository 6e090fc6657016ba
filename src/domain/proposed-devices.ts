/** The devices of a proposal as a list: which are collected from, which are left out, and what others may keep of them. */
import { withoutDetails } from './device.ts';
import type { ProposedDevice, Sighting } from './request.ts';

type Found = Extract<Sighting, { readonly step: 'found' }>;

/** A device that was found. */
export interface FoundDevice extends ProposedDevice {
  readonly sighting: Found;
}

/** What becomes of each device when the requester confirms. */
export interface Division {
  readonly kept: readonly FoundDevice[];
  /** Unticked, or not to be had; without what only the requester may see. */
  readonly leftOut: readonly ProposedDevice[];
}

/** Whether the device at this place is one that stands in the list already, under another name. */
export function isRepeated(devices: readonly ProposedDevice[], index: number): boolean {
  const id = foundId(devices[index]);
  return id !== undefined && devices.findIndex((each) => foundId(each) === id) < index;
}

function foundId(each: ProposedDevice | undefined) {
  return each?.sighting.step === 'found' ? each.sighting.device.id : undefined;
}

/** Whether the requester may untick the device at this place. */
export function canBeLeftOut(devices: readonly ProposedDevice[], index: number): boolean {
  return foundId(devices[index]) !== undefined && !isRepeated(devices, index);
}

/**
 * Divides the devices of a proposal. Of several, one that cannot be had stands in nobody's way.
 * @param unticked places of devices in the list
 * @returns undefined while a look-up, a sign-in or a choice is awaited, or when `unticked` names what nobody could untick
 */
export function divide(devices: readonly ProposedDevice[], unticked: readonly number[]): Division | undefined {
  if (!unticked.every((index) => canBeLeftOut(devices, index))) return undefined;
  const kept: FoundDevice[] = [];
  const leftOut: ProposedDevice[] = [];
  for (const [index, { query, sighting }] of devices.entries()) {
    if (isRepeated(devices, index)) continue;
    const isLeftOut = unticked.includes(index) || (sighting.step === 'problem' && devices.length > 1);
    if (isLeftOut) leftOut.push({ query, sighting: withoutPrivate(sighting) });
    else if (sighting.step === 'found') kept.push({ query, sighting });
    else return undefined;
  }
  return { kept, leftOut };
}

/** What of a sighting outlives the proposal: nothing that only the requester may see. */
export function withoutPrivate(sighting: Sighting): Sighting {
  switch (sighting.step) {
    case 'found':
      return { step: 'found', device: withoutDetails(sighting.device) };
    case 'choosing':
      return { ...sighting, devices: [] };
    case 'signInNeeded':
    case 'looking':
    case 'problem':
      return sighting;
  }
}
