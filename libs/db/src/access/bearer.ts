import type { TokenScope } from '../models/account';
import { placeholders } from '../tasks/placeholders';
import type { UnitOfWork } from '../unit-of-work';
import { sameText, secretHash } from './secret';

/** Who asks, by what, and what it may be used for. */
export interface Bearer {
  accountId: string;
  scope: TokenScope;
  tokenId: string;
  /** Null for who sends the token itself. */
  sessionId: string | null;
}

/** Somebody who was recognised, and whether the last use on record is more than a minute old. */
export interface Recognised {
  bearer: Bearer;
  stale: boolean;
}

/** How long a session may be left alone, in seconds. */
export const sessionIdleSeconds = 12 * 60 * 60;
/** How exact `last_used_at` is, in seconds. */
const useSeconds = 60;

interface Row {
  hash: string;
  account_id: string;
  scope: TokenScope;
  token_id: string;
  session_id: string | null;
  stale: number;
}

/** When a token (`t`) works, and when a session (`s`) does besides. */
const alive = 't.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > now(6))';

const kept = `s.expires_at > now(6) AND s.last_used_at > now(6) - INTERVAL ${sessionIdleSeconds} SECOND AND ${alive}`;

/** Whose a token is, or null when it is none, or over. One statement, by the index `tokens_hash`. */
export async function recogniseToken(db: UnitOfWork, secret: string): Promise<Recognised | null> {
  const hash = secretHash(secret);
  const rows = await db.rows<Row>(
    `SELECT t.hash, t.account_id, t.scope, t.id AS token_id, NULL AS session_id,
            t.last_used_at IS NULL OR t.last_used_at < now(6) - INTERVAL ${useSeconds} SECOND AS stale
       FROM tokens t WHERE t.hash = ? AND ${alive}`,
    [hash],
  );
  return recognised(rows, hash);
}

/** Whose a session is, or null when there is none, it is over or was left alone, or its token is over. One statement. */
export async function recogniseSession(db: UnitOfWork, secret: string): Promise<Recognised | null> {
  const hash = secretHash(secret);
  const rows = await db.rows<Row>(
    `SELECT s.hash, t.account_id, t.scope, t.id AS token_id, s.id AS session_id,
            s.last_used_at < now(6) - INTERVAL ${useSeconds} SECOND AS stale
       FROM sessions s JOIN tokens t ON t.id = s.token_id
      WHERE s.hash = ? AND ${kept}`,
    [hash],
  );
  return recognised(rows, hash);
}

/** Whose a token is, or null. */
export const bearerOf = async (db: UnitOfWork, secret: string): Promise<Bearer | null> =>
  (await recogniseToken(db, secret))?.bearer ?? null;

/** Those of them that would be recognised now. One statement, however many there are; it is no use of theirs. */
export async function stillRecognised<Known extends Pick<Bearer, 'tokenId' | 'sessionId'>>(
  db: UnitOfWork,
  known: readonly Known[],
): Promise<Set<Known>> {
  const [tokens, sessions] = [new Set<string>(), new Set<string>()];
  for (const { tokenId, sessionId } of known) {
    if (sessionId === null) tokens.add(tokenId);
    else sessions.add(sessionId);
  }
  const parts: string[] = [];
  if (tokens.size > 0)
    parts.push(`SELECT t.id FROM tokens t WHERE t.id IN (${placeholders(tokens.size)}) AND ${alive}`);
  if (sessions.size > 0)
    parts.push(
      `SELECT s.id FROM sessions s JOIN tokens t ON t.id = s.token_id WHERE s.id IN (${placeholders(sessions.size)}) AND ${kept}`,
    );
  if (parts.length === 0) return new Set();
  const rows = await db.rows<{ id: string }>(parts.join(' UNION ALL '), [...tokens, ...sessions]);
  const ids = new Set(rows.map(({ id }) => id));
  return new Set(known.filter(({ tokenId, sessionId }) => ids.has(sessionId ?? tokenId)));
}

/** Notes that a token, or a session and its token, were used now. */
export async function noteUse(db: UnitOfWork, { tokenId, sessionId }: Bearer): Promise<void> {
  const older = `(last_used_at IS NULL OR last_used_at < now(6) - INTERVAL ${useSeconds} SECOND)`;
  await db.execute(`UPDATE tokens SET last_used_at = now(6) WHERE id = ? AND ${older}`, [tokenId]);
  if (sessionId !== null)
    await db.execute(`UPDATE sessions SET last_used_at = now(6) WHERE id = ? AND ${older}`, [sessionId]);
}

function recognised([row]: Row[], hash: string): Recognised | null {
  // The index found it; that it is the same is for a comparison to say that takes as long for every other.
  if (!row || !sameText(row.hash, hash)) return null;
  const { account_id: accountId, scope, token_id: tokenId, session_id: sessionId, stale } = row;
  return { bearer: { accountId, scope, tokenId, sessionId }, stale: Boolean(stale) };
}
