/** Taking a sign-in: what a client brings back is checked, given to the Token Service, and what waited goes on. */
import { readAssertionClaims } from '../../src/adapters/entra/assertion-claims.ts';
import type { SignInStore } from '../../src/adapters/store/sign-in-store.ts';
import { resumeAfterSignIn } from '../../src/app/sign-in.ts';
import { checkAssertion } from '../../src/domain/assertion.ts';
import type { RequestId, TenantId } from '../../src/domain/ids.ts';
import type { Instant } from '../../src/domain/instant.ts';
import type { Person } from '../../src/domain/person.ts';
import type { Problem } from '../../src/domain/problem.ts';
import { type Assertion, Secret } from '../../src/domain/secret.ts';
import type { AssertionResult, Log, RequestStore } from '../../src/ports.ts';
import type { TokenService } from './assertions.ts';

/** What taking a sign-in needs. */
export interface SignInPorts {
  readonly tokenService: TokenService;
  readonly exchanges: Pick<SignInStore, 'firstTime'>;
  readonly store: RequestStore;
  readonly app: { readonly appId: string; readonly tenant: TenantId };
  readonly clock: () => Instant;
  readonly log: Log;
}

/** How a sign-in ended. */
export type SignInResult =
  | { readonly kind: 'signedIn'; readonly resumed: readonly RequestId[] }
  /** Another device of the same person has brought this one already. */
  | { readonly kind: 'repeated' }
  /** The token or code was not taken; the client may try another way. */
  | { readonly kind: 'failed' }
  | { readonly kind: 'problem'; readonly problem: Problem };

/** A client's SSO token, brought by `value.authentication` of a click or by `signin/tokenExchange`. */
export async function takeToken(ports: SignInPorts, person: Person, token: string): Promise<SignInResult> {
  const assertion: Assertion = new Secret('assertion', token);
  const claims = readAssertionClaims(assertion);
  if (claims === undefined) return { kind: 'failed' };
  const check = checkAssertion(claims, { ...ports.app, oid: person.oid }, ports.clock());
  if (check === 'expired') return { kind: 'failed' };
  if (check !== 'ok') return refuse(ports, person, check);
  return await taken(ports, person, await ports.tokenService.exchange(person, assertion));
}

/** `signin/tokenExchange`: every device of the person sends one, with the same id; the first one counts. */
export async function takeTokenOnce(
  ports: SignInPorts,
  person: Person,
  exchangeId: string,
  token: string,
): Promise<SignInResult> {
  if (!(await ports.exchanges.firstTime(`${person.oid}:${exchangeId}`))) return { kind: 'repeated' };
  return await takeToken(ports, person, token);
}

/** The code that a finished sign-in window brought: `value.state`, or typed by hand. */
export async function takeCode(ports: SignInPorts, person: Person, code: string): Promise<SignInResult> {
  return await taken(ports, person, await ports.tokenService.redeem(person, code));
}

async function taken(ports: SignInPorts, person: Person, result: AssertionResult): Promise<SignInResult> {
  if (result.kind === 'problem') return result;
  if (result.kind === 'none') return { kind: 'failed' };
  const check = checkAssertion(result.claims, { ...ports.app, oid: person.oid }, ports.clock());
  if (check !== 'ok') {
    // What the Token Service keeps for this person is not theirs: it must not stay there.
    await ports.tokenService.signOut(person);
    return refuse(ports, person, check);
  }
  ports.log.info({ person: person.oid }, 'signed in');
  return { kind: 'signedIn', resumed: await resumeAfterSignIn(ports.store, person) };
}

function refuse({ log }: SignInPorts, person: Person, check: string): SignInResult {
  log.warn({ check, person: person.oid }, 'refused a sign-in that is not this person’s, this tenant’s or this app’s');
  return { kind: 'problem', problem: { kind: 'someoneElsesSignIn' } };
}
