/**
 * Metrics and traces of one program, registered with the OpenTelemetry API so that libraries need to know nothing but it.
 *
 * ```
 *   off       OTEL_SDK_DISABLED=true          nothing is registered
 *   metrics   by default                      counted in memory, written when somebody asks for /metrics
 *   traces    an OTLP endpoint is given       only then is the SDK for traces imported, and are packages patched
 * ```
 */
import { metrics } from '@opentelemetry/api';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { ATTR_SERVICE_NAME, ATTR_SERVICE_VERSION } from '@opentelemetry/semantic-conventions';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { TelemetryConfig } from './config';

export interface Telemetry {
  /** Answers a scrape with the metrics in Prometheus' text format; 404 while telemetry is off. */
  serveMetrics(request: IncomingMessage, response: ServerResponse): void;
  /** Sends what is left, for two seconds at the most, and unregisters everything. */
  stop(): Promise<void>;
}

/**
 * Registers what the configuration asks for. Once in a process, and before the packages that are to be traced are imported.
 * A collector that is away or slow is waited for nowhere: what does not fit into the queue is dropped.
 */
export async function startTelemetry(
  service: { name: string; version: string },
  { metrics: metering, tracing }: TelemetryConfig = { metrics: true, tracing: false },
): Promise<Telemetry> {
  if (!metering) return { serveMetrics: (_request, response) => response.writeHead(404).end(), stop: async () => {} };
  // What operators say in OTEL_RESOURCE_ATTRIBUTES and OTEL_SERVICE_NAME goes before what the program says of itself.
  const resource = resourceFromAttributes({
    [ATTR_SERVICE_NAME]: service.name,
    [ATTR_SERVICE_VERSION]: service.version,
  }).merge(detectResources({ detectors: [envDetector] }));
  const scrape = new PrometheusExporter({ preventServerStart: true, withoutScopeInfo: true });
  const meters = new MeterProvider({ resource, readers: [scrape] });
  metrics.setGlobalMeterProvider(meters);
  const traces = tracing ? (await import('./tracing')).startTracing(resource) : null;
  return {
    serveMetrics: (request, response) => scrape.getMetricsRequestHandler(request, response),
    stop: async () => {
      await Promise.all([traces?.stop(), meters.shutdown()]);
      metrics.disable();
    },
  };
}
