/** The real worker as a process of its own, with the tasks that are measured. */
import { TaskRegistry } from '@sorting-office/tasks';
import { createLogger, startTelemetry } from '@sorting-office/telemetry';
import { runWorker, workerConfig } from '@sorting-office/worker/testing';
import { enqueueRows } from './enqueue-rows';
import { insertRow } from './insert-row';

const config = workerConfig.parse({ HEALTH_HOST: '127.0.0.1', HEALTH_PORT: '0', ...process.env });
const log = createLogger({ service: 'bench-worker', level: config.LOG_LEVEL });
const telemetry = await startTelemetry({ name: 'bench-worker', version: '0' });
await runWorker(config, new TaskRegistry([insertRow, enqueueRows]), log, telemetry);
