import { loadTasks } from '@sorting-office/tasks';
import { createLogger, startTelemetry } from '@sorting-office/telemetry';
import { z } from 'zod';
import { Api } from './api';
import { apiConfig, longestStopSeconds } from './config';

const version = '0.1.0';
const log = createLogger({ service: 'api', level: process.env['LOG_LEVEL'] ?? 'info' });
const config = apiConfig.safeParse(process.env);
if (!config.success) {
  log.fatal(`the environment is not right:\n${z.prettifyError(config.error)}`);
  process.exit(2);
}
const telemetry = startTelemetry({ name: 'office-api', version });
const api = await Api.start({ config: config.data, registry: await loadTasks(), log, telemetry, version });

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
    .catch((error: unknown) => {
      log.fatal({ err: error }, 'could not stop in good order');
      process.exit(1);
    });
});
