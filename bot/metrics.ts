/** The numbers that are read when somebody asks for them: the store's, which are all replicas', and this process' state. */
import type { StoreFigures } from '../src/adapters/store/figures.ts';
import type { Reading } from '../src/adapters/telemetry/instruments.ts';
import type { Metrics } from '../src/adapters/telemetry/metrics.ts';
import { type Instant, second } from '../src/domain/instant.ts';
import type { ClockCheck } from './clock-check.ts';
import type { Credential } from './config.ts';
import { credentialExpiry } from './credential-watch.ts';
import { within } from './deadline.ts';

/** What is asked. */
export interface StatePorts {
  readonly figures: () => Promise<StoreFigures>;
  /** What `/readyz` asks. */
  readonly ready: () => Promise<void>;
  readonly clockCheck: Pick<ClockCheck, 'aheadMs'>;
  readonly credential: Credential;
  readonly clock: () => Instant;
}

/** Whoever asks waits 10 s as a rule. A store that does not answer in time has no figures, and the rest is told. */
const patience = 5 * second;

/** Has them read until it is stopped: a store that is closed would only complain. */
export function tellState(metrics: Metrics, ports: StatePorts): { stop(): void } {
  let isStopped = false;
  const unlessStopped = (read: () => Promise<readonly Reading[]>) => async () => (isStopped ? [] : await read());
  const ofStore = async () => storeReadings(await within(patience, 'the store', ports.figures()));
  metrics.readGauges(unlessStopped(ofStore));
  metrics.readGauges(unlessStopped(() => processReadings(ports)));
  return {
    stop: () => {
      isStopped = true;
    },
  };
}

function storeReadings({ outcomes, queues, apis }: StoreFigures): readonly Reading[] {
  return [
    ...[...outcomes].map(([outcome, value]) => ({ gauge: 'requests', value, labels: { outcome } }) as const),
    ...queues.flatMap(({ queue, due, oldestMs, dead }): readonly Reading[] => [
      { gauge: 'queueDepth', value: due, labels: { queue } },
      { gauge: 'queueOldest', value: oldestMs / second, labels: { queue } },
      { gauge: 'deadLetters', value: dead, labels: { queue } },
    ]),
    ...apis.flatMap(({ api, left, pausedMs }): readonly Reading[] => [
      { gauge: 'defenderCallsLeft', value: left.minute, labels: { api, window: 'minute' } },
      { gauge: 'defenderCallsLeft', value: left.hour, labels: { api, window: 'hour' } },
      { gauge: 'defenderPaused', value: pausedMs / second, labels: { api } },
    ]),
  ];
}

async function processReadings({ ready, clockCheck, credential, clock }: StatePorts): Promise<readonly Reading[]> {
  const value = await within(patience, 'the store or the Bot Framework', ready()).then(
    () => 1,
    // Why is in the log, whenever /readyz is asked.
    () => 0,
  );
  const aheadMs = clockCheck.aheadMs();
  const expiry = credentialExpiry(credential);
  return [
    { gauge: 'ready', value, labels: {} },
    ...(aheadMs === undefined ? [] : [{ gauge: 'clockOffset', value: aheadMs / second, labels: {} } as const]),
    ...(expiry.kind === 'known' ? [expiryReading(credential, expiry.expiresAt - clock())] : []),
  ];
}

function expiryReading({ kind }: Credential, leftMs: number): Reading {
  return { gauge: 'credentialExpiry', value: leftMs / second, labels: { credential: kind } };
}
