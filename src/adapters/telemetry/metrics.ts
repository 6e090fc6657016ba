import type { Counter, Histogram, Meter, ObservableGauge } from '@opentelemetry/api';
import { second } from '../../domain/instant.ts';
import { type InstrumentOf, instruments, type Labels, type Reading } from './instruments.ts';

/** Counts and times. Where nobody asks for numbers the meter does nothing, and so does this. */
export class Metrics {
  readonly #meter: Meter;
  readonly #counters: ReadonlyMap<string, Counter>;
  readonly #histograms: ReadonlyMap<string, Histogram>;
  readonly #gauges: ReadonlyMap<string, ObservableGauge>;

  constructor(meter: Meter) {
    this.#meter = meter;
    this.#counters = new Map(named('counter').map(([key, instrument]) => [key, counterOf(meter, instrument)]));
    this.#histograms = new Map(
      named('histogram').map(([key, { name, unit, description, buckets }]) => [
        key,
        meter.createHistogram(name, { unit, description, advice: { explicitBucketBoundaries: [...buckets] } }),
      ]),
    );
    this.#gauges = new Map(
      named('gauge').map(([key, { name, unit, description }]) => [
        key,
        meter.createObservableGauge(name, { unit, description }),
      ]),
    );
  }

  /** One more of these. */
  count<Name extends InstrumentOf<'counter'>>(counter: Name, labels: Labels<Name>): void {
    this.#counters.get(counter)?.add(1, labels);
  }

  /** Something took so long, in milliseconds. Two clocks may disagree by a little: less than nothing counts as nothing. */
  took<Name extends InstrumentOf<'histogram'>>(histogram: Name, ms: number, labels: Labels<Name>): void {
    this.#histograms.get(histogram)?.record(Math.max(0, ms) / second, labels);
  }

  /** Has gauges read whenever somebody asks. What `read` throws the SDK tells; then its gauges have no value. */
  readGauges(read: () => Promise<readonly Reading[]>): void {
    this.#meter.addBatchObservableCallback(
      async (result) => {
        for (const { gauge, value, labels } of await read()) {
          const observed = this.#gauges.get(gauge);
          if (observed !== undefined) result.observe(observed, value, labels);
        }
      },
      [...this.#gauges.values()],
    );
  }
}

function counterOf(meter: Meter, { name, unit, description, ...counter }: Of<'counter'>): Counter {
  const made = meter.createCounter(name, { unit, description });
  for (const labels of 'zeros' in counter ? counter.zeros : []) made.add(0, labels);
  return made;
}

type Of<Kind extends string> = Extract<(typeof instruments)[keyof typeof instruments], { readonly kind: Kind }>;

/** The instruments of a kind, with the names by which the code calls them. */
function named<Kind extends 'counter' | 'gauge' | 'histogram'>(kind: Kind): readonly (readonly [string, Of<Kind>])[] {
  return Object.entries(instruments).flatMap(([key, instrument]) =>
    isOf(kind, instrument) ? [[key, instrument] as const] : [],
  );
}

function isOf<Kind extends string>(
  kind: Kind,
  instrument: (typeof instruments)[keyof typeof instruments],
): instrument is Of<Kind> {
  return instrument.kind === kind;
}
