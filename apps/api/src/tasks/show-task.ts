import type { Database } from '@sorting-office/db';
import type { z } from 'zod';
import { Problem } from '../http/problem';
import { type taskDetail, viewTask } from './task-view';

/** One task of an account with everything that is known of it. @throws Problem NOT_FOUND */
export async function showTask(database: Database, accountId: string, id: string): Promise<z.infer<typeof taskDetail>> {
  const task = await database.read((db) => viewTask(db, accountId, id));
  if (!task) throw Problem.notFound('task', id);
  return task;
}
