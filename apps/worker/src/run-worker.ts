/**
 * A worker as a program: health and watchdog first, then tasks until SIGTERM or SIGINT, then an end in good order and in time.
 *
 * ```
 *   health served --> watched --> takes tasks --SIGTERM, SIGINT--> stops within grace + 15 s --> exit 0
 *                                                                    \--takes longer--> exit 1
 * ```
 */
import type { AddressInfo } from 'node:net';
import type { Logger, Telemetry } from '@sorting-office/telemetry';
import type { TaskRegistry } from '@sorting-office/tasks';
import { longestStallSeconds, longestStopSeconds, type WorkerConfig } from './config';
import { serveHealth } from './health';
import { giveWay } from './give-way';
import type { Probe } from './message/points';
import { keepHeapSmall } from './small-heap';
import { startWatchdog } from './watchdog';
import { Worker } from './worker';

/** Runs a worker for as long as the process lives, and stops its telemetry last. Rejects when it cannot be started. */
export async function runWorker(
  config: WorkerConfig,
  registry: TaskRegistry,
  log: Logger,
  telemetry: Telemetry,
  reached?: Probe,
): Promise<void> {
  keepHeapSmall();
  giveWay(config.WORKER_QUEUES);
  const stop = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop.abort());
  const worker = new Worker(config, registry, log, reached);
  const health = await serveHealth(worker, telemetry, { host: config.HEALTH_HOST, port: config.HEALTH_PORT });
  log.info({ port: (health.address() as AddressInfo).port }, 'health is served');
  startWatchdog(longestStallSeconds(config));

  try {
    await worker.start(stop.signal);
    await new Promise((resolve) => stop.signal.addEventListener('abort', resolve, { once: true }));
  } catch (error) {
    if (!stop.signal.aborted) throw error;
  }
  const longest = setTimeout(
    () => {
      log.fatal('stopping took too long: the process ends, and RabbitMQ delivers again what was not settled');
      process.exit(1);
    },
    longestStopSeconds(config) * 1000,
  );
  await worker.stop();
  clearTimeout(longest);
  health.close();
  health.closeAllConnections();
  await telemetry.stop();
  // A task that ignores its signal would keep the process from ending.
  process.exit(0);
}
