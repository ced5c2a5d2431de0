import type { EventSender, Outbox } from '@sorting-office/broker';
import { cancelBatchesOf, type Database, type QueuedTask } from '@sorting-office/db';
import { idParams } from '../http/openapi';
import { Problem } from '../http/problem';
import { type Route, route } from '../http/route';
import { cancelPatiently } from '../tasks/cancel-patiently';
import { showTask } from '../tasks/show-task';
import { taskDetail } from '../tasks/task-view';

interface CancelRouteParts {
  database: Database;
  outbox: Outbox;
  events: EventSender;
}

/** Cancels a task, or, once it has ended, the batches that it has opened. */
export function cancelRoute(parts: CancelRouteParts): Route {
  const { database, outbox, events } = parts;
  return route({
    method: 'delete',
    path: '/api/tasks/:id',
    action: 'task.cancel',
    summary:
      'Cancel a task and what it has started: at once what waits, as soon as it stops what runs. Again is fine while anything is left.',
    tag: 'tasks',
    params: idParams,
    answers: {
      200: { description: 'What was left of it waited, and is cancelled', schema: taskDetail },
      202: {
        description: 'Something of it is running, and its worker has been asked to stop it; the rest is cancelled',
        schema: taskDetail,
      },
      404: { description: 'There is no such task' },
      409: { description: 'It had ended, and so had everything that it has started' },
    },
    run: async ({ params: { id }, accountId }) => {
      const task = await showTask(database, accountId, id);
      const ask = () => askToStop(events, { ...task, accountId, batchId: null });
      const cancelled = await cancelPatiently(database, id, ask);
      switch (cancelled.outcome) {
        case 'running':
          return { status: 202, body: task };
        case 'cancelled':
          outbox.dispatch(cancelled.publish);
          // A worker may be preparing it, which takes no lock: it need not go on.
          ask();
          return { status: 200, body: await showTask(database, accountId, id) };
        case 'ended': {
          const after = await showTask(database, accountId, id);
          // Its worker has stopped it while we looked.
          if (after.state === 'cancelled' && task.state === 'queued') return { status: 200, body: after };
          return { status: await cancelStarted(parts, id), body: await showTask(database, accountId, id) };
        }
      }
    },
  });
}

/** @returns the status to answer with. @throws Problem TASK_ENDED */
async function cancelStarted({ database, outbox, events }: CancelRouteParts, id: string): Promise<200 | 202> {
  const { batches, running, publish } = await cancelBatchesOf(database, id);
  if (batches === 0)
    throw new Problem(
      409,
      'TASK_ENDED',
      `task ${id} has ended, and so has all that it has started: there is nothing left to cancel`,
    );
  outbox.dispatch(publish);
  for (const member of running) askToStop(events, member);
  return running.length === 0 ? 200 : 202;
}

type Asked = Pick<QueuedTask, 'id' | 'accountId' | 'name' | 'attempt' | 'rootId' | 'batchId'>;

/** Asks whichever worker runs a task to stop it. */
export function askToStop(events: EventSender, { id: taskId, accountId, name, attempt, rootId, batchId }: Asked): void {
  const at = new Date().toISOString();
  events.send({ type: 'task.cancel', taskId, accountId, name, attempt, rootId, batchId, at });
}
