/** A task that kills its worker ends as failed after a bounded number of deaths, and takes no other task with it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openOffice } from './testing/office';
import { all, works } from './testing/tasks';
import { defineTask, done } from '@sorting-office/tasks';
import { z } from 'zod';

/** Only its name matters here: it runs in the processes started below. */
const kills = defineTask({
  name: 'kills',
  description: 'Kills',
  payload: z.object({}),
  result: z.void(),
  queue: 'default',
  run: () => Promise.resolve(done()),
});

test('a task that kills its process every time', async () => {
  const office = await openOffice([...all, kills]);
  const env = { ...process.env, DATABASE_URL: office.url, AMQP_URL: office.amqpUrl, WORKER_MAX_CRASHES: '2' };
  let deaths = 0;
  let current: ChildProcess | undefined;
  const over = new AbortController();
  const keepRunning = async () => {
    for (;;) {
      current = spawn(process.execPath, ['--import', 'tsx', `${__dirname}/testing/main.ts`, 'run'], {
        env,
        stdio: 'ignore',
      });
      await once(current, 'exit');
      if (over.signal.aborted) return;
      deaths++;
    }
  };
  const poison = await office.enqueue(kills);
  const others = await Promise.all(Array.from({ length: 30 }, () => office.enqueue(works)));
  const running = keepRunning();
  try {
    expect(await office.ended(poison)).toMatchObject({ type: 'task.failed' });
    expect(await office.row(poison)).toMatchObject({
      crash_count: 3,
      error: { code: 'WORKER_DIED', message: 'the worker died 3 times while running this task' },
    });
    for (const task of others) expect(await office.ended(task)).toMatchObject({ type: 'task.succeeded', attempt: 1 });
    expect(await office.ledger()).toHaveLength(30);
    expect(deaths).toBe(3);
  } finally {
    over.abort();
    current?.kill('SIGKILL');
    await running;
    await office.close();
  }
}, 300_000);
