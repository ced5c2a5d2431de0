import { createHash, randomBytes } from 'node:crypto';
import { isDuplicateKey } from './errors';
import { newId } from './ids';
import { Account, Token } from './models';
import type { TokenScope } from './models/account';
import type { UnitOfWork } from './unit-of-work';

/** How a token is stored and looked up: by digest, so that neither a stolen table nor a slow comparison gives it away. */
export const tokenHash = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** Makes a token for an account, which is made too when it does not exist yet. Returns the secret, which is stored nowhere. */
export async function createToken(
  db: UnitOfWork,
  accountName: string,
  tokenName: string,
  scope: TokenScope = 'owner',
): Promise<string> {
  const accountId = await accountNamed(db, accountName);
  const secret = `office_${randomBytes(24).toString('base64url')}`;
  await db(Token).insert({ id: newId(), account_id: accountId, name: tokenName, hash: tokenHash(secret), scope });
  return secret;
}

/** Whose token somebody carries, and what it may be used for. */
export interface Bearer {
  accountId: string;
  scope: TokenScope;
}

/** Who carries a token, or null when it is none. One statement, by the index `tokens_hash`. */
export async function bearerOf(db: UnitOfWork, secret: string): Promise<Bearer | null> {
  const token = await db(Token)
    .select('account_id', 'scope')
    .findOne({ hash: tokenHash(secret) });
  return token ? { accountId: token.account_id, scope: token.scope } : null;
}

async function accountNamed(db: UnitOfWork, name: string): Promise<string> {
  const id = newId();
  try {
    await db(Account).insert({ id, name });
    return id;
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    return (await db(Account).select('id').findOne({ name }).throwIfNotFound()).id;
  }
}
