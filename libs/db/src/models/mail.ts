import { z } from 'zod';
import { tableModel } from './table-model';

export const mailboxRow = z.object({
  id: z.uuid(),
  account_id: z.uuid(),
  name: z.string().min(1).max(190),
  kind: z.enum(['maildir']),
  /** Where it is: the absolute path of a Maildir. */
  location: z.string().min(1).max(512),
  /** The owner's own addresses, lower case. */
  addresses: z.array(z.string()),
  /** Category to folder; null means that the mail stays where it is. */
  folders: z.record(z.string(), z.string().nullable()),
  /** How far the store has been read, in the store's own terms. */
  scan_cursor: z.unknown(),
  /** How far the latest sort has read, and which one it is: the cursor to be, once that sort has stored everything. */
  scan_pending: z.unknown(),
  created_at: z.date(),
});

export class Mailbox extends tableModel('mailboxes', mailboxRow, [
  'addresses',
  'folders',
  'scan_cursor',
  'scan_pending',
]) {}

export const correspondentRow = z.object({
  mailbox_id: z.uuid(),
  /** Lower case. */
  address: z.string().max(320),
});

/** An address that the mailbox's owner has written to. */
export class Correspondent extends tableModel('correspondents', correspondentRow) {}

export const mailRow = z.object({
  id: z.uuid(),
  account_id: z.uuid(),
  mailbox_id: z.uuid(),
  /** What identifies the mail in its store for life, whatever its folder and flags. */
  store_key: z.string().max(300),
  folder: z.string().max(255),
  flags: z.string().max(32),
  message_id: z.string().max(512).nullable(),
  from_name: z.string().max(255),
  from_address: z.string().max(320),
  recipients: z.array(z.object({ name: z.string(), address: z.string() })),
  subject: z.string().max(998),
  snippet: z.string().max(255),
  sent_at: z.date().nullable(),
  /** Bytes. */
  size: z.int().min(0),
  attachments: z.array(z.object({ filename: z.string().nullable(), mimeType: z.string(), size: z.number() })),
  /** What could not be read of it, in words. */
  problems: z.array(z.string()),
  /** In which way it is indexed; 0: not at all. */
  index_version: z.int(),
  created_at: z.date(),
});

/** A stored e-mail. */
export class Mail extends tableModel('mails', mailRow, ['recipients', 'attachments', 'problems']) {}

export const mailTextRow = z.object({
  mail_id: z.uuid(),
  mailbox_id: z.uuid(),
  /** Folded words of sender, subject and text, under a FULLTEXT index. */
  words: z.string(),
  /** The beginning of the text as it was written, for snippets; null for mails that were stored before there were any. */
  body: z.string().nullable(),
});

/** What a mail is found by. */
export class MailText extends tableModel('mail_texts', mailTextRow) {}

export const mailIndexRow = z.object({
  mail_id: z.uuid(),
  mailbox_id: z.uuid(),
  /** When it was sent, or first seen where it does not say. */
  sent_at: z.date(),
  unread: z.union([z.boolean(), z.int()]),
  flagged: z.union([z.boolean(), z.int()]),
  has_attachment: z.union([z.boolean(), z.int()]),
  category: z.string().max(32).nullable(),
  /** Those of `tokens` that are no words of the text, as UTF-8. */
  head_tokens: z.union([z.string(), z.instanceof(Buffer)]),
  /** Under a FULLTEXT index; see `IndexTokens`. */
  tokens: z.string(),
});

/** What a mail is found and ordered by. Everything in it can be made again from the other tables. */
export class MailIndex extends tableModel('mail_index', mailIndexRow) {}

export const verdictRow = z.object({
  mail_id: z.uuid(),
  account_id: z.uuid(),
  mailbox_id: z.uuid(),
  /** The sort that decided: the id of its background_sort task. */
  run_id: z.uuid(),
  category: z.string().max(32),
  /** 0 to 1. */
  confidence: z.number().min(0).max(1),
  reasons: z.array(z.object({ signal: z.string(), text: z.string() })),
});

/** What a mail was taken for, how surely and why. A mail has exactly one. */
export class Verdict extends tableModel('verdicts', verdictRow, ['reasons']) {}

/**
 * ```
 *   proposed --(a sort or apply_plan adopts it)--> planned --(apply_actions)--> done --(its undo is done)--> undone
 *   (dry run)                                                |
 *                                                            +--> skipped (the mail is elsewhere) | failed
 * ```
 */
export const actionState = z.enum(['proposed', 'planned', 'done', 'skipped', 'failed', 'undone']);

export const actionRow = z.object({
  id: z.uuid(),
  account_id: z.uuid(),
  mailbox_id: z.uuid(),
  mail_id: z.uuid(),
  /** The run that it belongs to: the task that carries it out (background_sort, apply_plan, undo), or the dry run while it is proposed. */
  run_id: z.uuid(),
  /** The dry run that had proposed it, once a run has adopted it. */
  proposed_by: z.uuid().nullable(),
  /** The action that this one takes back. */
  undoes: z.uuid().nullable(),
  kind: z.enum(['move']),
  from_folder: z.string().max(255),
  to_folder: z.string().max(255),
  state: actionState,
  /** Why it was skipped or failed. */
  reason: z.string().max(512).nullable(),
  /** Where and how the mail is expected to be before: what an undo restores. */
  prior: z.unknown(),
  created_at: z.date(),
  finished_at: z.date().nullable(),
});

/** One change to one mail: a row first, carried out afterwards. */
export class Action extends tableModel('actions', actionRow, ['prior']) {}
