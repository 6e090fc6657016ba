import { decodeJwt, errors } from 'jose';
import { defenderError } from './defender-errors.ts';
import type { Device } from './devices.ts';
import type { DefenderScope } from './entra.ts';
import type { EntraTokens } from './entra-tokens.ts';
import type { JsonObject } from './json.ts';
import { type DefenderRights, type DefenderRole, type Person, people, tenantId } from './people.ts';
import { bearerOf, type WireAnswer, type WireRequest } from './wire.ts';

/** Who calls. An application's token has no person behind it and sees everything. */
export interface Caller {
  readonly person: Person | undefined;
  /** Stands for the caller in `requestor`. */
  readonly name: string;
  readonly appOnly: boolean;
}

/** Who may do what in Defender: token, scope, role, device group (defender-api.md, 'Calls'). */
export class DefenderAccess {
  readonly #tokens: EntraTokens;
  readonly #rights = new Map<string, DefenderRights>(people.map(({ oid, defender }) => [oid, defender]));

  constructor(tokens: EntraTokens) {
    this.#tokens = tokens;
  }

  /** Gives a person other rights from now on. */
  setRights(person: Person, rights: DefenderRights): void {
    this.#rights.set(person.oid, rights);
  }

  /**
   * The caller, or the refusal: 401 for a token that Entra did not sign or that has ended, 403 for a wrong audience, a
   * missing scope or a missing role. A token without `scp` is an application's, and Defender takes it by its `roles`.
   */
  async authorize(request: WireRequest, scope: DefenderScope, role: DefenderRole): Promise<Caller | WireAnswer> {
    const token = bearerOf(request);
    const claims = token === undefined ? undefined : await this.#tokens.verified(token);
    if (!claims)
      return {
        ...defenderError('Unauthorized', 'Invalid or missing token.'),
        headers: { 'WWW-Authenticate': 'Bearer error="invalid_token"' },
      };
    if (claims.aud !== this.#tokens.resources.defender || claims.tid !== tenantId)
      return defenderError('Forbidden', 'The token is for another audience.');
    if (claims.scp === undefined) {
      if (claims.roles?.includes('Machine.CollectForensics'))
        return { person: undefined, name: claims.appid ?? '', appOnly: true };
      return defenderError('Forbidden', 'The application does not have any of the required application permissions.');
    }
    if (!claims.scp.split(' ').includes(scope))
      return defenderError('Forbidden', `Missing application scopes. Required: ${scope}.`);
    const person = people.find(({ oid }) => oid === claims.oid);
    const rights = person && this.#rights.get(person.oid);
    if (!person || !rights?.roles.includes(role))
      return defenderError('Forbidden', 'User does not have the required role.');
    return { person, name: person.upn, appOnly: false };
  }

  /** True if the device's group is one that the caller may see. */
  sees(caller: Caller, device: Device): boolean {
    if (!caller.person) return caller.appOnly;
    return this.#rights.get(caller.person.oid)?.deviceGroups.includes(device.rbacGroupName) ?? false;
  }
}

/** The identity of a call for the journal: claims of the token as they stand, without any check, and never the token. */
export function identityOf(request: WireRequest): JsonObject {
  const token = bearerOf(request);
  if (token === undefined) return { identity: 'none' };
  try {
    const { upn, oid, scp, appid, aud } = decodeJwt(token);
    const texts = Object.entries({ upn, oid, scp, appid, aud }).filter(([, value]) => typeof value === 'string');
    return { ...Object.fromEntries(texts.map(([name, value]) => [name, String(value)])), appOnly: scp === undefined };
  } catch (error) {
    if (error instanceof errors.JOSEError) return { identity: 'unreadable' };
    throw error;
  }
}
