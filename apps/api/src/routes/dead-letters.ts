import { type DeadLetterBox, deadLetterSchema, type SortedOut } from '@sorting-office/broker';
import { z } from 'zod';
import { idParams } from '../http/openapi';
import { Problem } from '../http/problem';
import { type Route, route } from '../http/route';

const tag = 'operators';
const operator = true;

/** For operators: the messages that were put aside, since nobody could understand them or there was no such task. */
export function deadLetterRoutes(box: DeadLetterBox): Route[] {
  return [listRoute(box), requeueManyRoute(box), dropManyRoute(box), showRoute(box), requeueRoute(box), dropRoute(box)];
}

const listQuery = z.object({ limit: z.coerce.number().int().min(1).max(200).default(50) });

function listRoute(box: DeadLetterBox): Route {
  return route({
    method: 'get',
    path: '/api/dead-letters',
    action: 'dead-letter.list',
    summary: 'Messages that were put aside, the longest there first',
    tag,
    operator,
    query: listQuery,
    answers: {
      200: {
        description: 'The first of them, and how many there are',
        schema: z.object({ items: z.array(deadLetterSchema), total: z.int() }),
      },
      400: { description: 'The query is not valid' },
    },
    run: async ({ query: { limit } }) => ({ status: 200, body: await box.list(limit) }),
  });
}

function showRoute(box: DeadLetterBox): Route {
  return route({
    method: 'get',
    path: '/api/dead-letters/:id',
    action: 'dead-letter.show',
    summary: 'One message that was put aside',
    tag,
    operator,
    params: idParams,
    answers: {
      200: { description: 'The message', schema: deadLetterSchema },
      404: { description: 'There is no such message, or somebody else is looking at it just now' },
    },
    run: async ({ params: { id } }) => {
      const letter = await box.find(id);
      if (!letter) throw Problem.notFound('dead letter', id);
      return { status: 200, body: letter };
    },
  });
}

function requeueRoute(box: DeadLetterBox): Route {
  return route({
    method: 'post',
    path: '/api/dead-letters/:id/requeue',
    action: 'dead-letter.requeue',
    summary: 'Send a message back to the queue that it came from',
    tag,
    operator,
    params: idParams,
    answers: {
      200: { description: 'It is there', schema: z.object({ requeued: z.int() }) },
      404: { description: 'There is no such message, or somebody else is looking at it just now' },
      409: { description: 'It has no queue to go back to' },
    },
    run: async ({ params: { id } }) => ({
      status: 200,
      body: { requeued: onlyOne(id, await box.requeue({ id }, 1)) },
    }),
  });
}

function dropRoute(box: DeadLetterBox): Route {
  return route({
    method: 'delete',
    path: '/api/dead-letters/:id',
    action: 'dead-letter.drop',
    summary: 'Throw a message away that was put aside',
    tag,
    operator,
    params: idParams,
    answers: {
      200: { description: 'It is gone', schema: z.object({ dropped: z.int() }) },
      404: { description: 'There is no such message, or somebody else is looking at it just now' },
    },
    run: async ({ params: { id } }) => ({ status: 200, body: { dropped: onlyOne(id, await box.drop({ id }, 1)) } }),
  });
}

/** @throws Problem NOT_FOUND, DEAD_LETTER_HOMELESS */
function onlyOne(id: string, { done, kept: [kept] }: SortedOut): number {
  if (kept) throw new Problem(409, 'DEAD_LETTER_HOMELESS', `dead letter ${id} cannot go back: ${kept.why}`);
  if (done === 0) throw Problem.notFound('dead letter', id);
  return done;
}

const filterInput = z.object({
  queue: z.string().min(1).max(255).optional().meta({ description: 'Those that came from this queue' }),
  reasonContains: z.string().min(1).max(1000).optional(),
  before: z.iso.datetime({ offset: true }).optional().meta({
    description:
      'Those that were put aside before: say when you began (`began`), lest what comes back at once is taken again',
  }),
  limit: z.int().min(1).max(1000).default(200).meta({ description: 'The most to deal with in this request' }),
});

const filterOf = ({ queue, reasonContains, before }: z.infer<typeof filterInput>) => ({
  queue,
  reasonContains,
  before: before === undefined ? undefined : new Date(before),
});

const began = z.iso.datetime().meta({ description: 'When this was begun: `before` of the next request' });
const kept = z.int().meta({ description: 'Those without a queue to go back to: they are still there' });
const more = z.boolean().meta({ description: 'Whether there are more that the filter fits: ask again' });

function requeueManyRoute(box: DeadLetterBox): Route {
  return route({
    method: 'post',
    path: '/api/dead-letters/requeue',
    action: 'dead-letter.requeue-many',
    summary: 'Send every message back that the filter fits',
    tag,
    operator,
    body: filterInput,
    answers: {
      200: {
        description: 'How many are in their queues again',
        schema: z.object({ requeued: z.int(), kept, more, began }),
      },
      400: { description: 'The filter is not valid' },
    },
    run: async ({ body }) => {
      const now = new Date().toISOString();
      const sorted = await box.requeue(filterOf(body), body.limit);
      return { status: 200, body: { requeued: sorted.done, kept: sorted.kept.length, more: sorted.more, began: now } };
    },
  });
}

function dropManyRoute(box: DeadLetterBox): Route {
  return route({
    method: 'post',
    path: '/api/dead-letters/drop',
    action: 'dead-letter.drop-many',
    summary: 'Throw every message away that the filter fits',
    tag,
    operator,
    body: filterInput,
    answers: {
      200: { description: 'How many are gone', schema: z.object({ dropped: z.int(), more, began }) },
      400: { description: 'The filter is not valid' },
    },
    run: async ({ body }) => {
      const now = new Date().toISOString();
      const sorted = await box.drop(filterOf(body), body.limit);
      return { status: 200, body: { dropped: sorted.done, more: sorted.more, began: now } };
    },
  });
}
