import { accountOfToken, createToken } from './accounts';
import { Token } from './models';
import { migratedDatabase, type MigratedDatabase } from './testing';

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
    expect(await accountOfToken(db, mine)).toBe(home.accountId);
    expect(await accountOfToken(db, others)).not.toBe(home.accountId);
    expect(await accountOfToken(db, 'office_wrong')).toBeNull();
  });
});

test('the secret is stored nowhere', async () => {
  const secret = await home.database.transaction((db) => createToken(db, 'owner', 'phone'));
  const rows = await home.database.read((db) => db(Token));
  expect(JSON.stringify(rows)).not.toContain(secret);
});
