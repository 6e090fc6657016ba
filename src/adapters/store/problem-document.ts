/** How a Problem is kept in a request's document: one schema per kind; a kind that is missing here does not compile. */
import { z } from 'zod';
import { obstacles, type Problem } from '../../domain/problem.ts';
import { correlationId, instant, type Shape } from './wire-values.ts';

type Kind = Problem['kind'];
type Of<Each extends Kind> = Extract<Problem, { readonly kind: Each }>;

function plain<const Each extends Kind>(kind: Each) {
  return { kind: z.literal(kind), correlationId: correlationId.exactOptional() };
}

const proof = { obstacle: z.enum(obstacles).exactOptional(), code: z.string().exactOptional() };

const shapes = {
  someoneElsesSignIn: plain('someoneElsesSignIn'),
  otherTenant: plain('otherTenant'),
  consentMissing: plain('consentMissing'),
  moreProofNeeded: { ...plain('moreProofNeeded'), ...proof },
  signInBlocked: { ...plain('signInBlocked'), ...proof },
  botRefused: { ...plain('botRefused'), code: z.string().exactOptional() },
  signInRefused: { ...plain('signInRefused'), code: z.string().exactOptional() },
  signInUnavailable: plain('signInUnavailable'),
  deviceNotFound: plain('deviceNotFound'),
  permissionMissing: {
    ...plain('permissionMissing'),
    permission: z.enum(['Machine.Read', 'Machine.CollectForensics']),
  },
  notPermitted: plain('notPermitted'),
  actionNotOffered: { ...plain('actionNotOffered'), code: z.string() },
  deviceNotSupported: { ...plain('deviceNotSupported'), code: z.string() },
  alreadyRunningUnseen: plain('alreadyRunningUnseen'),
  throttled: { ...plain('throttled'), until: instant },
  noBudget: { ...plain('noBudget'), until: instant, waitMs: z.int() },
  defenderRefused: { ...plain('defenderRefused'), status: z.int(), code: z.string() },
  defenderUnavailable: plain('defenderUnavailable'),
  outcomeUnknown: plain('outcomeUnknown'),
  notAsApproved: plain('notAsApproved'),
  defenderUnreadable: plain('defenderUnreadable'),
} satisfies { readonly [Each in Kind]: Shape<Of<Each>> };

/** Reads a stored problem. */
export const problem: z.ZodType<Problem> = z.discriminatedUnion('kind', [
  z.strictObject(shapes.someoneElsesSignIn),
  z.strictObject(shapes.otherTenant),
  z.strictObject(shapes.consentMissing),
  z.strictObject(shapes.moreProofNeeded),
  z.strictObject(shapes.signInBlocked),
  z.strictObject(shapes.botRefused),
  z.strictObject(shapes.signInRefused),
  z.strictObject(shapes.signInUnavailable),
  z.strictObject(shapes.deviceNotFound),
  z.strictObject(shapes.permissionMissing),
  z.strictObject(shapes.notPermitted),
  z.strictObject(shapes.actionNotOffered),
  z.strictObject(shapes.deviceNotSupported),
  z.strictObject(shapes.alreadyRunningUnseen),
  z.strictObject(shapes.throttled),
  z.strictObject(shapes.noBudget),
  z.strictObject(shapes.defenderRefused),
  z.strictObject(shapes.defenderUnavailable),
  z.strictObject(shapes.outcomeUnknown),
  z.strictObject(shapes.notAsApproved),
  z.strictObject(shapes.defenderUnreadable),
]);
