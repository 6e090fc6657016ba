import { newRequestId, type RequestId } from '../domain/ids.ts';
import { type Ask, newProposal } from '../domain/proposal.ts';
import type { RequestStore, Source } from '../ports.ts';

/**
 * Turns what a responder asked for into a stored proposal; its card and its look-ups follow as jobs.
 * @returns the new request's id, or undefined when this message has already made one
 */
export async function propose(
  { store, proposalTtlMs }: { readonly store: RequestStore; readonly proposalTtlMs: number },
  source: Source,
  ask: Omit<Ask, 'id'>,
): Promise<RequestId | undefined> {
  const id = newRequestId();
  const stored = await store.propose(source, (now) => newProposal({ ...ask, id }, now, proposalTtlMs));
  return stored ? id : undefined;
}
