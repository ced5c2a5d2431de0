import { once } from 'node:events';
import { join } from 'node:path';
import { provide, speechPrograms } from '../apt/programs';
import { claim } from '../bootstrap/claim.mjs';
import { StackError } from '../errors';
import { mark } from '../process/marked';
import { makeSampleMailbox } from '../sample/sample-mailbox';
import { removeLeftovers } from '../servers/leftovers';
import { resolveServers, sourcesInOrder } from '../servers/resolve';
import { Supervisor } from '../supervisor/supervisor';
import { printTraces } from '../telemetry/print-traces';
import { ApiClient } from './api-client';
import { appProcess } from './app';
import { type Running, RunningFile } from './running-file';
import { apps, build, createToken, migrate } from './sorting-office';
import { usableToken } from './token';
import { welcome } from './welcome';

const PROGRESS_STEPS = 5;

export interface StartOptions {
  /** Whether the apps trace, and their traces are printed. */
  telemetry?: boolean;
}

/**
 * `npm start`: brings everything up, keeps it up until the signal aborts, and takes it down, also when it was only half up.
 * @throws StackError ALREADY_RUNNING when another start has this workspace, and whatever kept it from coming up.
 */
export async function start(
  workspace: string,
  signal: AbortSignal,
  say: (line: string) => void,
  { telemetry = false }: StartOptions = {},
): Promise<void> {
  const home = join(workspace, '.stack');
  const claimed = claim(join(home, 'owner'));
  if (typeof claimed === 'number') {
    throw new StackError(
      'ALREADY_RUNNING',
      `npm start runs already in this folder (process ${claimed}): .stack/running.json has its addresses`,
    );
  }
  const file = new RunningFile(join(home, 'running.json'));
  const supervisor = new Supervisor({ say, changed: () => file.updatePids(supervisor.pids) });
  const traces = telemetry ? await printTraces(say) : null;
  const stop = () => void supervisor.stop();
  signal.addEventListener('abort', stop, { once: true });
  try {
    const leftovers = await removeLeftovers(home);
    if (leftovers > 0) say(`ended ${leftovers} processes that an earlier start had left behind`);
    const running = await bringUp(workspace, home, supervisor, traces?.url ?? null, signal, say);
    file.write(running);
    say(welcome(running));
    if (!signal.aborted) await once(signal, 'abort');
  } finally {
    file.remove();
    say('stopping');
    await supervisor.stop();
    await traces?.close();
    await removeLeftovers(home);
    claimed();
    say('stopped');
  }
}

async function bringUp(
  workspace: string,
  home: string,
  supervisor: Supervisor,
  collector: string | null,
  signal: AbortSignal,
  say: (line: string) => void,
): Promise<Running> {
  const { database, broker } = await resolveServers(sourcesInOrder(process.env), {
    home,
    temporary: false,
    durable: true,
    binaryLog: false,
    programs: speechPrograms,
    say,
    signal,
  });
  say('waiting for the database and the broker, and building the apps');
  await Promise.all([
    supervisor.start({ database, broker }),
    build(workspace, mark(home), signal),
    provide(speechPrograms, { say, signal }),
  ]);
  say(`${database.version} and ${broker.version} answer`);

  const environment = {
    workspace,
    databaseUrl: database.url,
    amqpUrl: broker.url,
    collector,
    mark: mark(home),
    signal,
  };
  say('migrating the database');
  await migrate(environment);
  const { api, worker, apiUrl } = await apps(environment);
  say('starting the API and the worker');
  await supervisor.start({ api: appProcess(api, say), worker: appProcess(worker, say) });
  const token = await usableToken(
    join(home, 'token'),
    (kept) => new ApiClient(apiUrl, kept, signal).acceptsOperator(),
    () => createToken(environment),
  );
  await addSampleMailbox(join(home, 'sample-mailbox'), new ApiClient(apiUrl, token, signal), signal, say);
  return {
    apiUrl,
    workerHealthUrl: worker.healthUrl,
    token,
    databaseUrl: database.url,
    amqpUrl: broker.url,
    managementUrl: broker.managementUrl,
    pids: supervisor.pids,
  };
}

async function addSampleMailbox(
  path: string,
  api: ApiClient,
  signal: AbortSignal,
  say: (line: string) => void,
): Promise<void> {
  let told = 0;
  await makeSampleMailbox(path, {
    signal,
    onProgress: (done, total) => {
      const step = Math.floor((done / total) * PROGRESS_STEPS);
      if (step > told) say(`sample mailbox: ${done} of ${total} mails`);
      told = step;
    },
  });
  await api.addMaildir('Sample mailbox', path);
}
