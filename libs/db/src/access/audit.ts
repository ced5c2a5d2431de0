import { newId } from '../ids';
import type { UnitOfWork } from '../unit-of-work';

export interface Deed {
  accountId: string | null;
  tokenId: string | null;
  sessionId: string | null;
  action: string;
  object: string | null;
  outcome: string;
  requestId: string;
  address: string;
}

/** Notes who did what, in the transaction of what was done. One statement. */
export async function audit(db: UnitOfWork, deed: Deed): Promise<void> {
  await db.execute(
    `INSERT INTO audit_log (id, account_id, token_id, session_id, action, object, outcome, request_id, address)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      newId(),
      deed.accountId,
      deed.tokenId,
      deed.sessionId,
      deed.action,
      deed.object,
      deed.outcome,
      deed.requestId,
      deed.address,
    ],
  );
}

/** What is noted of a deed on the command line, where whoever reaches the database may: `accountId` is whom it was done for. */
export const cliDeed = (action: string, object: string | null): Deed => ({
  accountId: null,
  tokenId: null,
  sessionId: null,
  action,
  object,
  outcome: 'done',
  requestId: newId(),
  address: 'cli',
});
