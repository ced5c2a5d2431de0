/** The real worker as a process of its own, with the tasks of this suite, and with orders to do away with itself. */
import type { AddressInfo } from 'node:net';
import { TaskRegistry } from '@sorting-office/tasks';
import { createLogger, startTelemetry } from '@sorting-office/telemetry';
import { serveHealth, startWatchdog, Worker, workerConfig } from '@sorting-office/worker/testing';
import { attackerOf } from './worker/attack';
import { poison } from './worker/poison';
import { faultTasks } from './worker/tasks';

/** What stopping may take beyond the grace period, in seconds. */
const stopMarginSeconds = 15;

const stop = new AbortController();
process.once('SIGTERM', () => stop.abort());
const config = workerConfig.parse(process.env);
const log = createLogger({ service: 'fault-worker', level: config.LOG_LEVEL });
const telemetry = startTelemetry({ name: 'fault-worker', version: '0.1.0' });
const worker = new Worker(config, new TaskRegistry([...faultTasks, ...poison]), log, attackerOf(process.env));
const health = await serveHealth(worker, telemetry, { host: '127.0.0.1', port: 0 });
log.info({ port: (health.address() as AddressInfo).port }, 'health is served');
startWatchdog(config.WORKER_STALL_SECONDS);

try {
  await worker.start(stop.signal);
  log.info('subscribed');
  await new Promise((resolve) => stop.signal.addEventListener('abort', resolve, { once: true }));
} catch (error) {
  if (!stop.signal.aborted) throw error;
}
const longest = setTimeout(
  () => {
    log.fatal('stopping took too long');
    process.exit(1);
  },
  (config.WORKER_GRACE_SECONDS + stopMarginSeconds) * 1000,
);
await worker.stop();
clearTimeout(longest);
health.close();
health.closeAllConnections();
await telemetry.stop();
process.exit(0);
