import { tableBy } from '../models/table-by';
import { Task, type TaskState } from '../models/task';
import type { UnitOfWork } from '../unit-of-work';

/** Which of an account's tasks are asked for. */
export interface TasksAsked {
  accountId: string;
  name?: string | undefined;
  state?: TaskState | undefined;
  /** Only those older than the task with this id. */
  before?: string | undefined;
  limit: number;
}

/**
 * An account's tasks, the newest first.
 *
 * One statement, by the index that has those asked for in their order; left to itself, MariaDB intersects two indexes and sorts what it
 * finds, which takes a second among 100,000 tasks. Of a name and a state, the one is found by an index and the other looked for in it.
 */
export async function listTasks(
  db: UnitOfWork,
  { accountId, name, state, before, limit }: TasksAsked,
): Promise<Task[]> {
  const query = db(Task)
    .from(tableBy(Task, indexFor({ name, state })))
    .where({ account_id: accountId });
  if (name !== undefined) query.where({ name });
  if (state !== undefined) query.where({ state });
  if (before !== undefined) query.where('id', '<', before);
  return query.orderBy('id', 'desc').limit(limit);
}

/** Most tasks have succeeded: among those of a name they are soon found. */
function indexFor({ name, state }: Pick<TasksAsked, 'name' | 'state'>): string {
  if (name !== undefined && (state === undefined || state === 'succeeded')) return 'tasks_name';
  return state === undefined ? 'tasks_account' : 'tasks_state';
}
