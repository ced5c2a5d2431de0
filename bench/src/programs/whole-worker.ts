/** The real worker with every task of its own, as it is deployed, and the one that is measured. */
import { loadTasks, TaskRegistry } from '@sorting-office/tasks';
import { createLogger, startTelemetry } from '@sorting-office/telemetry';
import { runWorker, workerConfig } from '@sorting-office/worker/testing';
import { insertRow } from './insert-row';

const config = workerConfig.parse({ HEALTH_HOST: '127.0.0.1', HEALTH_PORT: '0', ...process.env });
const log = createLogger({ service: 'bench-worker', level: config.LOG_LEVEL });
const telemetry = await startTelemetry({ name: 'bench-worker', version: '0' });
const tasks = await loadTasks();
await runWorker(config, new TaskRegistry([...tasks.all(), insertRow]), log, telemetry);
