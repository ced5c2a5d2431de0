import { createLogger, startTelemetry, telemetryConfig } from '@sorting-office/telemetry';
import { z } from 'zod';

const version = '0.1.0';
const log = createLogger({ service: 'api', level: process.env['LOG_LEVEL'] ?? 'info' });

function readConfig<Config>(schema: z.ZodType<Config>): Config {
  const config = schema.safeParse(process.env);
  if (config.success) return config.data;
  log.fatal(`the environment is not right:\n${z.prettifyError(config.error)}`);
  process.exit(2);
}

const telemetry = await startTelemetry({ name: 'office-api', version }, readConfig(telemetryConfig));
// What is traced is patched as it is imported: nothing that imports it may come first.
const { apiConfig, longestStopSeconds } = await import('./config');
const config = readConfig(apiConfig);
const { startApi } = await import('./start-api');
const api = await startApi({ config, log, telemetry, version }).catch((error: unknown) => {
  log.fatal({ err: error }, error instanceof Error ? error.message : String(error));
  process.exit(1);
});

const stop = new AbortController();
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop.abort());
stop.signal.addEventListener('abort', () => {
  const longest = setTimeout(() => {
    log.fatal('stopping took too long: the process ends, and what is committed is published by the relay');
    process.exit(1);
  }, longestStopSeconds * 1000);
  longest.unref();
  api
    .stop()
    .then(() => telemetry.stop())
    // Spans on their way to a collector that does not answer would keep the process.
    .then(() => process.exit())
    .catch((error: unknown) => {
      log.fatal({ err: error }, 'could not stop in good order');
      process.exit(1);
    });
});
