import type { AssertionClaims } from '../../src/domain/assertion.ts';
import type { AadObjectId } from '../../src/domain/ids.ts';
import { hour, type Instant, later } from '../../src/domain/instant.ts';
import type { Person } from '../../src/domain/person.ts';
import type { Problem } from '../../src/domain/problem.ts';
import { type Assertion, Secret } from '../../src/domain/secret.ts';
import type { AssertionResult, Assertions, ExchangeResult, OnBehalfOf } from '../../src/ports.ts';

/** Our app in every test. */
export const appId = 'a99a99a9-0000-4000-8000-000000000001';

/** The Token Service with whoever has signed in. Its assertions name their owner, so that a mix-up is seen. */
export class PeopleSignedIn implements Assertions {
  readonly #claims = new Map<AadObjectId, AssertionClaims>();
  readonly #clock: () => Instant;
  /** What the service answers instead, while it has a problem. */
  problem: Problem | undefined;
  /** Who was signed out by us, in order. */
  readonly signedOut: AadObjectId[] = [];

  constructor(clock: () => Instant) {
    this.#clock = clock;
  }

  /** Lets a person sign in; `over` makes the token another than theirs. */
  signIn({ oid, tenant }: Person, over: Partial<AssertionClaims> = {}): void {
    const expiresAt = later(this.#clock(), 999 * hour);
    this.#claims.set(oid, { oid, tenant, audience: appId, expiresAt, isGuest: false, roles: [], ...over });
  }

  /** Lets a person's token vanish. */
  lose({ oid }: Person): void {
    this.#claims.delete(oid);
  }

  async find({ oid }: Person): Promise<AssertionResult> {
    if (this.problem !== undefined) return { kind: 'problem', problem: this.problem };
    const claims = this.#claims.get(oid);
    return claims === undefined ? { kind: 'none' } : { kind: 'found', assertion: new Secret('assertion', oid), claims };
  }

  async signOut({ oid }: Person): Promise<void> {
    this.signedOut.push(oid);
    this.#claims.delete(oid);
  }
}

/** Entra: exchanges every assertion, for a token that says whose it is, unless it has a problem. */
export class Exchange implements OnBehalfOf {
  problem: Problem | undefined;
  /** How many assertions were exchanged. */
  count = 0;

  async exchange(assertion: Assertion): Promise<ExchangeResult> {
    this.count += 1;
    if (this.problem !== undefined) return { kind: 'problem', problem: this.problem };
    return { kind: 'token', token: new Secret('defenderToken', `of ${assertion.reveal()}`) };
  }
}
