import { addColumn, migration, setIndex } from './migration';

/** What it takes to find lost messages, to cancel a batch, and to postpone a task for as long as it likes. */
export const delivery = migration('0004-delivery', [
  addColumn('tasks', 'published_at', 'DATETIME(6) NULL'),
  setIndex('tasks', 'tasks_outbox', ['publish_at', 'queue', 'published_at']),
  `ALTER TABLE tasks MODIFY attempt INT UNSIGNED NOT NULL DEFAULT 1, MODIFY max_attempts INT UNSIGNED NOT NULL`,
  `ALTER TABLE task_attempts MODIFY attempt INT UNSIGNED NOT NULL`,
  addColumn('batches', 'cancelled_at', 'DATETIME(6) NULL'),
]);
