import type { Outbox } from '@sorting-office/broker';
import {
  type Database,
  isDuplicateKey,
  type QueuedTask,
  type ReplayedPart,
  type ReplayFilter,
  replayTask,
  replayTasks,
  type ReplayTerms,
} from '@sorting-office/db';
import type { TaskRegistry } from '@sorting-office/tasks';
import { z } from 'zod';
import { taskName } from '../tasks/task-name';
import { idParams } from '../http/openapi';
import { decodeCursor, encodeCursor } from '../http/page';
import { Problem } from '../http/problem';
import { type Route, route } from '../http/route';
import { replayTerms } from '../tasks/replay-terms';
import { showTask } from '../tasks/show-task';
import { taskDetail } from '../tasks/task-view';

interface RetryRoutesParts {
  database: Database;
  outbox: Outbox;
  registry: TaskRegistry;
}

/** Runs ended tasks again: one, or all that a filter fits. */
export function retryRoutes(parts: RetryRoutesParts): Route[] {
  return [retryRoute(parts), retryManyRoute(parts)];
}

function retryRoute({ database, outbox, registry }: RetryRoutesParts): Route {
  return route({
    method: 'post',
    path: '/api/tasks/:id/retry',
    action: 'task.retry',
    summary: 'Replay a task that failed or was cancelled',
    tag: 'tasks',
    params: idParams,
    answers: {
      202: { description: 'Enqueued once more', schema: taskDetail },
      404: { description: 'There is no such task' },
      409: { description: 'It has neither failed nor been cancelled, or cannot be replayed' },
    },
    run: async ({ params: { id }, accountId }) => {
      const task = await showTask(database, accountId, id);
      const terms = replayTerms(registry, task);
      if (!terms)
        throw new Problem(
          409,
          'TASK_UNKNOWN',
          `this build has no task ${task.name} that takes this payload: it cannot be replayed`,
        );
      const replayed = await replay(database, id, terms);
      outbox.dispatch([replayed]);
      return { status: 202, location: `/api/tasks/${id}`, body: await showTask(database, accountId, id) };
    },
  });
}

async function replay(database: Database, id: string, terms: ReplayTerms): Promise<QueuedTask> {
  try {
    return await database.transaction(async (db) => {
      const replayed = await replayTask(db, id, terms.attempts, terms.uniqueKey);
      if (!replayed) throw new Problem(409, 'TASK_NOT_FAILED', `task ${id} has neither failed nor been cancelled`);
      return replayed;
    });
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    throw new Problem(409, 'TASK_ACTIVE', `the same work as that of task ${id} is queued already`);
  }
}

const filterInput = z.object({
  state: z.enum(['failed', 'cancelled']).default('failed'),
  name: taskName.optional(),
  errorCode: z.string().min(1).max(190).optional(),
  since: z.iso.datetime({ offset: true }).optional().meta({ description: 'Those that ended then or later' }),
  until: z.iso.datetime({ offset: true }).optional().meta({ description: 'Those that ended before' }),
  limit: z.int().min(1).max(1000).default(500).meta({ description: 'The most to look at in this request' }),
  cursor: z.string().max(200).optional().meta({ description: '`next` of the request before' }),
});

const replayedView = z.object({
  replayed: z.int(),
  skipped: z.int().meta({
    description: 'This build has no such task any more, or the same work is queued already: they stay as they are',
  }),
  more: z.boolean().meta({ description: 'Whether to ask again, from `next` on' }),
  next: z.string().nullable().meta({ description: 'The cursor of the following request; null when there is none' }),
});

function retryManyRoute(parts: RetryRoutesParts): Route {
  return route({
    method: 'post',
    path: '/api/tasks/retry',
    action: 'task.retry-many',
    summary: 'Replay every task of the account that failed, or was cancelled, and that the filter fits',
    tag: 'tasks',
    body: filterInput,
    answers: {
      200: { description: 'How many are enqueued once more', schema: replayedView },
      400: { description: 'The filter is not valid' },
    },
    run: async ({ body: { limit, cursor, since, until, ...filter }, accountId }) => {
      const replayed = await replayMany(
        parts,
        {
          ...filter,
          accountId,
          since: since === undefined ? undefined : new Date(since),
          until: until === undefined ? undefined : new Date(until),
        },
        cursor === undefined ? '' : decodeCursor(cursor),
        limit,
      );
      return { status: 200, body: replayed };
    },
  });
}

/** Tasks replayed in one transaction, so that nobody waits long for their rows and their batches'. */
const tasksPerTransaction = 100;

async function replayMany(
  { database, outbox, registry }: RetryRoutesParts,
  filter: ReplayFilter,
  from: string,
  limit: number,
): Promise<z.infer<typeof replayedView>> {
  let [replayed, skipped, left] = [0, 0, limit];
  let after: string | null = from;
  while (after !== null && left > 0) {
    const place: { after: string; limit: number } = { after, limit: Math.min(left, tasksPerTransaction) };
    const part: ReplayedPart = await database.transaction((db) =>
      replayTasks(db, filter, place, (task) => replayTerms(registry, task)),
    );
    outbox.dispatch(part.publish);
    replayed += part.publish.length;
    skipped += part.skipped;
    left -= place.limit;
    after = part.last;
  }
  return { replayed, skipped, more: after !== null, next: after === null ? null : encodeCursor(after) };
}
