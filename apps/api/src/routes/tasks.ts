import type { EventSender, Outbox } from '@sorting-office/broker';
import { cancelTask, type Database, replayTask, Task, taskState } from '@sorting-office/db';
import type { TaskDefinition, TaskRegistry } from '@sorting-office/tasks';
import { z } from 'zod';
import { idParams } from '../http/openapi';
import { decodeCursor, pageOf, pageQuery, toPage } from '../http/page';
import { Problem } from '../http/problem';
import { type Route, route } from '../http/route';
import { enqueueTask } from '../tasks/enqueue-task';
import { taskDetail, taskView, viewTask, viewTasks } from '../tasks/task-view';

export interface TaskRoutesParts {
  database: Database;
  outbox: Outbox;
  events: EventSender;
  registry: TaskRegistry;
}

const tag = 'tasks';

/** Everything there is to do with tasks. */
export function taskRoutes(parts: TaskRoutesParts): Route[] {
  return [
    ...offered(parts.registry).map((definition) => enqueueRoute(parts, definition)),
    unknownTaskRoute(parts),
    listRoute(parts),
    showRoute(parts),
    cancelRoute(parts),
    retryRoute(parts),
  ];
}

/** The tasks that may be enqueued from outside. */
export const offered = (registry: TaskRegistry) => registry.all().filter(({ internal }) => !internal);

const enqueueHeaders = z.object({
  'idempotency-key': z
    .string()
    .min(1)
    .max(190)
    .optional()
    .meta({ description: 'The same key gives the same task again' }),
});

const enqueueQuery = z.object({
  delaySeconds: z.coerce
    .number()
    .min(0)
    .max(31 * 24 * 60 * 60)
    .optional()
    .meta({ description: 'Seconds before it may run first: up to 31 days' }),
  priority: z.coerce
    .number()
    .int()
    .min(0)
    .max(255)
    .optional()
    .meta({ description: 'Of the tasks that wait in a queue, those with a higher one tend to start first' }),
});

function enqueueRoute(parts: TaskRoutesParts, definition: TaskDefinition): Route {
  return route({
    method: 'post',
    path: `/api/tasks/${definition.name}`,
    summary: definition.description,
    tag,
    headers: enqueueHeaders,
    query: enqueueQuery,
    body: definition.payload,
    answers: {
      202: { description: 'Enqueued', schema: taskDetail },
      200: {
        description: 'Enqueued before: the same Idempotency-Key, or the same work is queued already',
        schema: taskDetail,
      },
      400: { description: 'The payload, the delay or the priority is not valid' },
      422: { description: 'The Idempotency-Key was used with another payload' },
    },
    run: async ({ body, query, accountId, request }) => {
      const headers = enqueueHeaders.safeParse(request.headers);
      if (!headers.success) throw Problem.invalid('header', headers.error);
      const { id, created } = await enqueueTask(parts, definition, body, {
        accountId,
        idempotencyKey: headers.data['idempotency-key'],
        ...query,
      });
      return {
        status: created ? 202 : 200,
        location: `/api/tasks/${id}`,
        body: await show(parts.database, accountId, id),
      };
    },
  });
}

function unknownTaskRoute({ registry }: TaskRoutesParts): Route {
  return {
    ...route({
      method: 'post',
      path: '/api/tasks/:name',
      summary: 'Enqueue a task by name',
      tag,
      params: z.object({ name: z.string() }),
      answers: { 404: { description: 'There is no such task' } },
      run: ({ params: { name } }) => {
        const known = offered(registry).map((task) => task.name);
        throw new Problem(404, 'TASK_UNKNOWN', `there is no task named ${name}: there are ${known.join(', ')}`);
      },
    }),
  };
}

const listQuery = pageQuery.extend({ name: z.string().max(64).optional(), state: taskState.optional() });

function listRoute({ database }: TaskRoutesParts): Route {
  return route({
    method: 'get',
    path: '/api/tasks',
    summary: 'Tasks, the newest first',
    tag,
    query: listQuery,
    answers: {
      200: { description: 'A page of tasks', schema: pageOf(taskView) },
      400: { description: 'The query is not valid' },
    },
    run: async ({ query: { name, state, cursor, limit }, accountId }) => ({
      status: 200,
      body: await database.read(async (db) => {
        const query = db(Task).where({ account_id: accountId });
        if (name !== undefined) query.where({ name });
        if (state !== undefined) query.where({ state });
        if (cursor !== undefined) query.where('id', '<', decodeCursor(cursor));
        const { items, next } = toPage(await query.orderBy('id', 'desc').limit(limit + 1), limit);
        return { items: await viewTasks(db, items), next };
      }),
    }),
  });
}

function showRoute({ database }: TaskRoutesParts): Route {
  return route({
    method: 'get',
    path: '/api/tasks/:id',
    summary: 'One task, with every attempt that failed',
    tag,
    params: idParams,
    answers: { 200: { description: 'The task', schema: taskDetail }, 404: { description: 'There is no such task' } },
    run: async ({ params: { id }, accountId }) => ({ status: 200, body: await show(database, accountId, id) }),
  });
}

function cancelRoute({ database, outbox, events }: TaskRoutesParts): Route {
  return route({
    method: 'delete',
    path: '/api/tasks/:id',
    summary: 'Cancel a task: at once while it waits, as soon as it stops while it runs',
    tag,
    params: idParams,
    answers: {
      200: { description: 'It waited, and is cancelled', schema: taskDetail },
      202: { description: 'It is running; its worker has been asked to stop it', schema: taskDetail },
      404: { description: 'There is no such task' },
      409: { description: 'It had ended' },
    },
    run: async ({ params: { id }, accountId }) => {
      const task = await show(database, accountId, id);
      const cancelled = await database.transaction((db) => cancelTask(db, id));
      switch (cancelled.outcome) {
        case 'ended':
          throw new Problem(409, 'TASK_ENDED', `task ${id} has ended: there is nothing left to cancel`);
        case 'running': {
          const { name, attempt, rootId } = task;
          events.send({
            type: 'task.cancel',
            taskId: id,
            accountId,
            name,
            attempt,
            rootId,
            batchId: null,
            at: new Date().toISOString(),
          });
          return { status: 202, body: task };
        }
        case 'cancelled':
          outbox.dispatch(cancelled.publish);
          return { status: 200, body: await show(database, accountId, id) };
      }
    },
  });
}

function retryRoute({ database, outbox, registry }: TaskRoutesParts): Route {
  return route({
    method: 'post',
    path: '/api/tasks/:id/retry',
    summary: 'Replay a task that failed or was cancelled',
    tag,
    params: idParams,
    answers: {
      202: { description: 'Enqueued once more', schema: taskDetail },
      404: { description: 'There is no such task' },
      409: { description: 'It has neither failed nor been cancelled' },
    },
    run: async ({ params: { id }, accountId }) => {
      const { name, payload } = await show(database, accountId, id);
      const definition = registry.find(name);
      if (!definition)
        throw new Problem(409, 'TASK_UNKNOWN', `this build has no task named ${name}: it cannot be replayed`);
      const uniqueKey = definition.unique?.(payload) ?? null;
      const replayed = await database.transaction((db) => replayTask(db, id, definition.retry.attempts, uniqueKey));
      if (!replayed) throw new Problem(409, 'TASK_NOT_FAILED', `task ${id} has neither failed nor been cancelled`);
      outbox.dispatch([replayed]);
      return { status: 202, location: `/api/tasks/${id}`, body: await show(database, accountId, id) };
    },
  });
}

async function show(database: Database, accountId: string, id: string): Promise<z.infer<typeof taskDetail>> {
  const task = await database.read((db) => viewTask(db, accountId, id));
  if (!task) throw Problem.notFound('task', id);
  return task;
}
