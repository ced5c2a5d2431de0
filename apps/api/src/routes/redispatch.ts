import { redispatch, taskQueues } from '@sorting-office/broker';
import { type Database, taskQueue } from '@sorting-office/db';
import { z } from 'zod';
import { type Route, route } from '../http/route';

const input = z.object({ queues: z.array(taskQueue).min(1).max(taskQueues.length).optional() }).optional();

/** For operators: what RabbitMQ was believed to hold is published again. Needs no RabbitMQ: the relays do the rest. */
export function redispatchRoute(database: Database): Route {
  return route({
    method: 'post',
    path: '/api/tasks/redispatch',
    action: 'task.redispatch',
    summary: 'Have every queued task published again, of every account: for queues that have lost their messages',
    tag: 'operators',
    operator: true,
    body: input,
    answers: {
      200: {
        description: 'How many tasks are due again; those that RabbitMQ still has come twice, and run once',
        schema: z.object({ tasks: z.int() }),
      },
      400: { description: 'There is no such queue' },
    },
    run: async ({ body }) => ({
      status: 200,
      body: { tasks: await redispatch(database, body?.queues ?? taskQueues) },
    }),
  });
}
