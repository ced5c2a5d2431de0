import {
  advanceSchedule,
  type DueSchedule,
  insertTasks,
  isDuplicateKey,
  type NewTask,
  putOffSchedule,
  type QueuedTask,
  Task,
  type TaskError,
  type UnitOfWork,
} from '@sorting-office/db';
import {
  CronInvalidError,
  latestTick,
  newTask,
  nextTick,
  PayloadInvalidError,
  type TaskDefinition,
} from '@sorting-office/tasks';

/** How long a schedule is left alone that means nothing to this build, in seconds. */
const putOffSeconds = 3600;

/** What a tick has come to: a task, or why there is none. */
type Ticked = { taskId: string; publish: QueuedTask[] } | { error: TaskError };

/**
 * Enqueues a schedule's task for the latest tick that has come, and moves the schedule on to its next one, in the transaction that
 * holds its row. However many ticks were missed, they are made up for by one task.
 *
 * What keeps this one schedule from its task is written into it and keeps no other from theirs; errors of the database are
 * passed on, and nothing has happened then.
 *
 * Two statements by primary key; one or two more for a task that is unique.
 *
 * @returns what to publish after the commit.
 */
export async function enqueueTick(
  db: UnitOfWork,
  schedule: DueSchedule,
  definition: TaskDefinition,
): Promise<QueuedTask[]> {
  const ticks = ticksOf(schedule);
  if ('error' in ticks) {
    await putOffSchedule(db, schedule.id, putOffSeconds, ticks.error);
    return [];
  }
  const ticked = await enqueue(db, schedule, definition, ticks.latest);
  await advanceSchedule(db, schedule.id, {
    tick: ticks.latest,
    nextAt: ticks.next,
    taskId: 'taskId' in ticked ? ticked.taskId : null,
    error: 'error' in ticked ? ticked.error : null,
  });
  return 'publish' in ticked ? ticked.publish : [];
}

function ticksOf(schedule: DueSchedule): { latest: Date; next: Date } | { error: TaskError } {
  try {
    return { latest: latestTick(schedule, schedule.now) ?? schedule.nextAt, next: nextTick(schedule, schedule.now) };
  } catch (error) {
    if (!(error instanceof CronInvalidError)) throw error;
    return { error: { code: error.code, message: error.message } };
  }
}

async function enqueue(
  db: UnitOfWork,
  { id, accountId, payload }: DueSchedule,
  definition: TaskDefinition,
  tick: Date,
): Promise<Ticked> {
  let task: NewTask;
  try {
    const idempotencyKey = `schedule/${id}/${tick.toISOString()}`;
    task = newTask(definition, payload, { accountId, traceContext: null }, { idempotencyKey });
  } catch (error) {
    if (!(error instanceof PayloadInvalidError)) throw error;
    return { error: { code: error.code, message: error.message } };
  }
  // Looked for without a lock first: to insert beside a unique task that is running would wait for it to end.
  const active = await findActive(db, task);
  if (active) return stillQueued(active);
  try {
    return { taskId: task.id, publish: await insertTasks(db, [task]) };
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    const earlier = await db(Task).findOne({ account_id: accountId, idempotency_key: task.idempotencyKey });
    if (earlier) return { taskId: earlier.id, publish: [] };
    return stillQueued((await findActive(db, task)) ?? 'of that kind');
  }
}

async function findActive(db: UnitOfWork, { accountId, name, uniqueKey }: NewTask): Promise<string | null> {
  if (uniqueKey === null) return null;
  const active = await db(Task).select('id').findOne({ account_id: accountId, name, unique_key: uniqueKey });
  return active?.id ?? null;
}

const stillQueued = (task: string): Ticked => ({
  error: {
    code: 'TASK_STILL_QUEUED',
    message: `the tick was left out: it may be queued once at a time, and task ${task} has not ended`,
  },
});
