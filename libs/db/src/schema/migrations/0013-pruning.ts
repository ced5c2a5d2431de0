import { migration, setIndex } from './migration';

/** What it takes to see at once whether a schedule still names a task. */
export const pruning = migration('0013-pruning', [setIndex('schedules', 'schedules_last_task', ['last_task_id'])]);
