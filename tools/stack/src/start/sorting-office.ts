import { nxCommand } from '../nx';
import { freePort } from '../process/free-port';
import { run } from '../process/run';
import type { App } from './app';

/** What the built apps need to know. */
export interface Environment {
  readonly workspace: string;
  readonly databaseUrl: string;
  readonly amqpUrl: string;
  /** Where traces are sent; null: none are made, unless this process' own environment says so. */
  readonly collector: string | null;
  /** Added to every environment: the stack's mark. */
  readonly mark: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
}

const API = 'apps/api/dist/main.js';
const WORKER = 'apps/worker/dist/main.js';
const CLI = 'apps/cli/dist/main.js';
const HOST = '127.0.0.1';
const BUILD_TAIL = 60;

/** Builds the apps, or takes them from Nx's cache. */
export async function build(workspace: string, mark: NodeJS.ProcessEnv, signal: AbortSignal): Promise<void> {
  const { file, args, env } = nxCommand(workspace, ['run-many', '-t', 'build', '-p', 'api,worker,cli']);
  await run(file, args, { cwd: workspace, env: { ...env, ...mark }, signal, tail: BUILD_TAIL });
}

/** Applies the migrations that the database lacks. */
export async function migrate(environment: Environment): Promise<void> {
  await runApp([WORKER, 'migrate'], environment);
}

/** @returns a new operator's token for the API */
export async function createToken(environment: Environment): Promise<string> {
  return runApp([CLI, 'token', 'create', '--operator', '--name', 'npm start'], environment);
}

/** The API and the worker, each on a free port. */
export async function apps({
  workspace,
  databaseUrl,
  amqpUrl,
  collector,
  mark,
}: Environment): Promise<{ api: App; worker: App; apiUrl: string }> {
  const [apiPort, healthPort] = await Promise.all([freePort(), freePort()]);
  const apiUrl = `http://${HOST}:${apiPort}`;
  const tracing = collector === null ? {} : { OTEL_EXPORTER_OTLP_ENDPOINT: collector, OTEL_BSP_SCHEDULE_DELAY: '500' };
  const env = { ...process.env, ...mark, ...tracing, DATABASE_URL: databaseUrl, AMQP_URL: amqpUrl };
  return {
    apiUrl,
    api: {
      name: 'api',
      args: [API],
      // Nobody is led here by what could hear of its end too late.
      env: { ...env, API_HOST: HOST, API_PORT: String(apiPort), API_SHUTDOWN_DELAY_SECONDS: '0' },
      cwd: workspace,
      healthUrl: `${apiUrl}/healthz/ready`,
    },
    worker: {
      name: 'worker',
      args: [WORKER],
      env: { ...env, HEALTH_HOST: HOST, HEALTH_PORT: String(healthPort) },
      cwd: workspace,
      healthUrl: `http://${HOST}:${healthPort}/healthz/ready`,
    },
  };
}

function runApp(args: readonly string[], { workspace, databaseUrl, mark, signal }: Environment): Promise<string> {
  return run(process.execPath, args, {
    cwd: workspace,
    env: { ...process.env, ...mark, DATABASE_URL: databaseUrl },
    signal,
  });
}
