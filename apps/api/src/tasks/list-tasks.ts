import { Task, type TaskState, type UnitOfWork } from '@sorting-office/db';
import { toPage } from '../http/page';
import { type TaskView, viewTasks } from './task-view';

/** Which of an account's tasks are asked for. */
export interface TasksAsked {
  accountId: string;
  name?: string | undefined;
  state?: TaskState | undefined;
  /** Those older than the task with this id. */
  before?: string | undefined;
  limit: number;
}

/** A page of an account's tasks, the newest first: two statements, by an index that has the order. */
export async function listTasks(
  db: UnitOfWork,
  { accountId, name, state, before, limit }: TasksAsked,
): Promise<{ items: TaskView[]; next: string | null }> {
  const query = db(Task).where({ account_id: accountId });
  if (name !== undefined) query.where({ name });
  if (state !== undefined) query.where({ state });
  if (before !== undefined) query.where('id', '<', before);
  const { items, next } = toPage(await query.orderBy('id', 'desc').limit(limit + 1), limit);
  return { items: await viewTasks(db, items), next };
}
