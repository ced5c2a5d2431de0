import { isDeepStrictEqual } from 'node:util';
import type { Outbox } from '@sorting-office/broker';
import { type Database, insertTasks, isDuplicateKey, type NewTask, Task, type UnitOfWork } from '@sorting-office/db';
import { newTask, PayloadInvalidError, type TaskDefinition } from '@sorting-office/tasks';
import { currentTraceContext } from '@sorting-office/telemetry';
import { Problem } from '../http/problem';

/** `created` is false when the request had been made before, or the same work is queued already. */
export type Enqueued<Made> = { id: string; created: true; made: Made } | { id: string; created: false };

export interface EnqueueRequest {
  accountId: string;
  /** Another request with the same one gives the first one's task, delayed and urgent as that was. */
  idempotencyKey?: string | undefined;
  /** Seconds before the first attempt. */
  delaySeconds?: number | undefined;
  /** 0 to 255. */
  priority?: number | undefined;
}

const tries = 5;

/**
 * Enqueues a task for an account: committed first, published at once afterwards.
 *
 * @param alongside what else is to be committed with a new task, or read of it before; what it returns is `made`.
 * @throws Problem REQUEST_INVALID for a payload that the task does not take, IDEMPOTENCY_KEY_REUSED for a key that was used with
 *   another one.
 */
export async function enqueueTask<Made>(
  { database, outbox }: { database: Database; outbox: Outbox },
  definition: TaskDefinition,
  payload: unknown,
  request: EnqueueRequest,
  alongside: (db: UnitOfWork, taskId: string) => Promise<Made>,
): Promise<Enqueued<Made>> {
  const task = validTask(definition, payload, request);
  for (let left = tries; ; left--) {
    try {
      const { publish, made } = await database.transaction(
        async (db) => ({ publish: await insertTasks(db, [task]), made: await alongside(db, task.id) }),
        { about: task.id },
      );
      outbox.dispatch(publish, task.runAt === null ? [] : [task]);
      return { id: task.id, created: true, made };
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      const earlier = await findEarlier(database, task);
      if (earlier) return { id: earlier, created: false };
      // The winner of the race has rolled back, or its task has ended in between: the key may be free again.
      if (left === 0) throw error;
    }
  }
}

function validTask(definition: TaskDefinition, payload: unknown, request: EnqueueRequest): NewTask {
  const { accountId, idempotencyKey, delaySeconds, priority } = request;
  try {
    return newTask(
      definition,
      payload,
      { accountId, traceContext: currentTraceContext() },
      {
        ...(idempotencyKey !== undefined && { idempotencyKey }),
        ...(delaySeconds !== undefined && delaySeconds > 0 && { delayMs: delaySeconds * 1000 }),
        ...(priority !== undefined && { priority }),
      },
    );
  } catch (error) {
    if (error instanceof PayloadInvalidError)
      throw new Problem(400, 'REQUEST_INVALID', error.message, [...error.issues]);
    throw error;
  }
}

/** The task that holds the idempotency key or the unique key, or null when none does any more. */
function findEarlier(database: Database, task: NewTask): Promise<string | null> {
  return database.read(async (db) => {
    if (task.idempotencyKey !== null) {
      const earlier = await db(Task).findOne({ account_id: task.accountId, idempotency_key: task.idempotencyKey });
      if (earlier) {
        if (earlier.name === task.name && isDeepStrictEqual(earlier.payload, JSON.parse(JSON.stringify(task.payload))))
          return earlier.id;
        throw new Problem(
          422,
          'IDEMPOTENCY_KEY_REUSED',
          `the Idempotency-Key was used for task ${earlier.id} with another name or payload: use a new key for a new request`,
        );
      }
    }
    if (task.uniqueKey === null) return null;
    const active = await db(Task)
      .select('id')
      .findOne({ account_id: task.accountId, name: task.name, unique_key: task.uniqueKey });
    return active?.id ?? null;
  });
}
