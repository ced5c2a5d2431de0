/** What this suite counts: a task that leaves one row for each time that it was done. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { TaskQueue } from '@sorting-office/db';
import type { TaskDefinition } from '@sorting-office/tasks';
import { z } from 'zod';

/** Beside the migrated schema; it has no key that would refuse a second row of a task. */
export const effectsTable = `CREATE TABLE deploy_effects (
  id      BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  task_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  pod     VARCHAR(64) CHARACTER SET ascii NOT NULL,
  KEY deploy_effects_task (task_id)
) ENGINE=InnoDB`;

const payload = z.object({ holdMs: z.int().min(0).max(10_000).default(0) });

/**
 * A task of a queue. It is put among the tasks of built apps, and therefore imports nothing of ours: `defineTask` would bring another
 * copy of all that it needs.
 */
export const effectTask = (queue: TaskQueue): TaskDefinition<z.output<typeof payload>, void> => ({
  name: `${queue}_effect`,
  description: 'Leaves a row, and holds its transaction open for a while',
  payload,
  result: z.void(),
  queue,
  retry: { attempts: 5, baseMs: 100, maxMs: 1000 },
  timeLimitSeconds: 30,
  internal: false,
  async run({ holdMs }, { db, task, signal }) {
    await db.execute('INSERT INTO deploy_effects (task_id, pod) VALUES (?, ?)', [task.id, process.env['POD'] ?? '']);
    if (holdMs > 0) await sleep(holdMs, undefined, { signal });
    return { outcome: 'done', result: undefined };
  },
});
