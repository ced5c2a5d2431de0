/**
 * The SDK for traces. Imported only when traces are wanted.
 *
 * ```
 *   span ends --> queue (bounded; what does not fit is dropped) --batches--> OTLP over HTTP as JSON
 * ```
 */
import { context, propagation, SpanKind, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import type { Resource } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  NodeTracerProvider,
  type ReadableSpan,
  type SpanExporter,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace-node';
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
    spanProcessors: [withoutHousekeeping(new BatchSpanProcessor(exporter))],
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

/**
 * Leaves out statements that tell nothing of the work: those of no trace, as what the relay, the scheduler and the gate ask every second
 * would be a trace each, and the settings of sessions, of which every transaction has two.
 */
function withoutHousekeeping(inner: SpanProcessor): SpanProcessor {
  const untold = ({ kind, name, parentSpanContext }: ReadableSpan) =>
    kind === SpanKind.CLIENT && (!parentSpanContext || name === 'SET');
  return {
    onStart: (span, parent) => inner.onStart(span, parent),
    onEnd: (span) => {
      if (!untold(span)) inner.onEnd(span);
    },
    forceFlush: () => inner.forceFlush(),
    shutdown: () => inner.shutdown(),
  };
}
