import { type Logger, pino } from 'pino';

export type { Logger };

/** Keys whose values never reach a log, wherever in a line's first two levels they stand. */
export const redactedKeys = [
  'token',
  'password',
  'authorization',
  'cookie',
  'secret',
  'databaseUrl',
  'amqpUrl',
] as const;

export interface LoggerOptions {
  /** Which program speaks: `api`, `worker`. */
  service: string;
  /** pino's level names. */
  level?: string;
  /** Where lines go; standard output when absent. */
  destination?: { write(line: string): void };
}

/** A logger that writes one JSON line for each event, with secrets left out. */
export function createLogger({ service, level = 'info', destination }: LoggerOptions): Logger {
  const options = {
    level,
    base: { service, pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: redactedKeys.flatMap((key) => [key, `*.${key}`]), censor: '[redacted]' },
  };
  return destination ? pino(options, destination) : pino(options);
}
