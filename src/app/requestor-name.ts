import type { Person } from '../domain/person.ts';
import type { Assertions, RequestStore } from '../ports.ts';

/**
 * The string by which Defender calls this person. Best Defender's own word, from an answer to a POST of theirs; before
 * the first one, the user name of their sign-in, which is what Defender writes as a rule (defender-api, MachineAction).
 * @returns undefined when neither is known
 */
export async function requestorNameOf(
  { store, assertions }: { readonly store: RequestStore; readonly assertions: Assertions },
  person: Person,
): Promise<string | undefined> {
  const known = await store.requestorName(person.oid);
  if (known !== undefined) return known;
  const found = await assertions.find(person);
  return found.kind === 'found' ? found.claims.upn : undefined;
}
