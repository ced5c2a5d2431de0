/** The real worker as a process of its own, with the tasks of this suite, and with orders to do away with itself. */
import { TaskRegistry } from '@sorting-office/tasks';
import { createLogger, startTelemetry } from '@sorting-office/telemetry';
import { runWorker, workerConfig } from '@sorting-office/worker/testing';
import { attackerOf } from './worker/attack';
import { poison } from './worker/poison';
import { faultTasks } from './worker/tasks';

const config = workerConfig.parse({ HEALTH_HOST: '127.0.0.1', HEALTH_PORT: '0', ...process.env });
const log = createLogger({ service: 'fault-worker', level: config.LOG_LEVEL });
const telemetry = await startTelemetry({ name: 'fault-worker', version: '0' });
await runWorker(config, new TaskRegistry([...faultTasks, ...poison]), log, telemetry, attackerOf(process.env));
