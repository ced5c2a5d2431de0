import { migration, setIndex } from './migration';

/**
 * Among the tasks of a state those of a name are found in the index alone. An index that has both in front would be faster still, and cost
 * each message a write.
 */
export const lists = migration('0014-lists', [setIndex('tasks', 'tasks_state', ['state', 'account_id', 'id', 'name'])]);
