import { type AssertionClaims, checkAssertion, problemOfAssertion } from '../domain/assertion.ts';
import type { TenantId } from '../domain/ids.ts';
import type { Person } from '../domain/person.ts';
import type { Problem } from '../domain/problem.ts';
import type { DefenderToken } from '../domain/secret.ts';
import type { Assertions, Log, OnBehalfOf, RequestStore } from '../ports.ts';

/** What it takes to act as a person. */
export interface AccessPorts {
  readonly assertions: Assertions;
  readonly onBehalfOf: OnBehalfOf;
  readonly log: Log;
  /** Our Entra app and its tenant: every assertion must be for exactly these. */
  readonly app: { readonly appId: string; readonly tenant: TenantId };
  /** The database's clock, for an assertion's expiry: a replica whose own clock is off goes on with what it has. */
  readonly store: Pick<RequestStore, 'now'>;
}

/** What a person's sign-in says of them. Entra took it, so it is genuine. */
export type SignIn = Pick<AssertionClaims, 'roles' | 'upn'>;

/** Whether we can act as a person right now. */
export type Access =
  | { readonly kind: 'token'; readonly token: DefenderToken; readonly signIn: SignIn }
  /** They have to sign in; `problem` says why a sign-in that they had is not enough. */
  | { readonly kind: 'signIn'; readonly problem?: Problem }
  | { readonly kind: 'problem'; readonly problem: Problem };

/**
 * A Defender token of this person, got anew from the Token Service and Entra: nothing is kept at rest.
 * The assertion is checked before every exchange, in the foreground and in the background alike.
 */
export async function defenderAccess(ports: AccessPorts, person: Person): Promise<Access> {
  if (person.tenant !== ports.app.tenant) return { kind: 'problem', problem: { kind: 'otherTenant' } };
  const found = await ports.assertions.find(person);
  if (found.kind === 'problem') return found;
  if (found.kind === 'none') return { kind: 'signIn' };
  const check = checkAssertion(found.claims, { ...ports.app, oid: person.oid }, await ports.store.now());
  if (check === 'expired') return { kind: 'signIn' };
  if (check !== 'ok') {
    ports.log.warn({ check, person: person.oid }, 'refused an assertion that is not for this person, tenant or app');
    return { kind: 'problem', problem: problemOfAssertion(check) };
  }
  const exchanged = await ports.onBehalfOf.exchange(found.assertion);
  if (exchanged.kind === 'token') return { ...exchanged, signIn: found.claims };
  if (exchanged.problem.kind !== 'moreProofNeeded') return exchanged;
  return askForFreshSignIn(ports, person, exchanged.problem);
}

/** Entra or Defender wants more than this sign-in proves: forget it, so that the next one is a fresh one. */
export async function askForFreshSignIn(
  ports: Pick<AccessPorts, 'assertions'>,
  person: Person,
  problem: Problem,
): Promise<Access> {
  await ports.assertions.signOut(person);
  return { kind: 'signIn', problem };
}
