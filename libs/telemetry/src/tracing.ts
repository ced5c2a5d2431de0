/**
 * The SDK for traces, and what it patches. Imported only when traces are wanted.
 *
 * ```
 *   span ends --> queue (bounded; what does not fit is dropped) --batches--> OTLP over HTTP as JSON
 * ```
 */
import { register } from 'node:module';
import { context, propagation, SpanKind, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { registerInstrumentations } from '@opentelemetry/instrumentation';
import { ExpressInstrumentation, ExpressLayerType } from '@opentelemetry/instrumentation-express';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { MySQL2Instrumentation } from '@opentelemetry/instrumentation-mysql2';
import type { Resource } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  NodeTracerProvider,
  type ReadableSpan,
  type SpanExporter,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace-node';
import { setTimeout as sleep } from 'node:timers/promises';
import { maskStatement } from './mask-statement';

/** How long stopping waits for the collector to take what is left, in milliseconds. */
const flushMs = 2000;

/** Requests that are asked for all day long and tell nothing. */
const untraced = /^\/(healthz\/|metrics)/;

/** @param exporter where spans go; a collector, as the environment says, when absent. */
export function startTracing(
  resource: Resource,
  exporter: SpanExporter = new OTLPTraceExporter(),
): { stop(): Promise<void> } {
  const provider = new NodeTracerProvider({
    resource,
    spanProcessors: [withoutLoneStatements(new BatchSpanProcessor(exporter))],
  });
  provider.register();
  // ESM imports are patched by a loader, which need look at nothing else; what is required from CommonJS is patched anyway.
  register('@opentelemetry/instrumentation/hook.mjs', import.meta.url, {
    data: { include: ['express', 'mysql2', 'mysql2/promise', 'http', 'node:http', 'https', 'node:https'] },
  });
  const unpatch = registerInstrumentations({
    tracerProvider: provider,
    instrumentations: [
      new HttpInstrumentation({
        ignoreIncomingRequestHook: ({ url }) => untraced.test(url ?? ''),
        // What somebody searches for is nobody else's business.
        requestHook: (span, request) => {
          if ('url' in request && request.url?.includes('?')) span.setAttribute('url.query', '[redacted]');
        },
        requireParentforOutgoingSpans: true,
      }),
      new ExpressInstrumentation({ ignoreLayersType: [ExpressLayerType.MIDDLEWARE, ExpressLayerType.ROUTER] }),
      new MySQL2Instrumentation({ maskStatement: true, maskStatementHook: maskStatement }),
    ],
  });
  return {
    stop: async () => {
      const bound = new AbortController();
      await Promise.race([
        // A collector that does not answer has been told of in the log, and is no reason not to stop.
        provider.shutdown().catch(() => undefined),
        sleep(flushMs, undefined, { signal: bound.signal }).catch(() => undefined),
      ]);
      bound.abort();
      unpatch();
      trace.disable();
      context.disable();
      propagation.disable();
    },
  };
}

/** Leaves out statements of no trace: what the relay, the scheduler and the gate ask every second would be a trace each. */
function withoutLoneStatements(inner: SpanProcessor): SpanProcessor {
  const lone = ({ kind, parentSpanContext }: ReadableSpan) => kind === SpanKind.CLIENT && !parentSpanContext;
  return {
    onStart: (span, parent) => inner.onStart(span, parent),
    onEnd: (span) => {
      if (!lone(span)) inner.onEnd(span);
    },
    forceFlush: () => inner.forceFlush(),
    shutdown: () => inner.shutdown(),
  };
}
