// What a task's own context sends: libs/tasks/src/define.
import { newId } from '@sorting-office/db';
import { defineTask, done, openTaskScope } from '@sorting-office/tasks';
import { z } from 'zod';
import type { Office } from './office';

const onlyOnce = defineTask({
  name: 'only_once',
  description: 'One at a time',
  payload: z.object({}),
  result: z.void(),
  queue: 'default',
  unique: () => 'once',
  run: () => Promise.resolve(done()),
});

/** A task that enqueues what is queued already gets the id of that. */
export async function scopeStatements({ commit, accountId }: Office): Promise<void> {
  const id = newId();
  const task = { id, attempt: 1, accountId, rootId: id, batchId: null, traceContext: null };
  const log = { info: () => undefined, warn: () => undefined };
  await commit(async (db) => {
    const { signal } = new AbortController();
    const { context } = openTaskScope({ db, task, prepared: undefined, stop: { signal }, log, mailboxRoot: null });
    await context.enqueue(onlyOnce, {});
    await context.enqueue(onlyOnce, {});
  });
}
