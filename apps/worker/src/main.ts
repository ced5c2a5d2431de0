/**
 * `worker` takes tasks until it is told to stop; `worker migrate` brings the schema up to date and ends.
 */
import { migrate } from '@sorting-office/db';
import { createLogger, type Logger } from '@sorting-office/telemetry';
import { loadTasks } from '@sorting-office/tasks';
import { Command } from 'commander';
import { z } from 'zod';
import { migrateConfig, workerConfig } from './config';
import { runWorker } from './run-worker';

const log = createLogger({ service: 'worker', level: process.env['LOG_LEVEL'] ?? 'info' });

function readConfig<Shape extends z.ZodRawShape>(schema: z.ZodObject<Shape>): z.infer<z.ZodObject<Shape>> {
  const config = schema.safeParse(process.env);
  if (config.success) return config.data;
  log.fatal(`the environment is not right:\n${z.prettifyError(config.error)}`);
  process.exit(2);
}

async function work(): Promise<void> {
  await runWorker(readConfig(workerConfig), await loadTasks(), log);
}

async function migrateSchema(options: { wait: string }): Promise<void> {
  const { DATABASE_URL: url } = readConfig(migrateConfig);
  const applied = await migrate({ url, waitSeconds: Number(options.wait), onWait: (sentence) => log.info(sentence) });
  if (applied.length === 0) log.info('the schema is up to date');
  else log.info({ migrations: applied }, `${applied.length} migrations applied`);
}

function orDie<Args extends unknown[]>(action: (...args: Args) => Promise<void>, logger: Logger) {
  return (...args: Args) =>
    action(...args).catch((error: unknown) => {
      logger.fatal({ err: error }, error instanceof Error ? error.message : String(error));
      process.exit(1);
    });
}

const program = new Command('worker').description(
  'Takes tasks from RabbitMQ and runs each in a transaction of its own.',
);
program.action(orDie(work, log));
program
  .command('migrate')
  .description('apply every migration that the database lacks, and end')
  .option('--wait <seconds>', 'how long to wait for the database', '120')
  .action(orDie(migrateSchema, log));
await program.parseAsync();
