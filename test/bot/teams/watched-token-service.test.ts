import assert from 'node:assert/strict';
import type { TokenService } from '../../../bot/teams/assertions.ts';
import { watchedTokenService } from '../../../bot/teams/watched-token-service.ts';
import { Secret } from '../../../src/domain/secret.ts';
import type { AssertionResult } from '../../../src/ports.ts';
import { dana } from '../../build/person.ts';
import { keptTelemetry } from '../../fakes/kept-telemetry.ts';
import { aToken, held } from './desk.ts';

describe('the Token Service that is watched', () => {
  const token = new Secret('assertion', 'marker');

  /** How each call is counted while the service answers so. */
  async function counted(result: AssertionResult): Promise<readonly string[]> {
    const { numbers, ...telemetry } = keptTelemetry();
    const answer = async () => result;
    const nothing = async () => undefined;
    const service: TokenService = {
      find: answer,
      exchange: answer,
      redeem: answer,
      signOut: nothing,
      signInResource: async () => ({ signInLink: 'https://token.example' }),
    };
    const watched = watchedTokenService(service, telemetry);
    assert.equal(await watched.find(dana), result);
    assert.equal(await watched.exchange(dana, token), result);
    assert.equal(await watched.redeem(dana, '123456'), result);
    return (await numbers()).map((line) => line.replace('collector_sign_in_failures_total', '')).toSorted();
  }

  it('counts a token and a code that were not taken, and not somebody who has just not signed in', async () => {
    assert.deepEqual(await counted({ kind: 'none' }), ['{reason="codeNotTaken"} 1', '{reason="tokenNotTaken"} 1']);
  });

  it('counts an outage, and its refusal of the bot', async () => {
    for (const kind of ['signInUnavailable', 'botRefused'] as const) {
      assert.deepEqual(await counted({ kind: 'problem', problem: { kind } }), [`{reason="${kind}"} 3`]);
    }
  });

  it('counts nothing when there is a token', async () => {
    assert.deepEqual(await counted(held(aToken(dana))), []);
  });
});
