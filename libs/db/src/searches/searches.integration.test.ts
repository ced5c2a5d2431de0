import { madeAt, newId } from '../ids';
import { Recording, Search, TaskAttempt } from '../models';
import { cancelAttempt, cancelTask, failTask, retryTask, completeTask } from '../tasks';
import { failed, taskTables, type TaskTables } from '../tasks/testing/task-tables';
import { deleteRecording, findRecording, forgetSearch, keepRecording } from './index';

let tables: TaskTables;
beforeEach(async () => {
  tables = await taskTables();
});
afterEach(() => tables.drop());

const audio = Buffer.from([0, 255, 39, 92, 0, 13, 10]);

async function recorded() {
  const task = await tables.inserted({ name: 'voice_search', payload: { text: 'secret' }, idempotencyKey: newId() });
  await tables.commit((db) => keepRecording(db, { taskId: task.id, accountId: tables.accountId, audio }));
  return task;
}
const recordings = () => tables.database.read((db) => db(Recording).resultSize());

test('a recording is given back byte for byte, to the account whose it is', async () => {
  const { id } = await recorded();
  const find = (accountId: string) => tables.database.read((db) => findRecording(db, { id, accountId }));
  expect(await find(tables.accountId)).toEqual(audio);
  expect(await find(newId())).toBeNull();
});

test.each<[string, number, (task: { id: string; batchId: null }) => Promise<unknown>]>([
  ['another attempt keeps it', 1, ({ id }) => tables.commit((db) => retryTask(db, failed(id, 1), 0))],
  ['failing deletes it', 0, ({ id }) => tables.commit((db) => failTask(db, failed(id, 1)))],
  ['failing an attempt that is over does not', 1, ({ id }) => tables.commit((db) => failTask(db, failed(id, 2)))],
  ['cancelling deletes it', 0, ({ id }) => tables.commit((db) => cancelTask(db, id))],
  [
    'cancelling while it runs deletes it',
    0,
    ({ id, batchId }) => tables.commit((db) => cancelAttempt(db, { id, attempt: 1, batchId })),
  ],
  ['whoever has succeeded deletes it', 0, ({ id }) => tables.commit((db) => deleteRecording(db, id))],
])('a recording goes with its task: %s', async (_what, left, end) => {
  const { id } = await recorded();
  await end({ id, batchId: null });
  expect(await recordings()).toBe(left);
});

describe('forgetting a search', () => {
  async function searched(): Promise<string> {
    const { id } = await recorded();
    const search = { account_id: tables.accountId, mailbox_id: newId(), timezone: 'UTC', page_size: 20 };
    await tables.commit((db) => db(Search).insert({ ...search, id, spoken: true, text: 'secret' }));
    return id;
  }
  const forget = (id: string, accountId = tables.accountId) =>
    tables.commit((db) => forgetSearch(db, { id, accountId }));
  const searches = () => tables.database.read((db) => db(Search).resultSize());

  test('leaves of it nothing but that there was a task', async () => {
    const id = await searched();
    await tables.commit((db) => failTask(db, failed(id, 1)));
    expect(await forget(id)).toBe(true);
    expect(await searches()).toBe(0);
    expect(await tables.row(id)).toMatchObject({ state: 'failed', payload: {}, result: null, error: null });
    expect(await tables.database.read((db) => db(TaskAttempt).resultSize())).toBe(0);
  });

  test('twice is once', async () => {
    const id = await searched();
    await tables.commit((db) => completeTask(db, { id, attempt: 1 }));
    expect([await forget(id), await forget(id)]).toEqual([true, true]);
  });

  test('waits for its task, whose worker may hold its text', async () => {
    const id = await searched();
    expect(await forget(id)).toBe(false);
    expect(await searches()).toBe(1);
    expect(await tables.row(id)).toMatchObject({ payload: { text: 'secret' } });
  });

  test('is not for somebody else', async () => {
    const id = await searched();
    await tables.commit((db) => failTask(db, failed(id, 1)));
    await forget(id, newId());
    expect(await searches()).toBe(1);
    expect(await tables.row(id)).toMatchObject({ payload: { text: 'secret' } });
  });
});

test('an id says when it was made', () => {
  const before = Date.now();
  const made = madeAt(newId()).getTime();
  expect(made).toBeGreaterThanOrEqual(before);
  expect(made).toBeLessThanOrEqual(Date.now());
  expect(madeAt('019a1b2c-3d4e-7000-8000-000000000000').getTime()).toBe(0x019a1b2c3d4e);
});
