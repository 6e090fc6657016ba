import type { Person } from '../../src/domain/person.ts';
import { chatUserId, oid, tenantId } from './ids.ts';

/** The n-th person of tenant 1. */
export function aPerson(n = 1, over: Partial<Person> = {}): Person {
  return { oid: oid(n), tenant: tenantId(), chatUserId: chatUserId(`29:person-${n}`), name: `Person ${n}`, ...over };
}

/** The requester of every built request. */
export const dana = aPerson(1, { name: 'Dana Reyes' });
/** Somebody else in the same tenant and conversation. */
export const omar = aPerson(2, { name: 'Omar Haddad' });
