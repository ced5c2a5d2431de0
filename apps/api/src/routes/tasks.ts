import type { EventSender, Outbox } from '@sorting-office/broker';
import { type Database, tableBy, Task, taskState } from '@sorting-office/db';
import type { TaskDefinition, TaskRegistry } from '@sorting-office/tasks';
import type { Request } from 'express';
import { z } from 'zod';
import { idParams } from '../http/openapi';
import { decodeCursor, pageOf, pageQuery, toPage } from '../http/page';
import { Problem } from '../http/problem';
import { type Route, route, type RouteAnswer } from '../http/route';
import { enqueueTask } from '../tasks/enqueue-task';
import { showTask } from '../tasks/show-task';
import { taskName } from '../tasks/task-name';
import { taskDetail, taskView, viewTasks } from '../tasks/task-view';
import { cancelRoute } from './cancel-task';
import { redispatchRoute } from './redispatch';
import { retryRoutes } from './retry-tasks';

export interface TaskRoutesParts {
  database: Database;
  outbox: Outbox;
  events: EventSender;
  registry: TaskRegistry;
}

const tag = 'tasks';

/** Everything there is to do with tasks. What is more than a task's name comes before what takes any name. */
export function taskRoutes(parts: TaskRoutesParts): Route[] {
  return [
    ...retryRoutes(parts),
    redispatchRoute(parts.database),
    ...offered(parts.registry).map((definition) => enqueueRoute(parts, definition)),
    unknownTaskRoute(parts),
    listRoute(parts),
    showRoute(parts),
    cancelRoute(parts),
  ];
}

/** The tasks that may be enqueued from outside. */
export const offered = (registry: TaskRegistry) => registry.all().filter(({ internal }) => !internal);

/** What every request that enqueues may carry. */
export const enqueueHeaders = z.object({
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
    action: 'task.enqueue',
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
    run: ({ body, query, accountId, request }) =>
      answerEnqueued(parts, definition, body, { accountId, request, ...query }),
  });
}

/** Enqueues a task and answers with it: 202 when it is new, 200 when it was enqueued before. */
export async function answerEnqueued(
  parts: TaskRoutesParts,
  definition: TaskDefinition,
  payload: unknown,
  { accountId, request, ...timing }: { accountId: string; request: Request } & z.infer<typeof enqueueQuery>,
): Promise<RouteAnswer> {
  const headers = enqueueHeaders.safeParse(request.headers);
  if (!headers.success) throw Problem.invalid('header', headers.error);
  const { id, created } = await enqueueTask(parts, definition, payload, {
    accountId,
    idempotencyKey: headers.data['idempotency-key'],
    ...timing,
  });
  return {
    status: created ? 202 : 200,
    location: `/api/tasks/${id}`,
    body: await showTask(parts.database, accountId, id),
  };
}

function unknownTaskRoute({ registry }: TaskRoutesParts): Route {
  return {
    ...route({
      method: 'post',
      path: '/api/tasks/:name',
      action: 'task.enqueue',
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

const listQuery = pageQuery.extend({ name: taskName.optional(), state: taskState.optional() });

/** The index that has the tasks of a list in their order. */
function listedBy({ name, state }: Pick<z.infer<typeof listQuery>, 'name' | 'state'>): string {
  if (state !== undefined) return name === undefined ? 'tasks_state' : 'tasks_name_state';
  return name === undefined ? 'tasks_account' : 'tasks_name';
}

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
        const query = db(Task)
          .from(tableBy(Task, listedBy({ name, state })))
          .where({ account_id: accountId });
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
    run: async ({ params: { id }, accountId }) => ({ status: 200, body: await showTask(database, accountId, id) }),
  });
}
