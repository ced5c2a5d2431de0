// What somebody looks for: people, words, days and states, as it was said or typed; and where in what was said each of them
// was found, so that it can be shown and changed.
import { z } from 'zod';
import { categorySchema } from '../category';

/** At most this many entries in each list, and characters in each entry. */
export const MAX_ENTRIES = 20;
export const MAX_ENTRY = 100;

const entries = z.array(z.string().min(1).max(MAX_ENTRY)).min(1).max(MAX_ENTRIES).optional();
const instant = z.iso.datetime({ precision: 3 }).optional();

/**
 * A field is absent when nothing was said about it. Entries are words as said, or phrases where they were quoted or belong
 * together. Of several people any will do; of several words all must be there.
 */
export const mailQuerySchema = z.strictObject({
  /** Names or addresses of senders. */
  from: entries,
  /** Names or addresses of recipients. */
  to: entries,
  subject: entries,
  /** In sender, subject or text. */
  text: entries,
  /** From this instant on: UTC, `2026-11-16T00:00:00.000Z`. */
  after: instant,
  /** Up to this instant, and not at it. */
  before: instant,
  unread: z.boolean().optional(),
  flagged: z.boolean().optional(),
  hasAttachment: z.boolean().optional(),
  category: categorySchema.optional(),
});
export type MailQuery = z.infer<typeof mailQuerySchema>;

const place = {
  /** The words of the text. */
  said: z.string(),
  /** Where they begin and end in it, in UTF-16 units. */
  start: z.int().min(0),
  end: z.int().min(0),
};

/** One part of a query with the words that it came from. */
export const chipSchema = z.strictObject({
  ...place,
  field: z.enum(['from', 'to', 'subject', 'text', 'date', 'unread', 'flagged', 'hasAttachment', 'category']),
  /**
   * The same as typed operators: `from:Ivan`, `after:2026-11-16 before:2026-11-23`, `is:unread`, `text:"a phrase"`. A text
   * whose chips are replaced by their operators means the same at the same moment.
   */
  operator: z.string(),
});
export type Chip = z.infer<typeof chipSchema>;

/** Words that meant something, but not what. */
export const leftoverSchema = z.strictObject({
  ...place,
  /** What is wrong with them, and what could be said instead. */
  reason: z.string(),
});
export type Leftover = z.infer<typeof leftoverSchema>;

/** What was made of a text. */
export interface Understood {
  readonly query: MailQuery;
  /** In the order of the text. */
  readonly chips: readonly Chip[];
  /** What was not understood, in the order of the text. It has no part in the query. */
  readonly notUnderstood: readonly Leftover[];
}

/** When and where something is said: what "yesterday" means. */
export interface Moment {
  readonly now: Date;
  /** IANA: `Europe/Kyiv`. */
  readonly timeZone: string;
}
