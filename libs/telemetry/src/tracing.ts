/**
 * The SDK for traces. Imported only when traces are wanted.
 *
 * ```
 *   span ends --> queue (bounded; what does not fit is dropped) --batches--> OTLP over HTTP as JSON
 * ```
 */
import { context, propagation, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import type { Resource } from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider, type SpanExporter } from '@opentelemetry/sdk-trace-node';
import { setTimeout as sleep } from 'node:timers/promises';

/** How long stopping waits for the collector to take what is left, in milliseconds. */
const flushMs = 2000;

/** @param exporter where spans go; a collector, as the environment says, when absent. */
export function startTracing(
  resource: Resource,
  exporter: SpanExporter = new OTLPTraceExporter(),
): { stop(): Promise<void> } {
  const provider = new NodeTracerProvider({
    resource,
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
  provider.register();
  return {
    stop: async () => {
      const bound = new AbortController();
      await Promise.race([
        // A collector that does not answer has been told of in the log, and is no reason not to stop.
        provider.shutdown().catch(() => undefined),
        sleep(flushMs, undefined, { signal: bound.signal }).catch(() => undefined),
      ]);
      bound.abort();
      trace.disable();
      context.disable();
      propagation.disable();
    },
  };
}
