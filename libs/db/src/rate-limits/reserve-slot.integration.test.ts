import { RateLimit, Task } from '../models';
import { cancelTask, completeTask, type NewTask, retryTask } from '../tasks';
import { failed, taskTables, type TaskTables } from '../tasks/testing/task-tables';
import { reserveSlot } from './reserve-slot';

/** So long that no test is still running when the second slot has come. */
const minutes = 10;
const intervalMs = minutes * 60_000;
const reason = { code: 'RATE_LIMITED', message: 'it waits for its turn' };

let tables: TaskTables;
let { commit, inserted, row } = {} as TaskTables;
beforeEach(async () => {
  tables = await taskTables();
  ({ commit, inserted, row } = tables);
});
afterEach(() => tables.drop());

const ask = ({ id, name }: Pick<NewTask, 'id' | 'name'>, attempt = 1) =>
  commit((db) => reserveSlot(db, { task: { id, name, attempt }, intervalMicroseconds: intervalMs * 1000, reason }));
/** When the latest slot of a name is, in milliseconds. */
const latestSlot = async (name = 'test_task') =>
  (await tables.database.read((db) => db(RateLimit).findOne({ name })))?.last_slot_at.getTime() ?? null;
/** Takes a slot, so that the next one lies ahead. */
const occupied = async () => ask(await inserted());

test('the first begins at once, the second is put off to its slot with as many tries left as before', async () => {
  const [first, second] = [await inserted(), await inserted()];
  expect(await ask(first)).toBe('begin');
  const { slot_at } = await row(first.id);
  expect(await row(first.id)).toMatchObject({ attempt: 1, slot_attempt: 1 });
  expect(await ask(second)).toBe('postponed');
  const slot = new Date((slot_at?.getTime() ?? 0) + intervalMs);
  expect(await row(second.id)).toMatchObject({
    state: 'queued',
    attempt: 2,
    max_attempts: 4,
    publish_at: slot,
    published_at: null,
    slot_at: slot,
    slot_attempt: 2,
    error: reason,
  });
});

test('one that comes back at its slot begins without another one, however often its message comes', async () => {
  await occupied();
  const task = await inserted();
  await ask(task);
  const slot = await latestSlot();
  await commit((db) =>
    db(Task)
      .findById(task.id)
      .patch({ slot_at: new Date(0) }),
  );
  expect([await ask(task, 2), await ask(task, 2)]).toEqual(['begin', 'begin']);
  expect(await latestSlot()).toBe(slot);
});

test('one that comes back too early keeps its slot', async () => {
  await occupied();
  const task = await inserted();
  await ask(task);
  const { slot_at } = await row(task.id);
  expect(await ask(task, 2)).toBe('postponed');
  expect(await row(task.id)).toMatchObject({
    attempt: 3,
    max_attempts: 5,
    slot_attempt: 3,
    slot_at,
    publish_at: slot_at,
  });
  expect(await latestSlot()).toBe(slot_at?.getTime());
});

test('messages of one attempt that come at once take one slot', async () => {
  await occupied();
  const first = await latestSlot();
  const task = await inserted();
  const answers = await Promise.all([ask(task), ask(task), ask(task), ask(task)]);
  expect(answers.sort()).toEqual(['postponed', 'stale', 'stale', 'stale']);
  expect(await latestSlot()).toBe((first ?? 0) + intervalMs);
  expect(await row(task.id)).toMatchObject({ attempt: 2, max_attempts: 4 });
});

test('a stale, ended or unknown attempt takes no slot', async () => {
  const [postponed, ended] = [await inserted(), await inserted()];
  await occupied();
  await ask(postponed);
  await commit((db) => completeTask(db, { id: ended.id, attempt: 1 }));
  const slot = await latestSlot();
  expect(await ask(postponed, 1)).toBe('stale');
  expect(await ask(ended)).toBe('stale');
  expect(await ask({ id: 'nobody', name: 'test_task' })).toBe('stale');
  expect(await latestSlot()).toBe(slot);
});

test('a retry asks for a slot of its own', async () => {
  const task = await inserted();
  expect(await ask(task)).toBe('begin');
  await commit((db) => retryTask(db, failed(task.id, 1), 0));
  expect(await ask(task, 2)).toBe('postponed');
});

test('names do not wait for each other, and a task that is put off can be cancelled', async () => {
  await occupied();
  expect(await ask(await inserted({ name: 'other_task' }))).toBe('begin');
  const task = await inserted();
  await ask(task);
  expect(await commit((db) => cancelTask(db, task.id))).toMatchObject({ outcome: 'cancelled' });
});

test('a limit that was not used for a while does not save up: the next begins at once, the one after it an interval later', async () => {
  await occupied();
  await commit((db) => db(RateLimit).patch({ last_slot_at: new Date(0) }));
  expect([await ask(await inserted()), await ask(await inserted())]).toEqual(['begin', 'postponed']);
});

test('many at once get slots an interval apart', async () => {
  await occupied();
  const many = await Promise.all(Array.from({ length: 24 }, () => inserted()));
  const answers = await Promise.all(many.map((task) => ask(task)));
  expect(new Set(answers)).toEqual(new Set(['postponed']));
  const slots = (await tables.database.read((db) => db(Task).orderBy('slot_at'))).map(({ slot_at }) =>
    slot_at?.getTime(),
  );
  expect(slots.map((slot) => (slot ?? 0) - (slots[0] ?? 0))).toEqual(
    [...many, 'the first'].map((_one, n) => n * intervalMs),
  );
});
