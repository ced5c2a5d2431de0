/**
 * Logs, metrics and traces of one program, registered with the OpenTelemetry API so that libraries need to know nothing but it.
 */
import { context, metrics, propagation, SpanKind, SpanStatusCode, trace, type Attributes } from '@opentelemetry/api';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { ATTR_SERVICE_NAME, ATTR_SERVICE_VERSION } from '@opentelemetry/semantic-conventions';
import type { IncomingMessage, ServerResponse } from 'node:http';

export interface Telemetry {
  /** Answers a scrape with the metrics in Prometheus' text format. */
  serveMetrics(request: IncomingMessage, response: ServerResponse): void;
  /** Flushes and unregisters everything. */
  stop(): Promise<void>;
}

/** Registers tracing with W3C trace context, and metrics for Prometheus to fetch. Once in a process. */
export function startTelemetry(service: { name: string; version: string }): Telemetry {
  const resource = resourceFromAttributes({
    [ATTR_SERVICE_NAME]: service.name,
    [ATTR_SERVICE_VERSION]: service.version,
  });
  const tracing = new NodeTracerProvider({ resource });
  tracing.register();
  const scrape = new PrometheusExporter({ preventServerStart: true });
  const metering = new MeterProvider({ resource, readers: [scrape] });
  metrics.setGlobalMeterProvider(metering);
  return {
    serveMetrics: (request, response) => scrape.getMetricsRequestHandler(request, response),
    stop: async () => {
      await Promise.all([tracing.shutdown(), metering.shutdown()]);
      trace.disable();
      metrics.disable();
      context.disable();
      propagation.disable();
    },
  };
}

/** The trace that the caller is in, as a carrier to send or store; null outside of any. */
export function currentTraceContext(): Record<string, string> | null {
  const carrier: Record<string, string> = {};
  propagation.inject(context.active(), carrier);
  return Object.keys(carrier).length > 0 ? carrier : null;
}

export interface SpanOptions {
  kind: 'producer' | 'consumer' | 'internal';
  /** The carrier of the trace to continue; the caller's own when absent. */
  parent?: Record<string, string> | null;
  attributes?: Attributes;
}

const kinds = { producer: SpanKind.PRODUCER, consumer: SpanKind.CONSUMER, internal: SpanKind.INTERNAL };

/** Runs work inside a span, which ends with it and carries its error, if any. */
export function inSpan<T>(name: string, options: SpanOptions, work: () => Promise<T>): Promise<T> {
  const parent = options.parent ? propagation.extract(context.active(), options.parent) : context.active();
  const span = trace
    .getTracer('sorting-office')
    .startSpan(
      name,
      { kind: kinds[options.kind], ...(options.attributes && { attributes: options.attributes }) },
      parent,
    );
  return context.with(trace.setSpan(parent, span), async () => {
    try {
      return await work();
    } catch (error) {
      span.recordException(error instanceof Error ? error : String(error));
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
}
