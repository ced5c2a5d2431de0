import { Task } from '../models';
import { completeTask, insertUnlessQueued } from './index';
import { taskTables, type TaskTables } from './testing/task-tables';

let tables: TaskTables;
let { commit, inserted, row, task } = {} as TaskTables;
beforeEach(async () => {
  tables = await taskTables();
  ({ commit, inserted, row, task } = tables);
});
afterEach(() => tables.drop());

const count = () => tables.database.read((db) => db(Task).resultSize());
const idsOf = (tasks: readonly { id: string }[]) => tasks.map(({ id }) => id);

test('tasks whose unique keys are free are inserted, those without one always, and the first of several with the same one', async () => {
  const tasks = [task(), task({ uniqueKey: 'a' }), task(), task({ uniqueKey: 'a' }), task({ uniqueKey: 'b' })] as const;
  const [one, a, two, , b] = tasks;
  const { inserted: made, publish, ids } = await commit((db) => insertUnlessQueued(db, tasks));
  expect(ids).toEqual([one.id, a.id, two.id, a.id, b.id]);
  expect(idsOf(made)).toEqual([one.id, a.id, two.id, b.id]);
  expect(idsOf(publish)).toEqual([one.id, a.id, two.id, b.id]);
  expect(await count()).toBe(4);
});

test('tasks that are queued stand for those with the same unique key, in every statement of many', async () => {
  const queued = [await inserted({ uniqueKey: '7' }), await inserted({ uniqueKey: '1100' })];
  const tasks = Array.from({ length: 1201 }, (_, number) => task({ uniqueKey: String(number) }));
  const { ids, publish } = await commit((db) => insertUnlessQueued(db, tasks));
  expect([ids[7], ids[1100]]).toEqual(idsOf(queued));
  expect(ids.filter((id, number) => id === tasks[number]?.id)).toHaveLength(1199);
  expect(publish).toHaveLength(1199);
  expect(await count()).toBe(1201);
});

test('a key is another account’s, and another name’s, to have too', async () => {
  await inserted({ uniqueKey: 'a', name: 'another_name' });
  const one = task({ uniqueKey: 'a' });
  expect(await commit((db) => insertUnlessQueued(db, [one]))).toMatchObject({ ids: [one.id] });
});

test('a key is free once its task has ended', async () => {
  const ended = await inserted({ uniqueKey: 'a' });
  await commit((db) => completeTask(db, { id: ended.id, attempt: 1 }));
  const one = task({ uniqueKey: 'a' });
  expect(await commit((db) => insertUnlessQueued(db, [one]))).toMatchObject({ ids: [one.id] });
});

test('delayed ones are inserted, and are nothing to publish yet', async () => {
  const [later, now] = [task({ runAt: new Date(Date.now() + 3_600_000), priority: 3 }), task()];
  const { inserted: made, publish } = await commit((db) => insertUnlessQueued(db, [later, now]));
  expect(idsOf(made)).toEqual([later.id, now.id]);
  expect(idsOf(publish)).toEqual([now.id]);
  expect(await row(later.id)).toMatchObject({ publish_at: later.runAt, priority: 3 });
});

test('an idempotency key that is taken is an error, and nothing of the part is inserted', async () => {
  await inserted({ idempotencyKey: 'one' });
  const inserting = commit((db) => insertUnlessQueued(db, [task(), task({ idempotencyKey: 'one', uniqueKey: 'a' })]));
  await expect(inserting).rejects.toMatchObject({ errno: 1062 });
  expect(await count()).toBe(1);
});

test('none are none', async () => {
  expect(await commit((db) => insertUnlessQueued(db, []))).toEqual({ inserted: [], publish: [], ids: [] });
});
