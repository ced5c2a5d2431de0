/** A worker as a process of its own, with tasks that take it down. */
import { defineTask, TaskRegistry } from '@sorting-office/tasks';
import { createLogger } from '@sorting-office/telemetry';
import { z } from 'zod';
import { workerConfig } from '../config';
import { Worker } from '../worker';
import { all } from './tasks';

export const kills = defineTask({
  name: 'kills',
  description: 'Ends the process that runs it, without a word',
  payload: z.object({}),
  result: z.void(),
  queue: 'default',
  run: () => {
    process.kill(process.pid, 'SIGKILL');
    return new Promise(() => undefined);
  },
});

if (process.argv[2] === 'run') {
  const log = createLogger({ service: 'worker', level: 'info' });
  const worker = new Worker(workerConfig.parse(process.env), new TaskRegistry([...all, kills]), log);
  await worker.start(new AbortController().signal);
}
