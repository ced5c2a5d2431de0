import { isDuplicateKey } from '../errors';
import { newId } from '../ids';
import { Account, Token } from '../models';
import type { TokenScope } from '../models/account';
import type { UnitOfWork } from '../unit-of-work';
import { newSecret, secretHash } from './secret';

export interface NewToken {
  accountId: string;
  name: string;
  scope: TokenScope;
  /** Seconds from now; null for never. */
  lifeSeconds: number | null;
  /** The token that it is made with, which it does not outlive; null for whoever reaches the database. */
  makerId: string | null;
}

/** A token just made: its secret is stored nowhere. */
export interface MadeToken {
  id: string;
  secret: string;
  expiresAt: Date | null;
}

/** When a token was to end before it was rotated, if it was. */
const ownEnd = 'CASE WHEN rotated_at IS NULL THEN expires_at ELSE lasts_until END';

/** Makes a token. It ends when its maker does at the latest: else one that ends could have itself followed by one that does not. */
export async function insertToken(db: UnitOfWork, token: NewToken): Promise<MadeToken> {
  const made = { id: newId(), secret: newSecret('office') };
  const { accountId, name, scope, lifeSeconds, makerId } = token;
  // NULL is never. No row when there is no such maker.
  await db.execute(
    `INSERT INTO tokens (id, account_id, name, hash, scope, expires_at)
     SELECT ?, ?, ?, ?, ?, LEAST(COALESCE(asked.at, maker.at), COALESCE(maker.at, asked.at))
       FROM (SELECT now(6) + INTERVAL ? SECOND AS at) asked
       JOIN (SELECT ${ownEnd} AS at FROM tokens WHERE id = ? UNION ALL SELECT NULL FROM DUAL WHERE ? IS NULL) maker`,
    [made.id, accountId, name, secretHash(made.secret), scope, lifeSeconds, makerId, makerId],
  );
  const { expires_at: expiresAt } = await db(Token).findById(made.id).throwIfNotFound();
  return { ...made, expiresAt };
}

/** Makes a token for an account, which is made too when it does not exist yet. Returns the secret, which is stored nowhere. */
export async function createToken(
  db: UnitOfWork,
  accountName: string,
  name: string,
  scope: TokenScope = 'owner',
): Promise<string> {
  const accountId = await accountNamed(db, accountName);
  return (await insertToken(db, { accountId, name, scope, lifeSeconds: null, makerId: null })).secret;
}

/** Whose tokens somebody may look after: those of owners of one account, or, when null, all. What an operator may do is not an owner's to hand on. */
export type TokenKeeper = { accountId: string } | null;

/** What a keeper's tokens have in their rows. */
export const keptBy = (keeper: TokenKeeper) =>
  keeper ? { account_id: keeper.accountId, scope: 'owner' as const } : {};

/** Ends a token, and its sessions with it. False when the keeper has none of that id, or it has ended. */
export async function revokeToken(db: UnitOfWork, id: string, keeper: TokenKeeper): Promise<boolean> {
  const query = db(Token)
    .where({ id, ...keptBy(keeper) })
    .whereNull('revoked_at');
  const { length } = await query.forUpdate();
  if (length > 0) await db.execute('UPDATE tokens SET revoked_at = now(6) WHERE id = ?', [id]);
  return length > 0;
}

export interface Rotation {
  id: string;
  keeper: TokenKeeper;
  graceSeconds: number;
  /** The token that asks for it: what is made does not outlive it either. */
  makerId: string;
}

/**
 * Makes another token like this one, which works for so many seconds more. Null when the keeper has none of that id that works. However
 * often one is rotated, each that is made has its whole life.
 */
export async function rotateToken(db: UnitOfWork, rotation: Rotation): Promise<MadeToken | null> {
  const { id, keeper, graceSeconds, makerId } = rotation;
  const [old] = await db.rows<{ account_id: string; name: string; scope: TokenScope; life: number | null }>(
    `SELECT account_id, name, scope, TIMESTAMPDIFF(MICROSECOND, created_at, ${ownEnd}) AS life FROM tokens
      WHERE id = ? AND (? IS NULL OR (account_id = ? AND scope = 'owner')) AND revoked_at IS NULL
        AND (expires_at IS NULL OR expires_at > now(6)) FOR UPDATE`,
    [id, keeper?.accountId ?? null, keeper?.accountId ?? null],
  );
  if (!old) return null;
  // Assignments are made in their order: `expires_at` is read before it is written.
  await db.execute(
    `UPDATE tokens SET lasts_until = ${ownEnd}, rotated_at = COALESCE(rotated_at, now(6)),
            expires_at = LEAST(COALESCE(expires_at, now(6) + INTERVAL ? SECOND), now(6) + INTERVAL ? SECOND) WHERE id = ?`,
    [graceSeconds, graceSeconds, id],
  );
  const { account_id: accountId, name, scope, life } = old;
  // Rounded up: one that ends with its maker would else be followed by one that ends a little earlier.
  const lifeSeconds = life === null ? null : Math.ceil(life / 1_000_000);
  return insertToken(db, { accountId, name, scope, lifeSeconds, makerId });
}

/** The id of the account of that name, which is made when there is none. */
export async function accountNamed(db: UnitOfWork, name: string): Promise<string> {
  const id = newId();
  try {
    await db(Account).insert({ id, name });
    return id;
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    return (await db(Account).select('id').findOne({ name }).throwIfNotFound()).id;
  }
}
