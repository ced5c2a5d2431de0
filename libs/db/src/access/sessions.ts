import { newId } from '../ids';
import { Session } from '../models';
import type { UnitOfWork } from '../unit-of-work';
import { newSecret, secretHash } from './secret';

/** How long a session lasts at most, in seconds. */
export const sessionSeconds = 7 * 24 * 60 * 60;

/** Opens a session for a token. Forgets a few that are over. */
export async function openSession(db: UnitOfWork, tokenId: string): Promise<{ id: string; secret: string }> {
  const made = { id: newId(), secret: newSecret('session') };
  await db.execute('DELETE FROM sessions WHERE expires_at < now(6) LIMIT 100');
  await db.execute(
    'INSERT INTO sessions (id, token_id, hash, expires_at) VALUES (?, ?, ?, now(6) + INTERVAL ? SECOND)',
    [made.id, tokenId, secretHash(made.secret), sessionSeconds],
  );
  return made;
}

/** Ends a session. */
export async function endSession(db: UnitOfWork, id: string): Promise<void> {
  await db(Session).deleteById(id);
}
