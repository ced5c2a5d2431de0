import type { ReceivedSpan } from './otlp';

/** Longest name of a span that is shown, in characters. */
const maxName = 90;

/**
 * A trace for people: a line for each span, what it has set off below it and further right, in the order in which it began.
 *
 * ```
 *   trace 0af7651916cd43dd8448eb211c80319c, 5 spans, 48 ms
 *     POST /api/tasks/background_sort  12 ms  202  (office-api)
 *       send office.tasks:default  3 ms  (office-api)
 *         process office.tasks.default  30 ms  succeeded  (office-worker)
 * ```
 *
 * Spans whose parent is not among them stand at the top.
 */
export function traceTree(spans: readonly ReceivedSpan[]): string {
  const ids = new Set(spans.map(({ spanId }) => spanId));
  const children = new Map<string | null, ReceivedSpan[]>();
  for (const span of spans) {
    const parent = span.parentSpanId !== undefined && ids.has(span.parentSpanId) ? span.parentSpanId : null;
    children.set(parent, [...(children.get(parent) ?? []), span]);
  }
  const lines: string[] = [];
  const add = (span: ReceivedSpan, depth: number) => {
    lines.push(`${'  '.repeat(depth + 1)}${lineOf(span)}`);
    for (const child of inOrder(children.get(span.spanId))) add(child, depth + 1);
  };
  for (const top of inOrder(children.get(null))) add(top, 0);
  const began = Math.min(...spans.map(({ startedAt }) => startedAt));
  const ended = Math.max(...spans.map(({ startedAt, ms }) => startedAt + ms));
  return [`trace ${spans[0]?.traceId ?? ''}, ${spans.length} spans, ${duration(ended - began)}`, ...lines].join('\n');
}

function lineOf({ name, ms, attributes, links, failed, service }: ReceivedSpan): string {
  const statement = attributes['db.query.text'];
  const shown = statement === undefined ? name : statement.replace(/\s+/g, ' ');
  const outcome =
    attributes['office.task.outcome'] ?? attributes['http.response.status_code'] ?? (failed ? 'failed' : '');
  const parts = [
    shown.length > maxName ? `${shown.slice(0, maxName)}…` : shown,
    duration(ms),
    [outcome, attributes['error.type'] ?? ''].filter((part) => part !== '').join(' '),
    ...links.map(({ spanId }) => `after ${spanId}`),
    statement === undefined ? `(${service})` : '',
  ];
  return parts.filter((part) => part !== '').join('  ');
}

const inOrder = (spans: readonly ReceivedSpan[] = []) => [...spans].sort((a, b) => a.startedAt - b.startedAt);

const duration = (ms: number) => (ms < 1000 ? `${ms.toFixed(ms < 10 ? 1 : 0)} ms` : `${(ms / 1000).toFixed(1)} s`);
