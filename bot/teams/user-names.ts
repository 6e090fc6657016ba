/** Every token that the Token Service gives of a person tells by which user name (UPN) they are known: for the audit. */
import type { AadObjectId } from '../../src/domain/ids.ts';
import type { Person } from '../../src/domain/person.ts';
import type { AssertionResult } from '../../src/ports.ts';
import type { TokenService } from './assertions.ts';

/**
 * The same Token Service, noting names on the way.
 * @param remember is called once per name in this process; what it throws, the call throws
 */
export function notingUserNames(
  tokenService: TokenService,
  remember: (person: AadObjectId, upn: string) => Promise<void>,
): TokenService {
  const note = rememberingOnce(remember);
  async function noted({ oid, tenant }: Person, asked: Promise<AssertionResult>): Promise<AssertionResult> {
    const result = await asked;
    if (result.kind !== 'found') return result;
    const { claims } = result;
    // A token of somebody else under this person's name is refused elsewhere; here it must not lend them its name.
    if (claims.upn === undefined || claims.oid !== oid || claims.tenant !== tenant) return result;
    await note(oid, claims.upn);
    return result;
  }
  return {
    find: (person) => noted(person, tokenService.find(person)),
    exchange: (person, token) => noted(person, tokenService.exchange(person, token)),
    redeem: (person, code) => noted(person, tokenService.redeem(person, code)),
    signOut: (person) => tokenService.signOut(person),
    signInResource: (activity) => tokenService.signInResource(activity),
  };
}

/** The same `remember`, called once per person and name in this process. */
export function rememberingOnce(
  remember: (person: AadObjectId, upn: string) => Promise<void>,
): (person: AadObjectId, upn: string) => Promise<void> {
  const known = new Map<AadObjectId, string>();
  return async (person, upn) => {
    if (known.get(person) === upn) return;
    await remember(person, upn);
    known.set(person, upn);
  };
}
