import type { Person } from '../domain/person.ts';
import type { Assertions, RequestStore } from '../ports.ts';

/** The string by which Defender calls a person, and whether it is a guess. */
export interface RequestorName {
  readonly name: string;
  /** It is the user name of their sign-in: what Defender writes as a rule, but an alias is possible. */
  readonly isGuess: boolean;
}

/**
 * How Defender calls this person. Best Defender's own word, from an answer to a POST of theirs; before the first one, the
 * user name of their sign-in (defender-api, MachineAction).
 * @returns undefined when neither is known
 */
export async function requestorNameOf(
  { store, assertions }: { readonly store: RequestStore; readonly assertions: Assertions },
  person: Person,
): Promise<RequestorName | undefined> {
  const known = await store.requestorName(person.oid);
  if (known !== undefined) return { name: known, isGuess: false };
  const found = await assertions.find(person);
  const upn = found.kind === 'found' ? found.claims.upn : undefined;
  return upn === undefined ? undefined : { name: upn, isGuess: true };
}
