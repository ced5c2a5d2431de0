// A MailStore is where a mailbox's mails are kept: it lists what changed, reads one mail, and moves one mail to a
// folder. It never changes what is in a mail, never overwrites one and never deletes one.
import { z } from 'zod';

/** The name of the folder that new mail arrives in, whatever the store calls it. */
export const INBOX = 'INBOX';

/**
 * A pointer to one mail in a store, small enough to be kept in a database.
 * `key` names the mail for life within its mailbox, also when it is moved or its flags change; compare it byte by byte.
 * `folder`, `name` and `flags` are what was seen when the mail was listed and may be out of date.
 */
export const mailRefSchema = z.strictObject({
  key: z.string().min(1).max(300),
  folder: z.string().min(1).max(255),
  name: z.string().min(1).max(300),
  /** Letters as in Maildir: D draft, F flagged, P passed on, R replied, S seen, T trashed. */
  flags: z.string().max(64),
  /** Bytes, where the store knows it without opening the mail. */
  size: z.int().nonnegative().optional(),
});
export type MailRef = z.infer<typeof mailRefSchema>;

/**
 * How far a Maildir has been listed: the state of every folder's directories, in nanoseconds; null when it was too
 * fresh to be trusted.
 */
const maildirCursorSchema = z.strictObject({
  store: z.literal('maildir'),
  folders: z.array(z.strictObject({ folder: z.string(), new: z.string().nullable(), cur: z.string().nullable() })),
  /** Unique names that several files share, with the inode of the one whose key is the bare name. */
  shared: z.array(z.strictObject({ name: z.string(), inode: z.string() })),
});
export type MaildirCursor = z.infer<typeof maildirCursorSchema>;

/** What a scan remembers for the next one; JSON, opaque to everybody but the store that made it. */
export const storeCursorSchema = z.discriminatedUnion('store', [maildirCursorSchema]);
export type StoreCursor = z.infer<typeof storeCursorSchema>;

/** Something in the store that is not taken for a mail or cannot be read, and why. */
export interface Skipped {
  /** Relative to the mailbox. */
  readonly path: string;
  readonly reason: string;
}

export interface Scan {
  /** Every mail of every folder that changed; a mail is listed once, even while a move has it in two folders. */
  readonly mails: MailRef[];
  /** The folders that changed: a mail known to be in one of these and not among `mails` is no longer there. */
  readonly folders: string[];
  readonly skipped: Skipped[];
  readonly cursor: StoreCursor;
}

/**
 * How a move ended.
 * - `moved`: the mail is in the folder now.
 * - `already_there`: it was there before, so there was nothing to do.
 * - `gone`: it is not where the reference says; `foundIn` is the folder it has been moved to by somebody else, if any.
 * - `conflict`: the folder holds another mail of the same name; both are untouched.
 */
export type MoveResult =
  | { readonly outcome: 'moved' | 'already_there'; readonly ref: MailRef }
  | { readonly outcome: 'gone'; readonly foundIn: string | null }
  | { readonly outcome: 'conflict'; readonly reason: string };

export interface MailStore {
  /**
   * Lists the mails in all folders that changed since the cursor; null lists everything.
   * @throws MailError MAILBOX_NOT_FOUND, MAILBOX_FORBIDDEN, MAILBOX_OUTSIDE_ROOT, NOT_A_MAILDIR, CURSOR_INVALID
   */
  scan(cursor: StoreCursor | null): Promise<Scan>;

  /**
   * The raw bytes of a mail, also when its flags or its folder changed since it was listed.
   * @throws MailError MAIL_GONE, MAIL_TOO_LARGE, MAIL_UNREADABLE, MAIL_REF_INVALID, MAILBOX_OUTSIDE_ROOT
   */
  read(ref: MailRef): Promise<Uint8Array>;

  /**
   * Moves a mail out of `ref.folder` into another folder, which is made when it does not exist. Repeating a move that
   * was interrupted at any point finishes it.
   * @throws MailError FOLDER_NAME_INVALID, MAIL_BUSY (try again), MOVE_IMPOSSIBLE, MAIL_REF_INVALID, MAILBOX_OUTSIDE_ROOT
   */
  move(ref: MailRef, toFolder: string): Promise<MoveResult>;
}
