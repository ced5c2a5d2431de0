/** What `worker` and `worker migrate` do. */
import { databaseServer, migrate } from '@sorting-office/db';
import { loadTasks } from '@sorting-office/tasks';
import type { Logger, Telemetry } from '@sorting-office/telemetry';
import type { z } from 'zod';
import { migrateConfig, workerConfig } from './config';
import { runWorker } from './run-worker';

/** Reads the environment as a schema says, or ends the process. */
type ReadConfig = <Config>(schema: z.ZodType<Config>) => Config;

export async function work(read: ReadConfig, log: Logger, telemetry: Telemetry): Promise<void> {
  await runWorker(read(workerConfig), await loadTasks(), log, telemetry);
}

export async function migrateSchema(read: ReadConfig, log: Logger, waitSeconds: number): Promise<void> {
  const server = databaseServer(read(migrateConfig));
  const applied = await migrate({ ...server, waitSeconds, onWait: (sentence) => log.info(sentence) });
  if (applied.length === 0) log.info('the schema is up to date');
  else log.info({ migrations: applied }, `${applied.length} migrations applied`);
}
