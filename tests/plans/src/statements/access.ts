// The statements of accounts, tokens, sessions and the log of who did what, and of the schema gate: libs/db/src/access, libs/db/src/schema.
import {
  accountNamed,
  audit,
  cliDeed,
  createToken,
  endSession,
  insertToken,
  keptBy,
  newId,
  noteUse,
  openSession,
  recogniseSession,
  recogniseToken,
  revokeToken,
  rotateToken,
  stillRecognised,
  type TokenKeeper,
  verifySchema,
} from '@sorting-office/db';
import { idOf } from '../large/ids';
import type { Office } from './office';

export async function accessStatements({ database, commit, accountId }: Office): Promise<void> {
  await commit((db) => accountNamed(db, 'a new account'));
  await commit((db) => accountNamed(db, 'account 1'));
  const secret = await commit((db) => createToken(db, 'account 1', 'test'));
  const known = await database.read((db) => recogniseToken(db, secret));
  if (!known) throw new Error('a new token is not recognised');
  const { tokenId } = known.bearer;
  const session = await commit((db) => openSession(db, tokenId));
  await database.read((db) => recogniseSession(db, session.secret));
  const bearers = [
    { tokenId, sessionId: null },
    { tokenId, sessionId: session.id },
    ...[1, 2, 4, 5].map((n) => ({ tokenId: idOf('token', n), sessionId: null })),
    ...[301, 302, 303].map((n) => ({ tokenId: idOf('token', n + 1), sessionId: idOf('session', n) })),
  ];
  for (const some of [bearers, bearers.slice(0, 1), bearers.slice(1, 2)])
    await database.read((db) => stillRecognised(db, some));
  await commit((db) =>
    noteUse(db, { accountId, scope: 'owner', tokenId: idOf('token', 5), sessionId: idOf('session', 500) }),
  );
  await commit((db) => audit(db, cliDeed('token.create', tokenId)));
  await commit((db) => endSession(db, session.id));
}

export async function tokenStatements({ commit, accountId }: Office): Promise<void> {
  const keepers: TokenKeeper[] = [null, { accountId }];
  for (const keeper of keepers) {
    const scope = keptBy(keeper).scope ?? 'operator';
    const made = await commit((db) =>
      insertToken(db, { accountId, name: 'test', scope, lifeSeconds: 3600, makerId: keeper && idOf('token', 5) }),
    );
    const rotated = await commit((db) => rotateToken(db, { id: made.id, keeper, graceSeconds: 60, makerId: made.id }));
    await commit((db) => revokeToken(db, rotated?.id ?? newId(), keeper));
  }
}

export const schemaStatements = ({ commit }: Office): Promise<unknown> => commit(verifySchema);
