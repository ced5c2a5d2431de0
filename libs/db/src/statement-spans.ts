import { type Attributes, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Connection } from 'mysql2';

/** Where a connection leads. */
export interface StatementTarget {
  readonly host: string;
  readonly port: number;
  readonly database: string;
}

/** Longest text of a statement that a span bears, in characters: one that inserts 500 rows says no more than its beginning. */
const maxLength = 1000;

/**
 * Makes a span of each statement of a connection that is sent inside of a span whose trace is taken, named by OpenTelemetry's conventions
 * for databases: what the relay, the scheduler and the gate ask every second would be a trace each otherwise.
 *
 * OpenTelemetry's own instrumentation of mysql2 prepares a span for every statement before anybody has said whether its trace is taken,
 * and cost the lightest tasks a fifth of their throughput where one trace in ten was taken.
 */
export function traceStatements(connection: Connection, { host, port, database }: StatementTarget): void {
  const target: Attributes = {
    'db.system.name': 'mysql',
    'db.namespace': database,
    'server.address': host,
    'server.port': port,
  };
  const tracer = trace.getTracer('sorting-office');
  const query = connection.query.bind(connection) as (...call: unknown[]) => unknown;
  const traced = (...call: unknown[]) => {
    const done = call.at(-1);
    if (typeof done !== 'function' || trace.getActiveSpan()?.isRecording() !== true) return query(...call);
    const text = textOf(call[0]);
    const name = summaryOf(text);
    const span = tracer.startSpan(name, {
      kind: SpanKind.CLIENT,
      attributes: { ...target, 'db.query.summary': name, 'db.query.text': maskStatement(text) },
    });
    return query(...call.slice(0, -1), (...answer: unknown[]) => {
      if (answer[0]) {
        // Without the server's message, which repeats values.
        span.setAttribute('error.type', codeOf(answer[0]));
        span.setStatus({ code: SpanStatusCode.ERROR });
      }
      span.end();
      (done as (...answer: unknown[]) => void)(...answer);
    });
  };
  Object.assign(connection, { query: traced });
}

/** What a statement does, and to which table: `UPDATE tasks`. */
export function summaryOf(sql: string): string {
  const [operation = ''] = /\w+/.exec(sql) ?? [];
  const [, table] = /\b(?:from|into|update|join)\s+`?(\w+)/i.exec(sql) ?? [];
  return table === undefined ? operation.toUpperCase() : `${operation.toUpperCase()} ${table}`;
}

/** A statement as a span may show it: without what stands in quotes, since values belong into placeholders and may be anybody's. */
export function maskStatement(sql: string): string {
  const text = sql.length > maxLength ? `${sql.slice(0, maxLength)}…` : sql;
  return /['"]/.test(text) ? text.replace(/'(?:[^'\\]|\\.)*('|$)|"(?:[^"\\]|\\.)*("|$)/gs, '?') : text;
}

function textOf(query: unknown): string {
  return typeof query === 'string' ? query : (query as { sql: string }).sql;
}

function codeOf(error: unknown): string {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : 'Error';
}
