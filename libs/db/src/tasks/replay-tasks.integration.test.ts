import { completeTask, failTask, type ReplayFilter, replayTasks } from './index';
import { taskTables, type TaskTables } from './testing/task-tables';

let tables: TaskTables;
let { commit, inserted, row } = {} as TaskTables;
beforeEach(async () => {
  tables = await taskTables();
  ({ commit, inserted, row } = tables);
});
afterEach(() => tables.drop());

async function failing(name = 'test_task', code = 'X', uniqueKey: string | null = null): Promise<string> {
  const { id } = await inserted({ name, uniqueKey });
  const task = { id, attempt: 1, batchId: null };
  await commit((db) => failTask(db, { task, error: { code, message: code }, worker: 'test/1' }));
  return id;
}
const replay = (some: Partial<ReplayFilter> = {}, after = '', limit = 100, uniqueKey: string | null = null) =>
  commit((db) =>
    replayTasks(db, { accountId: tables.accountId, state: 'failed', ...some }, { after, limit }, ({ name }) =>
      name === 'unknown' ? null : { attempts: 4, uniqueKey },
    ),
  );
const idsOf = (part: { publish: { id: string }[] }) => part.publish.map(({ id }) => id);

test('by name, by the code of the error, by when they ended, and by state', async () => {
  const [one, two, three] = [await failing('a', 'X'), await failing('a', 'Y'), await failing('b', 'X')];
  await inserted({ name: 'a' });
  const { finished_at: ended } = await row(three);
  if (!ended) throw new Error('not ended');
  expect(idsOf(await replay({ state: 'cancelled' }))).toEqual([]);
  expect(idsOf(await replay({ accountId: '01a00000-0000-7000-8000-000000000001' }))).toEqual([]);
  expect(idsOf(await replay({ since: new Date(ended.getTime() + 60_000) }))).toEqual([]);
  expect(idsOf(await replay({ until: new Date(ended.getTime() - 60_000) }))).toEqual([]);
  expect(idsOf(await replay({ name: 'a', errorCode: 'Y' }))).toEqual([two]);
  expect(idsOf(await replay({ errorCode: 'X' }))).toEqual([one, three]);
  expect(await row(one)).toMatchObject({ state: 'queued', attempt: 2, max_attempts: 5, error: null });
});

test('in parts, each once, also those that have failed again meanwhile', async () => {
  const ids = [await failing(), await failing(), await failing()];
  const first = await replay({}, '', 2);
  expect([idsOf(first), first.last]).toEqual([ids.slice(0, 2), ids[1]]);
  const again = { id: ids[0] ?? '', attempt: 2, batchId: null };
  await commit((db) => failTask(db, { task: again, error: { code: 'X', message: 'x' }, worker: 'test/1' }));
  const rest = await replay({}, first.last ?? '', 2);
  expect([idsOf(rest), rest.last]).toEqual([ids.slice(2), null]);
});

test('passes over what nobody knows, what is queued already, and what somebody holds', async () => {
  const unknown = await failing('unknown');
  const [one, two] = [await failing(), await failing()];
  expect(await replay({ name: 'unknown' })).toMatchObject({ publish: [], skipped: 1 });
  await commit(async (db) => {
    await db.rows('SELECT id FROM tasks WHERE id = ? FOR UPDATE', [two]);
    expect(await replay({ name: 'test_task' }, '', 100, 'key')).toMatchObject({ publish: [{ id: one }], skipped: 0 });
  });
  expect(await replay({ name: 'test_task' }, '', 100, 'key')).toMatchObject({ publish: [], skipped: 1 });
  await commit((db) => completeTask(db, { id: one, attempt: 2 }));
  expect(idsOf(await replay({ name: 'test_task' }, '', 100, 'key'))).toEqual([two]);
  expect(await row(unknown)).toMatchObject({ state: 'failed', attempt: 1 });
});
