export { createLogger, redactedKeys, type Logger } from './logger';
export { currentTraceContext, inSpan, startTelemetry, type Telemetry } from './telemetry';
export { metrics } from '@opentelemetry/api';
