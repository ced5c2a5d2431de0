import { recogniseToken, createToken, Token } from '@sorting-office/db';
import { type MigratedDatabase, migratedDatabase } from '@sorting-office/db/testing';
import { UseNotes } from './use-notes';

let home: MigratedDatabase;
beforeAll(async () => {
  home = await migratedDatabase();
});
afterAll(() => home.drop());

test('whoever waits for it closes the database after the last use is noted, and not before', async () => {
  const { database } = home;
  const secret = await database.transaction((db) => createToken(db, 'owner', 'used'));
  const known = await database.read((db) => recogniseToken(db, secret));
  if (!known) throw new Error('the token is not known');
  const { tokenId } = known.bearer;
  const uses = new UseNotes(database);
  let settled = false;
  let settling: Promise<void> | undefined;
  await database.transaction(async (db) => {
    await db(Token).where({ id: tokenId }).forUpdate();
    uses.note(known);
    settling = uses.settled().then(() => void (settled = true));
    // Whoever does not wait is through by the time that the server has answered somebody else.
    await database.read((other) => other(Token));
    expect(settled).toBe(false);
  });
  await settling;
  expect(settled).toBe(true);
  expect((await database.read((db) => db(Token).findById(tokenId)))?.last_used_at).not.toBeNull();
});

test('a note that cannot be written is not in the way', async () => {
  const gone = await migratedDatabase();
  const uses = new UseNotes(gone.database);
  await gone.drop();
  const bearer = { accountId: gone.accountId, scope: 'owner' as const, tokenId: gone.accountId, sessionId: null };
  uses.note({ bearer, stale: true });
  await expect(uses.settled()).resolves.toBeUndefined();
});
