export { telemetryConfig, type TelemetryConfig } from './config';
export { enqueuedCounter } from './enqueued';
export { createLogger, type Logger } from './logger';
export { type MetricName, metricNames } from './metric-names';
export { observeProcess, type ObservedProcess } from './process-metrics';
export {
  type Carrier,
  currentTraceContext,
  fail,
  failCurrentSpan,
  inSpan,
  outsideOfSpans,
  type SpanOptions,
} from './spans';
export { startTelemetry, type Telemetry } from './telemetry';
export { type Attributes, metrics } from '@opentelemetry/api';
