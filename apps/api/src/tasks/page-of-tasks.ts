import { listTasks, type TasksAsked, type UnitOfWork } from '@sorting-office/db';
import { toPage } from '../http/page';
import { type TaskView, viewTasks } from './task-view';

/** A page of an account's tasks, the newest first: two statements. */
export async function pageOfTasks(
  db: UnitOfWork,
  asked: TasksAsked,
): Promise<{ items: TaskView[]; next: string | null }> {
  const { items, next } = toPage(await listTasks(db, { ...asked, limit: asked.limit + 1 }), asked.limit);
  return { items: await viewTasks(db, items), next };
}
