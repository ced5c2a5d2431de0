// What somebody looks for: the people, the words of the subject, and the words anywhere in a mail, as they were said or
// typed.
import { z } from 'zod';

/** At most this many entries in each list, and characters in each entry. */
export const MAX_ENTRIES = 20;
export const MAX_ENTRY = 100;

const entries = z.array(z.string().min(1).max(MAX_ENTRY)).min(1).max(MAX_ENTRIES).optional();

/**
 * A list is absent when nothing was said about it. Entries are words as said, or phrases where they were quoted or
 * belong together.
 */
export const mailQuerySchema = z.strictObject({
  /** Names or addresses of senders, any of them. */
  from: entries,
  subject: entries,
  /** In sender, subject or text. */
  text: entries,
});
export type MailQuery = z.infer<typeof mailQuerySchema>;
