import { z } from 'zod';

/** Variables of OpenTelemetry that are set and empty are as good as not set. */
const text = z
  .string()
  .optional()
  .transform((value) => (value === '' ? undefined : value));

/**
 * What telemetry is told by its environment, in OpenTelemetry's own names. The SDK reads the rest of them by itself: sampler, batches,
 * headers, timeouts, resource attributes.
 */
export const telemetryConfig = z
  .object({
    OTEL_SDK_DISABLED: text,
    OTEL_TRACES_EXPORTER: text,
    OTEL_EXPORTER_OTLP_ENDPOINT: text,
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: text,
  })
  .transform((env) => {
    const metrics = env.OTEL_SDK_DISABLED?.toLowerCase() !== 'true';
    const collector = env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ?? env.OTEL_EXPORTER_OTLP_ENDPOINT;
    return { metrics, tracing: metrics && collector !== undefined && env.OTEL_TRACES_EXPORTER !== 'none' };
  });

export type TelemetryConfig = z.output<typeof telemetryConfig>;
