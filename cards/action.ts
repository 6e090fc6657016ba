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

/** Which request a button belongs to, and the revision that its card showed. */
interface OnRequest {
  readonly request: RequestId;
  readonly revision: number;
}

/** A click as the card describes it. `reason` and `device` are what was put into the card's input, not yet checked. */
export type CardAction =
  | (OnRequest & { readonly verb: 'signIn' })
  | (OnRequest & { readonly verb: 'collect' })
  | (OnRequest & { readonly verb: 'cancel' })
  /** Shows the form with the reason in it. */
  | (OnRequest & { readonly verb: 'edit' })
  /** **Continue** on that form. */
  | (OnRequest & { readonly verb: 'saveReason'; readonly reason: string })
  /** Shows the requester the devices that a name may mean. */
  | (OnRequest & { readonly verb: 'askDevice' })
  /** **Continue** on that list. */
  | (OnRequest & { readonly verb: 'chooseDevice'; readonly device: DeviceId })
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
  /** The link to a package that the device had before the request. */
  | (OnRequest & { readonly verb: 'earlierLink'; readonly action: MachineActionId })
  /** Proposes the same again; the clicker becomes the requester. */
  | (OnRequest & { readonly verb: 'tryAgain' });

/** The verb of a button, as it stands in the card's JSON. */
export type CardVerb = CardAction['verb'];

/** A text that one of the domain's parsers must accept. */
function parsedBy<Id>(what: string, parse: (text: string) => Id | undefined) {
  return z.string().transform((text, context): Id => {
    const id = parse(text);
    if (id !== undefined) return id;
    context.issues.push({ code: 'custom', message: `not a ${what}`, input: text });
    return z.NEVER;
  });
}

const requestId = parsedBy('request id', parseRequestId);
const collectionId = parsedBy('collection id', parseCollectionId);
const deviceId = parsedBy('device id', parseDeviceId);
const machineActionId = parsedBy('machine action id', parseMachineActionId);
const onRequest = { request: requestId, revision: z.int().nonnegative() };
const typed = z.string().max(20_000);

const cardAction = z.discriminatedUnion('verb', [
  z.object({ verb: z.literal('signIn'), ...onRequest }),
  z.object({ verb: z.literal('collect'), ...onRequest }),
  z.object({ verb: z.literal('cancel'), ...onRequest }),
  z.object({ verb: z.literal('edit'), ...onRequest }),
  z.object({ verb: z.literal('saveReason'), ...onRequest, reason: typed }),
  z.object({ verb: z.literal('askDevice'), ...onRequest }),
  z.object({ verb: z.literal('chooseDevice'), ...onRequest, device: deviceId }),
  z.object({ verb: z.literal('approve'), ...onRequest }),
  z.object({ verb: z.literal('askDeny'), ...onRequest }),
  z.object({ verb: z.literal('deny'), ...onRequest, reason: typed }),
  z.object({ verb: z.literal('showCard'), ...onRequest }),
  z.object({ verb: z.literal('refresh'), ...onRequest }),
  z.object({ verb: z.literal('keepFollowing'), ...onRequest }),
  z.object({ verb: z.literal('askCancelCollection'), ...onRequest }),
  z.object({ verb: z.literal('cancelCollection'), ...onRequest, reason: typed }),
  z.object({ verb: z.literal('downloadLink'), ...onRequest, collection: collectionId }),
  z.object({ verb: z.literal('earlierLink'), ...onRequest, action: machineActionId }),
  z.object({ verb: z.literal('tryAgain'), ...onRequest }),
]);

/**
 * Reads a click. The data comes back from a client, so it is parsed like any stranger's input.
 * @returns undefined when the verb is unknown or its data is not what our buttons carry
 */
export function parseCardAction(verb: unknown, data: unknown): CardAction | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const parsed = cardAction.safeParse({ ...data, verb });
  return parsed.success ? parsed.data : undefined;
}
