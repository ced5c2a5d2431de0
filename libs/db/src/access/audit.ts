import { newId } from '../ids';
import { AuditEntry } from '../models';
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
  await db(AuditEntry).insert({
    id: newId(),
    account_id: deed.accountId,
    token_id: deed.tokenId,
    session_id: deed.sessionId,
    action: deed.action,
    object: deed.object,
    outcome: deed.outcome,
    request_id: deed.requestId,
    address: deed.address,
  });
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
