import type { Telemetry } from '../../src/adapters/telemetry/telemetry.ts';
import { fail } from '../../src/adapters/telemetry/tracing.ts';
import type { AssertionResult } from '../../src/ports.ts';
import type { TokenService } from './assertions.ts';

/** The same Token Service: each call is a span, and what it does not give or take is counted by its reason. */
export function watchedTokenService(tokenService: TokenService, { metrics, tracing }: Telemetry): TokenService {
  /** @param missing what it means that there is no token; undefined where that is nothing to wonder at */
  const watch = (what: string, missing: string | undefined, work: () => Promise<AssertionResult>) =>
    tracing.step(`Token Service ${what}`, { kind: 'client' }, async (span) => {
      const result = await work();
      const reason = reasonOf(result, missing);
      if (reason === undefined) return result;
      metrics.count('signInFailures', { reason });
      fail(span, reason);
      return result;
    });
  return {
    find: (person) => watch('find', undefined, () => tokenService.find(person)),
    exchange: (person, token) => watch('exchange', 'tokenNotTaken', () => tokenService.exchange(person, token)),
    redeem: (person, code) => watch('redeem', 'codeNotTaken', () => tokenService.redeem(person, code)),
    signOut: (person) => tokenService.signOut(person),
    signInResource: (activity) => tokenService.signInResource(activity),
  };
}

function reasonOf(result: AssertionResult, missing: string | undefined): string | undefined {
  switch (result.kind) {
    case 'found':
      return undefined;
    case 'none':
      return missing;
    case 'problem':
      return result.problem.kind;
  }
}
