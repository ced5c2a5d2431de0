import type { TaskState } from '../models/task';
import { insertTasks, listTasks } from './index';
import { taskTables, type TaskTables } from './testing/task-tables';

const most = 3000;
const limit = 20;

let tables: TaskTables;
let ids: string[];

/** Every third task is of another name, and one in thirty has failed. */
const nameOf = (n: number) => (n % 3 === 0 ? 'other_task' : 'test_task');
const stateOf = (n: number): TaskState => (n % 30 === 0 ? 'failed' : n === 7 ? 'queued' : 'succeeded');

beforeAll(async () => {
  tables = await taskTables();
  const rows = Array.from({ length: most }, (_, n) => tables.task({ name: nameOf(n) }));
  ids = rows.map(({ id }) => id);
  const failed = ids.filter((_, n) => stateOf(n) === 'failed');
  await tables.commit(async (db) => {
    await insertTasks(db, rows);
    await db.execute(`UPDATE tasks SET state = 'succeeded', publish_at = NULL`);
    await db.execute(`UPDATE tasks SET state = 'failed' WHERE id IN (${failed.map(() => '?').join(', ')})`, failed);
    await db.execute(`UPDATE tasks SET state = 'queued' WHERE id = ?`, [ids[7]]);
  });
  await tables.commit((db) => db.execute('ANALYZE TABLE tasks'));
}, 60_000);
afterAll(() => tables.drop());

const filters: { name?: string; state?: TaskState }[] = [
  {},
  { name: 'other_task' },
  { state: 'succeeded' },
  { state: 'failed' },
  { state: 'queued' },
  { name: 'test_task', state: 'succeeded' },
  { name: 'other_task', state: 'failed' },
  { name: 'test_task', state: 'failed' },
];

test.each(filters)('a page of %j is the newest of them, wherever it begins', async ({ name, state }) => {
  const expected = ids
    .filter((_, n) => (name ?? nameOf(n)) === nameOf(n) && (state ?? stateOf(n)) === stateOf(n))
    .reverse();
  const page = (before?: string) =>
    tables.database.read((db) => listTasks(db, { accountId: tables.accountId, name, state, before, limit }));
  const first = (await page()).map(({ id }) => id);
  expect(first).toEqual(expected.slice(0, limit));
  const second = (await page(first.at(-1))).map(({ id }) => id);
  expect(second).toEqual(expected.slice(limit, 2 * limit));
});

// A name and a state together have no index of their own: those in the state are looked through, and these are few.
test.each(filters.slice(0, 7))('of %j no more rows are read than are shown, but for a few', async ({ name, state }) => {
  const reads = await tables.database.read(async (db) => {
    const count = async () => {
      const rows = await db.rows<{ Value: string }>(`SHOW SESSION STATUS LIKE 'Handler_read%'`);
      return rows.reduce((sum, { Value }) => sum + Number(Value), 0);
    };
    // What SHOW itself reads.
    const own = -(await count()) + (await count());
    const before = await count();
    await listTasks(db, { accountId: tables.accountId, name, state, limit });
    return (await count()) - before - own;
  });
  expect(reads).toBeLessThan(3 * limit);
});

test('tasks of other accounts are not shown', async () => {
  const others = { accountId: '01890000-0000-7000-8000-000000000000', limit };
  expect(await tables.database.read((db) => listTasks(db, others))).toEqual([]);
});
