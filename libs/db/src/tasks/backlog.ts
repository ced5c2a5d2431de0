import { taskQueue, type TaskQueue } from '../models/task';
import type { UnitOfWork } from '../unit-of-work';

/** How long things have been waiting, in seconds; 0 where nothing waits. */
export interface Backlog {
  /** The oldest task that is due and that nobody has published. */
  outboxLag: number;
  /**
   * The oldest task of each queue: in the queue since it was published, held by a worker, or running; or due and the oldest in the
   * outbox. A worker that holds a message and does not come to it renews its time.
   */
  queueAge: Record<TaskQueue, number>;
}

/**
 * Measures what waits. One row is looked up in the index `tasks_outbox` for the outbox and for each queue, however many tasks
 * there are.
 */
export async function measureBacklog(db: UnitOfWork): Promise<Backlog> {
  const [due] = await db.rows<{ queue: TaskQueue; age: number }>(backlogStatements.outbox);
  const queueAge = { interactive: 0, default: 0, bulk: 0 };
  for (const queue of taskQueue.options) {
    const [waiting] = await db.rows<{ age: number }>(backlogStatements.queue, [queue]);
    queueAge[queue] = Math.max(waiting?.age ?? 0, due?.queue === queue ? due.age : 0);
  }
  return { outboxLag: due?.age ?? 0, queueAge };
}

const secondsSince = (column: string) => `TIMESTAMPDIFF(MICROSECOND, ${column}, now(6)) / 1e6`;

/** Exported for the test that reads their plans. */
export const backlogStatements = {
  outbox: `SELECT queue, ${secondsSince('publish_at')} AS age FROM tasks FORCE INDEX (tasks_outbox)
           WHERE publish_at <= now(6) ORDER BY publish_at LIMIT 1`,
  // What has ended has neither time, and is passed over by the lower bound without being read.
  queue: `SELECT ${secondsSince('published_at')} AS age FROM tasks FORCE INDEX (tasks_outbox)
          WHERE publish_at IS NULL AND queue = ? AND published_at >= '2000-01-01' ORDER BY published_at LIMIT 1`,
};
