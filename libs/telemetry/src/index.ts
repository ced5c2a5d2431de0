export { createLogger, redactedKeys, type Logger } from './logger';
export { metricNames, type MetricName } from './metric-names';
export { currentTraceContext, inSpan, startTelemetry, type Telemetry } from './telemetry';
export { metrics } from '@opentelemetry/api';
