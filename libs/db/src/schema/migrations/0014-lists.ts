import { migration, setIndex } from './migration';

/** What a page of an account's tasks is read by when both their name and their state are asked for. */
export const lists = migration('0014-lists', [
  setIndex('tasks', 'tasks_name_state', ['account_id', 'name', 'state', 'id']),
]);
