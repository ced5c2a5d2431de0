import { bearerOf, createToken } from '.';
import { Token } from '../models';
import { migratedDatabase, type MigratedDatabase } from '../testing';

let home: MigratedDatabase;
beforeAll(async () => {
  home = await migratedDatabase();
});
afterAll(() => home.drop());

test('a token opens the account it was made for, which it makes when there is none', async () => {
  const [mine, others] = await home.database.transaction(async (db) => [
    await createToken(db, 'owner', 'laptop'),
    await createToken(db, 'somebody else', 'laptop'),
  ]);
  await home.database.read(async (db) => {
    expect(await bearerOf(db, mine)).toMatchObject({ accountId: home.accountId, scope: 'owner' });
    expect((await bearerOf(db, others))?.accountId).not.toBe(home.accountId);
    expect(await bearerOf(db, 'office_wrong')).toBeNull();
  });
});

test('a token is an operator’s when it was made as one', async () => {
  const secret = await home.database.transaction((db) => createToken(db, 'owner', 'console', 'operator'));
  const bearer = await home.database.read((db) => bearerOf(db, secret));
  expect(bearer).toMatchObject({ accountId: home.accountId, scope: 'operator' });
});

test('the secret is stored nowhere', async () => {
  const secret = await home.database.transaction((db) => createToken(db, 'owner', 'phone'));
  const rows = await home.database.read((db) => db(Token));
  expect(JSON.stringify(rows)).not.toContain(secret);
});
