/**
 * Every button of every card: its verb and what it carries. The buttons are made from this union and
 * `bot/teams/on-card-action.ts` handles it, so a button without a handler does not compile, nor the reverse.
 */
import { z } from 'zod';
import {
  type CollectionId,
  type DeviceId,
  type MachineActionId,
  parseCollectionId,
  parseDeviceId,
  parseMachineActionId,
  parseRequestId,
  type RequestId,
} from '../src/domain/ids.ts';
import { parsedBy } from './parsed-by.ts';
import { readTicks } from './ticks.ts';

/** Which request a button belongs to, and the revision that its card showed. */
interface OnRequest {
  readonly request: RequestId;
  readonly revision: number;
}

/** A card with tick boxes says which are not ticked, by the device's place in the list; without boxes it says nothing. */
interface WithTicks {
  readonly unticked?: readonly number[];
}

/** A click as the card describes it. What was put into the card's inputs is not yet checked. */
export type CardAction =
  | (OnRequest & { readonly verb: 'signIn' })
  | (OnRequest & WithTicks & { readonly verb: 'collect' })
  | (OnRequest & { readonly verb: 'cancel' })
  /** Shows the form with the reason in it. */
  | (OnRequest & WithTicks & { readonly verb: 'edit' })
  /** **Continue** on that form. */
  | (OnRequest & WithTicks & { readonly verb: 'saveReason'; readonly reason: string })
  /** Shows the requester the devices that a name may mean. */
  | (OnRequest & { readonly verb: 'askDevice' })
  /** **Continue** on that list; of several devices one can be left out, if it is none of those. */
  | (OnRequest & { readonly verb: 'chooseDevice'; readonly device: DeviceId | 'none' })
  | (OnRequest & { readonly verb: 'approve' })
  /** Asks for the reason of a denial. */
  | (OnRequest & { readonly verb: 'askDeny' })
  | (OnRequest & { readonly verb: 'deny'; readonly reason: string })
  /** Shows the current card as the clicker may see it: leaves a form or a private answer, or comes by `refresh`. */
  | (OnRequest & { readonly verb: 'showCard' })
  /** Reads the actions once, with the clicker's own token. */
  | (OnRequest & { readonly verb: 'refresh' })
  | (OnRequest & { readonly verb: 'keepFollowing' })
  /** Asks for the reason of a cancellation. */
  | (OnRequest & { readonly verb: 'askCancelCollection' })
  | (OnRequest & { readonly verb: 'cancelCollection'; readonly reason: string })
  | (OnRequest & { readonly verb: 'downloadLink'; readonly collection: CollectionId })
  /** Of many packages: asks whose link is wanted. */
  | (OnRequest & { readonly verb: 'askDownload' })
  /** **Continue** on that list. */
  | (OnRequest & { readonly verb: 'downloadPicked'; readonly picked: CollectionId })
  /** The link to a package that the device had before the request. */
  | (OnRequest & { readonly verb: 'earlierLink'; readonly action: MachineActionId })
  /** Proposes the same again; the clicker becomes the requester. */
  | (OnRequest & { readonly verb: 'tryAgain' })
  /** The same with what failed of many devices. */
  | (OnRequest & { readonly verb: 'retryFailed' });

/** The verb of a button, as it stands in the card's JSON. */
export type CardVerb = CardAction['verb'];

const requestId = parsedBy('request id', parseRequestId);
const collectionId = parsedBy('collection id', parseCollectionId);
const deviceId = parsedBy('device id', parseDeviceId);
const machineActionId = parsedBy('machine action id', parseMachineActionId);
const onRequest = { request: requestId, revision: z.int().nonnegative() };
const withTicks = { unticked: z.array(z.int().nonnegative()).readonly().exactOptional() };
const typed = z.string().max(20_000);

const cardAction = z.discriminatedUnion('verb', [
  z.object({ verb: z.literal('signIn'), ...onRequest }),
  z.object({ verb: z.literal('collect'), ...onRequest, ...withTicks }),
  z.object({ verb: z.literal('cancel'), ...onRequest }),
  z.object({ verb: z.literal('edit'), ...onRequest, ...withTicks }),
  z.object({ verb: z.literal('saveReason'), ...onRequest, ...withTicks, reason: typed }),
  z.object({ verb: z.literal('askDevice'), ...onRequest }),
  z.object({ verb: z.literal('chooseDevice'), ...onRequest, device: z.union([z.literal('none'), deviceId]) }),
  z.object({ verb: z.literal('approve'), ...onRequest }),
  z.object({ verb: z.literal('askDeny'), ...onRequest }),
  z.object({ verb: z.literal('deny'), ...onRequest, reason: typed }),
  z.object({ verb: z.literal('showCard'), ...onRequest }),
  z.object({ verb: z.literal('refresh'), ...onRequest }),
  z.object({ verb: z.literal('keepFollowing'), ...onRequest }),
  z.object({ verb: z.literal('askCancelCollection'), ...onRequest }),
  z.object({ verb: z.literal('cancelCollection'), ...onRequest, reason: typed }),
  z.object({ verb: z.literal('downloadLink'), ...onRequest, collection: collectionId }),
  z.object({ verb: z.literal('askDownload'), ...onRequest }),
  z.object({ verb: z.literal('downloadPicked'), ...onRequest, picked: collectionId }),
  z.object({ verb: z.literal('earlierLink'), ...onRequest, action: machineActionId }),
  z.object({ verb: z.literal('tryAgain'), ...onRequest }),
  z.object({ verb: z.literal('retryFailed'), ...onRequest }),
]);

/**
 * Reads a click. The data comes back from a client, so it is parsed like any stranger's input.
 * @returns undefined when the verb is unknown or its data is not what our buttons carry
 */
export function parseCardAction(verb: unknown, data: unknown): CardAction | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const ticks = readTicks(data);
  if (ticks.kind === 'unreadable') return undefined;
  const { unticked: _, ...rest } = { unticked: undefined, ...data };
  const parsed = cardAction.safeParse({
    ...rest,
    ...(ticks.kind === 'ticks' ? { unticked: ticks.unticked } : {}),
    verb,
  });
  return parsed.success ? parsed.data : undefined;
}
