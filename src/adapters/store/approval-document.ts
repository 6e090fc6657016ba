/** How what concerns approval is kept in a request's document. */
import { z } from 'zod';
import type { Approval, ApprovalQuestion, Denial } from '../../domain/approval.ts';
import { approvalSeal, instant, person, place, reason, type Shape } from './wire-values.ts';

/** What a second person was asked. */
export const question = z.strictObject({
  why: z.enum(['everyRequest', 'highValueDevice']),
  seal: approvalSeal,
  askedAt: instant,
  askedIn: place,
} satisfies Shape<ApprovalQuestion>);

/** That somebody approved it. */
export const approval = z.strictObject({
  question,
  by: person,
  upn: z.string().exactOptional(),
  at: instant,
} satisfies Shape<Approval>);

/** That somebody denied it. */
export const denial = z.strictObject({ by: person, reason, at: instant } satisfies Shape<Denial>);
