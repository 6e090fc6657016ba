/** Taking a sign-in: what a client brings back is checked, given to the Token Service, and what waited goes on. */
import { readAssertionClaims } from '../../src/adapters/entra/assertion-claims.ts';
import type { SignInStore } from '../../src/adapters/store/sign-in-store.ts';
import type { Telemetry } from '../../src/adapters/telemetry/telemetry.ts';
import { resumeAfterSignIn } from '../../src/app/sign-in.ts';
import { type AssertionRefusal, checkAssertion, problemOfAssertion } from '../../src/domain/assertion.ts';
import type { RequestId, TenantId } from '../../src/domain/ids.ts';
import type { Instant } from '../../src/domain/instant.ts';
import type { Person } from '../../src/domain/person.ts';
import type { Problem } from '../../src/domain/problem.ts';
import { type Assertion, Secret } from '../../src/domain/secret.ts';
import type { AssertionResult, AuditLog, Log, RequestStore } from '../../src/ports.ts';
import type { TokenService } from './assertions.ts';

/** What taking a sign-in needs. */
export interface SignInPorts {
  readonly tokenService: TokenService;
  readonly exchanges: Pick<SignInStore, 'firstTime'>;
  /** The exchanges that this process is at, by person and exchange id. Spares calls; nothing depends on it. */
  readonly exchangesUnderWay: Map<string, Promise<SignInResult>>;
  readonly store: RequestStore;
  readonly app: { readonly appId: string; readonly tenant: TenantId };
  readonly clock: () => Instant;
  readonly telemetry: Telemetry;
  readonly log: Log;
  readonly audit: AuditLog;
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
  if (check !== 'ok') return await refuse(ports, person, check);
  return await taken(ports, person, await ports.tokenService.exchange(person, assertion));
}

/**
 * `signin/tokenExchange`: every device of the person sends one, with the same id, at the same moment; the first one
 * counts, the others learn how it ended. One that comes again after a failure is tried again.
 */
export async function takeTokenOnce(
  ports: SignInPorts,
  person: Person,
  exchangeId: string,
  token: string,
): Promise<SignInResult> {
  const key = `${person.oid}:${exchangeId}`;
  const first = ports.exchangesUnderWay.get(key);
  if (first !== undefined) {
    const result = await first;
    return result.kind === 'signedIn' ? { kind: 'repeated' } : result;
  }
  const work = takeUnlessTaken(ports, person, key, token);
  ports.exchangesUnderWay.set(key, work);
  try {
    return await work;
  } finally {
    ports.exchangesUnderWay.delete(key);
  }
}

async function takeUnlessTaken(ports: SignInPorts, person: Person, key: string, token: string): Promise<SignInResult> {
  const isFirst = await ports.exchanges.firstTime(key);
  if (!isFirst && (await signInOf(ports, person)).kind === 'signedIn') return { kind: 'repeated' };
  return await takeToken(ports, person, token);
}

/** The code that a finished sign-in window brought: `value.state`, or typed by hand. */
export async function takeCode(ports: SignInPorts, person: Person, code: string): Promise<SignInResult> {
  return await taken(ports, person, await ports.tokenService.redeem(person, code));
}

/** Whether the Token Service holds a sign-in of this person, without asking Entra what it is good for. */
export async function signInOf(
  ports: SignInPorts,
  person: Person,
): Promise<{ readonly kind: 'signedIn' | 'missing' } | Extract<SignInResult, { readonly kind: 'problem' }>> {
  const held = await ports.tokenService.find(person);
  if (held.kind === 'problem') return held;
  if (held.kind === 'none') return { kind: 'missing' };
  const check = checkAssertion(held.claims, { ...ports.app, oid: person.oid }, ports.clock());
  if (check === 'ok') return { kind: 'signedIn' };
  return check === 'expired' ? { kind: 'missing' } : await refuseAndForget(ports, person, check);
}

async function taken(ports: SignInPorts, person: Person, result: AssertionResult): Promise<SignInResult> {
  if (result.kind === 'problem') return result;
  if (result.kind === 'none') return { kind: 'failed' };
  const check = checkAssertion(result.claims, { ...ports.app, oid: person.oid }, ports.clock());
  if (check === 'expired') return { kind: 'failed' };
  if (check !== 'ok') return await refuseAndForget(ports, person, check);
  ports.log.info({ person: person.oid }, 'signed in');
  await ports.audit.record({ by: person, kind: 'signedIn', details: {} });
  return { kind: 'signedIn', resumed: await resumeAfterSignIn(ports.store, person) };
}

type Refusal = Extract<SignInResult, { readonly kind: 'problem' }>;

/** What the Token Service keeps for this person is not theirs: it must not stay there. It is refused either way. */
async function refuseAndForget(ports: SignInPorts, person: Person, check: AssertionRefusal): Promise<Refusal> {
  try {
    await ports.tokenService.signOut(person);
  } catch (err) {
    ports.log.warn({ err, person: person.oid }, 'the Token Service keeps a sign-in that is not this person’s');
  }
  return await refuse(ports, person, check);
}

async function refuse(
  { log, audit, telemetry }: SignInPorts,
  person: Person,
  check: AssertionRefusal,
): Promise<Refusal> {
  log.warn({ check, person: person.oid }, 'refused a sign-in that is not this person’s, this tenant’s or this app’s');
  const problem = problemOfAssertion(check);
  telemetry.metrics.count('signInFailures', { reason: problem.kind });
  await audit.record({ by: person, kind: 'personRefused', details: { wish: 'signIn', why: problem.kind } });
  return { kind: 'problem', problem };
}
