import type { Telemetry } from '../src/adapters/telemetry/telemetry.ts';
import { watchedDefender } from '../src/adapters/telemetry/watched-defender.ts';
import { watchedRequests } from '../src/adapters/telemetry/watched-requests.ts';
import { watchedOnBehalfOf } from '../src/adapters/telemetry/watched-sign-in.ts';
import type { Defender, OnBehalfOf, RequestStore } from '../src/ports.ts';
import type { TokenService } from './teams/assertions.ts';
import { watchedTokenService } from './teams/watched-token-service.ts';

interface Watchable {
  readonly store: RequestStore;
  readonly tokenService: TokenService;
  readonly onBehalfOf: OnBehalfOf;
  readonly defender: Defender;
  readonly backgroundDefender: Defender;
}

/** The same ports, seen by the telemetry: what use cases and edge do through them is counted, timed and traced. */
export function watchedPorts<Ports extends Watchable>(ports: Ports, telemetry: Telemetry): Ports {
  return {
    ...ports,
    store: watchedRequests(ports.store, telemetry),
    tokenService: watchedTokenService(ports.tokenService, telemetry),
    onBehalfOf: watchedOnBehalfOf(ports.onBehalfOf, telemetry),
    defender: watchedDefender(ports.defender, telemetry),
    backgroundDefender: watchedDefender(ports.backgroundDefender, telemetry),
  };
}
