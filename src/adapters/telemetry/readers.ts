/**
 * The SDK's readers, but for one habit: of a gauge that could not be read, or that has a label value no more, they repeat
 * the last value for ever. A number that nobody has read must be absent. Told that gauges are deltas, they forget it.
 */
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { AggregationTemporality, InstrumentType, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';

/** Sends all numbers from time to time. */
export class PeriodicReader extends PeriodicExportingMetricReader {
  override selectAggregationTemporality(instrument: InstrumentType): AggregationTemporality {
    return isGauge(instrument) ? AggregationTemporality.DELTA : super.selectAggregationTemporality(instrument);
  }
}

/** Answers whoever asks at `/metrics`. */
export class PrometheusReader extends PrometheusExporter {
  override selectAggregationTemporality(instrument: InstrumentType): AggregationTemporality {
    return isGauge(instrument) ? AggregationTemporality.DELTA : super.selectAggregationTemporality(instrument);
  }
}

function isGauge(instrument: InstrumentType): boolean {
  return instrument === InstrumentType.OBSERVABLE_GAUGE;
}
