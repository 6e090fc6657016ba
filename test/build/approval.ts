import type { ApprovalSettings } from '../../src/domain/approval.ts';
import { hour } from '../../src/domain/instant.ts';

/** Nobody else has to approve. */
export const selfApproval: ApprovalSettings = { policy: { kind: 'self' }, ttlMs: 8 * hour, mentions: [] };

/** Somebody else has to, always. */
export function twoPersonApproval(over: Partial<ApprovalSettings> = {}): ApprovalSettings {
  return { ...selfApproval, policy: { kind: 'twoPerson' }, ...over };
}
