import {
  Batch,
  Task,
  TaskAttempt,
  taskError,
  taskProgress,
  taskQueue,
  taskState,
  type UnitOfWork,
} from '@sorting-office/db';
import { z } from 'zod';

/** A task as the API shows it. */
export const taskView = z
  .object({
    id: z.uuid(),
    name: z.string(),
    queue: taskQueue,
    state: taskState,
    attempt: z.int(),
    maxAttempts: z.int(),
    priority: z.int(),
    payload: z.unknown(),
    progress: taskProgress.nullable().meta({ description: 'How many tasks of the batch that it opened have ended' }),
    result: z.unknown(),
    error: taskError.nullable().meta({ description: 'Why it, or its latest attempt, failed' }),
    rootId: z.uuid().meta({ description: 'The task that started it all' }),
    nextId: z.uuid().nullable().meta({ description: 'The task that goes on when the batch that it opened has ended' }),
    createdAt: z.iso.datetime(),
    dueAt: z.iso
      .datetime()
      .nullable()
      .meta({ description: 'When its next message is due, while that has not been sent' }),
    finishedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Task' });
export type TaskView = z.infer<typeof taskView>;

/** A task with every try that failed. */
export const taskDetail = taskView.extend({
  failedAttempts: z.array(
    z.object({ attempt: z.int(), error: taskError, worker: z.string(), failedAt: z.iso.datetime() }),
  ),
});

/** Views of tasks, with the progress of the batches they opened: one statement more for any number of tasks. */
export async function viewTasks(db: UnitOfWork, tasks: readonly Task[]): Promise<TaskView[]> {
  const ids = tasks.map(({ id }) => id);
  const batches = ids.length === 0 ? [] : await db(Batch).whereIn('task_id', ids).orderBy('id');
  const batchOf = new Map(batches.map((batch) => [batch.task_id, batch]));
  return tasks.map((task) => viewWith(task, batchOf.get(task.id)));
}

function viewWith(task: Task, batch: Batch | undefined): TaskView {
  return {
    id: task.id,
    name: task.name,
    queue: task.queue,
    state: task.state,
    attempt: task.attempt,
    maxAttempts: task.max_attempts,
    priority: task.priority,
    payload: task.payload,
    progress: batch ? { done: batch.total - batch.pending, total: batch.total } : task.progress,
    result: task.result,
    error: task.error,
    rootId: task.root_id,
    nextId: (batch?.continuation as { id: string } | null | undefined)?.id ?? null,
    createdAt: task.created_at.toISOString(),
    dueAt: task.publish_at?.toISOString() ?? null,
    finishedAt: task.finished_at?.toISOString() ?? null,
  };
}

/** A task that this very transaction has inserted: it has opened no batch and failed in no attempt yet. One statement. */
export async function viewNewTask(db: UnitOfWork, id: string): Promise<z.infer<typeof taskDetail>> {
  return { ...viewWith(await db(Task).findById(id).throwIfNotFound(), undefined), failedAttempts: [] };
}

/** One task of an account with its failed attempts, or null. */
export async function viewTask(
  db: UnitOfWork,
  accountId: string,
  id: string,
): Promise<z.infer<typeof taskDetail> | null> {
  const task = await db(Task).findOne({ id, account_id: accountId });
  if (!task) return null;
  const [view] = await viewTasks(db, [task]);
  if (!view) return null;
  const attempts = await db(TaskAttempt).where({ task_id: id }).orderBy('attempt');
  return {
    ...view,
    failedAttempts: attempts.map(({ attempt, error, worker, failed_at }) => ({
      attempt,
      error,
      worker,
      failedAt: failed_at.toISOString(),
    })),
  };
}
