import { insertTasks, newId, Task } from '@sorting-office/db';
import { migratedDatabase, type MigratedDatabase } from '@sorting-office/db/testing';
import { newTask } from '@sorting-office/tasks';
import { greet } from '../testing/api';
import { cancelPatiently } from './cancel-patiently';

let home: MigratedDatabase;
beforeAll(async () => {
  home = await migratedDatabase();
});
afterAll(() => home.drop());

/** A task whose row somebody holds, and the means to let go of it. */
async function held() {
  const { database, accountId } = home;
  const task = newTask(greet, { who: newId() }, { accountId, traceContext: null });
  await database.transaction((db) => insertTasks(db, [task]));
  let letGo: () => void = () => undefined;
  const told = new Promise<void>((resolve) => (letGo = resolve));
  let locked: () => void = () => undefined;
  const isLocked = new Promise<void>((resolve) => (locked = resolve));
  const holding = database.transaction(async (db) => {
    await db.rows('SELECT id FROM tasks WHERE id = ? FOR UPDATE', [task.id]);
    locked();
    await told;
  });
  await isLocked;
  return { id: task.id, letGo, holding };
}

test('a task that somebody holds for a moment only is cancelled all the same', async () => {
  const { id, letGo, holding } = await held();
  expect(await cancelPatiently(home.database, id, letGo)).toMatchObject({ outcome: 'cancelled' });
  await holding;
  expect((await home.database.read((db) => db(Task).findById(id)))?.state).toBe('cancelled');
});

test('whoever goes on holding it is asked to stop, and goes on', async () => {
  const { id, letGo, holding } = await held();
  let asked = 0;
  try {
    expect(await cancelPatiently(home.database, id, () => asked++)).toEqual({ outcome: 'running' });
    expect(asked).toBeGreaterThan(1);
  } finally {
    letGo();
    await holding;
  }
});
