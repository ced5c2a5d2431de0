/**
 * `worker` takes tasks until it is told to stop; `worker migrate` brings the schema up to date and ends.
 *
 * What is traced is patched as it is imported: nothing that imports it may come before telemetry has started.
 */
import { createLogger, type Logger, startTelemetry, telemetryConfig } from '@sorting-office/telemetry';
import { Command } from 'commander';
import { z } from 'zod';

const log = createLogger({ service: 'worker', level: process.env['LOG_LEVEL'] ?? 'info' });

function readConfig<Config>(schema: z.ZodType<Config>): Config {
  const config = schema.safeParse(process.env);
  if (config.success) return config.data;
  log.fatal(`the environment is not right:\n${z.prettifyError(config.error)}`);
  process.exit(2);
}

async function work(): Promise<void> {
  const telemetry = await startTelemetry({ name: 'office-worker', version: '0.1.0' }, readConfig(telemetryConfig));
  const commands = await import('./commands');
  await commands.work(readConfig, log, telemetry);
}

async function migrateSchema(options: { wait: string }): Promise<void> {
  const commands = await import('./commands');
  await commands.migrateSchema(readConfig, log, Number(options.wait));
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
