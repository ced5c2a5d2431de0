import { z } from 'zod';
import { tableModel } from './table-model';

export const accountRow = z.object({
  id: z.uuid(),
  /** What people call it; unique. */
  name: z.string().min(1).max(190),
  created_at: z.date(),
});

/** Whom mailboxes, mails and tasks belong to. Every query of the API is scoped by it. */
export class Account extends tableModel('accounts', accountRow) {}

/** What a token may be used for: its own account's things, or those of the whole installation too. */
export const tokenScope = z.enum(['owner', 'operator']);
export type TokenScope = z.infer<typeof tokenScope>;

export const tokenRow = z.object({
  id: z.uuid(),
  account_id: z.uuid(),
  name: z.string().min(1).max(190),
  /** SHA-256 of the secret, in hex. The secret itself is shown once and stored nowhere. */
  hash: z.string().length(64),
  scope: tokenScope,
  created_at: z.date(),
  /** When it ends by itself; null for never. A rotation brings it forward. */
  expires_at: z.date().nullable(),
  /** When it was rotated first. */
  rotated_at: z.date().nullable(),
  /** For one that was rotated: `expires_at` before that. */
  lasts_until: z.date().nullable(),
  revoked_at: z.date().nullable(),
  /** To about a minute. */
  last_used_at: z.date().nullable(),
});

/** A bearer token of an account. */
export class Token extends tableModel('tokens', tokenRow) {}
