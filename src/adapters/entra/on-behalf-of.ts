import { randomUUID } from 'node:crypto';
import type { AuthenticationResult, ConfidentialClientApplication } from '@azure/msal-node';
import { parseCorrelationId } from '../../domain/ids.ts';
import type { Problem } from '../../domain/problem.ts';
import { type Assertion, Secret } from '../../domain/secret.ts';
import type { ExchangeResult, Log, OnBehalfOf } from '../../ports.ts';
import { readAssertionClaims, readDelegatedClaims } from './assertion-claims.ts';
import { judgeExchangeError } from './exchange-problem.ts';

/** What we use of MSAL. */
export type Exchanger = Pick<ConfidentialClientApplication, 'acquireTokenOnBehalfOf' | 'clearCache' | 'getTokenCache'>;

/**
 * MSAL keeps about four entries for each person: a newer token of a person replaces the older, but nobody is ever
 * forgotten. Above this it starts anew, which costs each person one call.
 */
const mostCached = 4_000;

/**
 * Entra's on-behalf-of exchange. MSAL caches by assertion, in memory, until shortly before the token's end.
 * @param scope `<Defender's resource>/.default`
 */
export function createOnBehalfOf(client: Exchanger, scope: string, log: Log, limit = mostCached): OnBehalfOf {
  return {
    async exchange(assertion) {
      // Sent to Entra as `client-request-id`: by it an administrator finds the sign-in.
      const correlationId = randomUUID();
      try {
        const request = { oboAssertion: assertion.reveal(), scopes: [scope], correlationId };
        const result = await client.acquireTokenOnBehalfOf(request);
        if (Object.keys(client.getTokenCache().getKVStore()).length > limit) client.clearCache();
        return checked(result, assertion, correlationId, log);
      } catch (error) {
        return failed(error, correlationId, log);
      }
    },
  };
}

/** A token of an application, or of somebody else, is never used. */
function checked(
  result: AuthenticationResult | null,
  assertion: Assertion,
  correlationId: string,
  log: Log,
): ExchangeResult {
  if (result === null || result.accessToken === '') return problemOf({ kind: 'signInUnavailable' }, correlationId);
  const token = new Secret('defenderToken', result.accessToken);
  const delegated = readDelegatedClaims(token);
  if (delegated === undefined) {
    log.error({ call: 'entra', correlationId }, 'Entra gave a token without delegated permissions: it is not used');
    return problemOf({ kind: 'signInRefused' }, correlationId);
  }
  if (delegated.oid !== readAssertionClaims(assertion)?.oid) {
    log.error({ call: 'entra', correlationId }, 'Entra gave a token of another person: it is not used');
    return problemOf({ kind: 'someoneElsesSignIn' }, correlationId);
  }
  return { kind: 'token', token };
}

function failed(error: unknown, correlationId: string, log: Log): ExchangeResult {
  const judged = judgeExchangeError(error);
  if (judged === undefined) throw error;
  const fields = { call: 'entra', correlationId, problem: judged.problem };
  if (judged.needsOperator)
    log.error({ ...fields, error }, 'The bot cannot act for anybody: check its Entra app and credential');
  else log.warn(fields, 'Entra refused an on-behalf-of exchange');
  return problemOf(judged.problem, correlationId);
}

function problemOf(problem: Problem, correlation: string): ExchangeResult {
  const correlationId = parseCorrelationId(correlation);
  return { kind: 'problem', problem: correlationId === undefined ? problem : { ...problem, correlationId } };
}
