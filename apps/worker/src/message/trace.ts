/**
 * How the attempts of one task hang together in a trace.
 *
 * ```
 *   who enqueued it --+-- send, attempt 1 --> process, attempt 1 (failed)
 *                     |                           ^ link
 *                     +-- send, attempt 2 --> process, attempt 2
 * ```
 *
 * The row keeps who enqueued it and which span the latest attempt was; a message's headers name the span that sent it.
 */
import type { Delivery } from '@sorting-office/broker';
import type { QueuedTask, TraceContext } from '@sorting-office/db';
import { type Carrier, currentTraceContext } from '@sorting-office/telemetry';

const previousAttempt = 'previous-attempt';

/** The span that sent a message; that which enqueued the task, when whoever sent it was not traced. */
export function parentOf({ properties }: Delivery['message'], task: QueuedTask | string): Carrier | null {
  const { traceparent, tracestate } = (properties.headers ?? {}) as Record<string, unknown>;
  if (typeof traceparent === 'string') return { traceparent, ...(typeof tracestate === 'string' && { tracestate }) };
  return typeof task === 'string' ? null : task.traceContext;
}

/** The attempt before, if one is known. */
export function linksOf(task: QueuedTask | string): Carrier[] {
  const traceparent = typeof task === 'string' ? undefined : task.traceContext?.[previousAttempt];
  return traceparent === undefined ? [] : [{ traceparent }];
}

/** What the next attempt is traced to, once the caller's has ended; null while tracing is off: as this one. */
export function nextAttemptsTrace({ traceContext }: QueuedTask): TraceContext | null {
  const own = currentTraceContext();
  if (own?.['traceparent'] === undefined) return null;
  return { ...(traceContext ?? own), [previousAttempt]: own['traceparent'] };
}

/** What the tasks are traced to that an attempt enqueues: itself, or its own origin while tracing is off. */
export const childrensTrace = ({ traceContext }: QueuedTask): TraceContext | null =>
  currentTraceContext() ?? traceContext;
