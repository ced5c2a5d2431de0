import type { Model, ModelClass } from 'objection';
import { Account, models } from './models';
import { newId } from './ids';
import { migratedDatabase, type MigratedDatabase } from './testing';
import { UnitOfWorkEndedError } from './transaction';
import type { UnitOfWork } from './unit-of-work';

let home: MigratedDatabase;
beforeAll(async () => {
  home = await migratedDatabase();
});
afterAll(() => home.drop());

const account = () => ({ id: newId(), name: newId() });
const names = () => home.database.read(async (db) => (await db(Account)).map(({ name }) => name));

/** The models as what they have in common. */
const everyModel = models.map((model) => [model.tableName, model as unknown as ModelClass<Model>] as const);

describe.each(everyModel)('%s', (_table, model) => {
  test('cannot be queried outside of a unit of work', async () => {
    await expect(model.query()).rejects.toThrow(/no database connection available/);
  });

  test('cannot be queried after its unit of work has ended', async () => {
    const escaped = await home.database.transaction((db) => Promise.resolve({ db }));
    expect(() => escaped.db(model)).toThrow(UnitOfWorkEndedError);
  });

  test('cannot be queried late, by a query that was made in time', async () => {
    const escaped = await home.database.transaction((db) => {
      const query = db(model);
      return Promise.resolve({ run: () => query });
    });
    await expect(escaped.run()).rejects.toThrow(/after its unit of work had ended/);
  });
});

test('raw statements end with the unit of work too', async () => {
  let escaped: UnitOfWork | undefined;
  await home.database.transaction((db) => {
    escaped = db;
    return Promise.resolve();
  });
  await expect(escaped?.rows('SELECT 1')).rejects.toThrow(UnitOfWorkEndedError);
  await expect(escaped?.execute('DELETE FROM accounts')).rejects.toThrow(UnitOfWorkEndedError);
  await expect(escaped?.insertAll(Account, [account()])).rejects.toThrow(UnitOfWorkEndedError);
});

test('work that throws leaves nothing, and its error goes on as it is', async () => {
  const one = account();
  const error = new Error('on purpose');
  const work = home.database.transaction(async (db) => {
    await db(Account).insert(one);
    throw error;
  });
  await expect(work).rejects.toBe(error);
  expect(await names()).not.toContain(one.name);
});

test('nobody sees a unit of work before it commits', async () => {
  const one = account();
  await home.database.transaction(async (db) => {
    await db(Account).insert(one);
    expect(await names()).not.toContain(one.name);
  });
  expect(await names()).toContain(one.name);
});

test('a unit of work that reads is refused every write', async () => {
  await expect(home.database.read((db) => db(Account).insert(account()))).rejects.toMatchObject({ errno: 1792 });
});

test('many rows are written in their order, JSON and all', async () => {
  const rows = Array.from({ length: 450 }, account);
  await home.database.transaction((db) => db.insertAll(Account, rows));
  const written = await home.database.read((db) =>
    db(Account)
      .whereIn(
        'id',
        rows.map(({ id }) => id),
      )
      .orderBy('id'),
  );
  expect(written.map(({ name }) => name)).toEqual(rows.map(({ name }) => name));
});

test('every connection is given back, whatever the work came to', async () => {
  await Promise.allSettled([
    home.database.transaction((db) => db(Account).insert(account())),
    home.database.transaction(() => Promise.reject(new Error('on purpose'))),
    home.database.transaction((db) => db.rows('SELECT nonsense')),
    home.database.read((db) => db(Account).insert(account())),
  ]);
  expect(home.database.poolUse()).toMatchObject({ used: 0, waiting: 0 });
});
