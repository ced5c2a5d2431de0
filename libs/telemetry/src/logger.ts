import { trace } from '@opentelemetry/api';
import { type Logger, pino, stdSerializers } from 'pino';
import { redactKeys, redactText } from './redact';

export type { Logger };

export interface LoggerOptions {
  /** Which program speaks: `api`, `worker`. */
  service: string;
  /** pino's level names. */
  level?: string;
  /** Where lines go; standard output when absent. */
  destination?: { write(line: string): void };
}

/**
 * A logger that writes one JSON line for each event, with the ids of the trace and span that it belongs to, and without secrets:
 * neither under a name that says so nor inside of texts.
 */
export function createLogger({ service, level = 'info', destination }: LoggerOptions): Logger {
  const options = {
    level,
    base: { service, pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    mixin: traceIds,
    formatters: {
      level: (label: string) => ({ level: label }),
      log: redactKeys<Record<string, unknown>>,
      // What a child logger adds to each of its lines is looked at once.
      bindings: redactKeys<Record<string, unknown>>,
    },
    serializers: { err: (error: Error) => redactKeys({ ...stdSerializers.err(error) }) },
    hooks: { streamWrite: redactText },
  };
  // Written before the program goes on: a line is never lost with the process, and costs no turn of another thread.
  return pino(options, destination ?? pino.destination({ fd: 1, sync: true }));
}

function traceIds(): object {
  const span = trace.getActiveSpan()?.spanContext();
  return span ? { trace_id: span.traceId, span_id: span.spanId } : {};
}
