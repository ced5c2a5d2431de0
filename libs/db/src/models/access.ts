import { z } from 'zod';
import { tableModel } from './table-model';

export const sessionRow = z.object({
  id: z.uuid(),
  /** The token that it was opened with: it ends with it. */
  token_id: z.uuid(),
  /** SHA-256 of the cookie's secret, in hex. */
  hash: z.string().length(64),
  created_at: z.date(),
  last_used_at: z.date(),
  expires_at: z.date(),
});

/** Somebody who has the page open. */
export class Session extends tableModel('sessions', sessionRow) {}

export const auditRow = z.object({
  id: z.uuid(),
  /** Who: null on the command line, where whoever can reach the database may. */
  account_id: z.uuid().nullable(),
  token_id: z.uuid().nullable(),
  session_id: z.uuid().nullable(),
  /** What: `task.enqueue`, `token.revoke`, … */
  action: z.string().max(64),
  /** On what: an id mostly. Never a secret. */
  object: z.string().max(190).nullable(),
  /** `done`, or the code of the problem that it was answered with. */
  outcome: z.string().max(64),
  request_id: z.uuid(),
  /** Where it came from: an IP address, or `cli`. */
  address: z.string().max(64),
  created_at: z.date(),
});

/** Something that was done, or refused. Rows are only ever added. */
export class AuditEntry extends tableModel('audit_log', auditRow) {}
