/** Spans of our own, for what no instrumentation knows of: messages, attempts, transactions. All of it does nothing while tracing is off. */
import {
  type Attributes,
  context,
  type Link,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { redactText } from './redact';

/** Headers that say which trace and span something comes from: W3C's `traceparent` and `tracestate`. */
export type Carrier = Record<string, string>;

export interface SpanOptions {
  kind: 'producer' | 'consumer' | 'internal';
  /** The span to continue, which may be another process' own; the caller's when absent; none when null. */
  parent?: Carrier | null;
  /** Spans that this one has to do with without being their child. */
  links?: readonly Carrier[];
  /** What it says of itself; asked for only when the trace is taken. */
  attributes?: () => Attributes;
  /** Whether an error that ends the work is a failure; by default each is. */
  isFailure?: (error: unknown) => boolean;
}

const kinds = { producer: SpanKind.PRODUCER, consumer: SpanKind.CONSUMER, internal: SpanKind.INTERNAL };

/** Runs work inside a span, which ends with it and carries its error, if any. In a trace that is not taken it is the caller's own. */
export function inSpan<T>(name: string, options: SpanOptions, work: (span: Span) => Promise<T>): Promise<T> {
  const { kind, parent: carrier, links = [], attributes, isFailure = () => true } = options;
  const around = carrier === undefined ? trace.getActiveSpan() : undefined;
  // Whoever decides has decided for the whole trace: a span made here would only cost something.
  if (around?.isRecording() === false) return work(around);
  const parent = carrier === undefined ? context.active() : contextOf(carrier ?? {});
  const span = trace
    .getTracer('sorting-office')
    .startSpan(name, { kind: kinds[kind], links: links.flatMap(linkTo) }, parent);
  if (attributes && span.isRecording()) span.setAttributes(attributes());
  return context.with(trace.setSpan(parent, span), async () => {
    try {
      return await work(span);
    } catch (error) {
      if (isFailure(error)) fail(span, error);
      throw error;
    } finally {
      span.end();
    }
  });
}

/** The span that the caller is in, as a carrier to send or store; null outside of any, and while tracing is off. */
export function currentTraceContext(): Carrier | null {
  const span = trace.getSpan(context.active());
  if (!span) return null;
  const carrier: Carrier = {};
  // Without the baggage that a client may have sent along: it is nobody's business but its own.
  propagation.inject(trace.setSpan(ROOT_CONTEXT, span), carrier);
  return Object.keys(carrier).length > 0 ? carrier : null;
}

/** Runs work outside of every span: for what a span's work sets off and does not wait for, on behalf of others too. */
export function outsideOfSpans<T>(work: () => T): T {
  return context.with(ROOT_CONTEXT, work);
}

/** Marks a span as failed, with what is known of the error and no secrets. */
export function fail(span: Span, error: unknown): void {
  const { name, message, stack, code } = describe(error);
  span.recordException({
    name,
    message: redactText(message),
    ...(stack !== undefined && { stack: redactText(stack) }),
  });
  span.setAttribute('error.type', code ?? name);
  span.setStatus({ code: SpanStatusCode.ERROR, message: redactText(message) });
}

/** Marks the span that the caller is in as failed; see {@link fail}. */
export function failCurrentSpan(error: unknown): void {
  const span = trace.getActiveSpan();
  if (span) fail(span, error);
}

function describe(error: unknown): { name: string; message: string; stack?: string | undefined; code?: string } {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) };
  const { name, message, stack, code } = error as Error & { code?: unknown };
  return { name, message, stack, ...(typeof code === 'string' && { code }) };
}

const contextOf = (carrier: Carrier) => propagation.extract(ROOT_CONTEXT, carrier);

function linkTo(carrier: Carrier): Link[] {
  const linked = trace.getSpanContext(contextOf(carrier));
  return linked ? [{ context: linked }] : [];
}
