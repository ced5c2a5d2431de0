/** Finds mails by what their owner says of them: sender, subject and words. */
import { mailQuerySchema, understand } from '@sorting-office/mail';
import { z } from 'zod';
import { defineTask } from '../define/define-task';
import { done } from '../define/outcome';
import { findMailbox } from '../mailboxes/open-mailbox';
import { searchMails } from '../mailboxes/search-mails';

export default defineTask({
  name: 'voice_search',
  description: 'Find mails by what is said of them',
  payload: z.object({
    mailboxId: z.uuid(),
    text: z.string().trim().min(1).max(10_000).meta({ example: 'find the emails from Ivan about the invoice' }),
    limit: z.int().min(1).max(100).default(20),
  }),
  result: z.object({
    query: mailQuerySchema.meta({ description: 'What was understood' }),
    mails: z.array(
      z.object({
        id: z.uuid(),
        from: z.object({ name: z.string(), address: z.string() }),
        subject: z.string(),
        sentAt: z.iso.datetime().nullable(),
        folder: z.string(),
        category: z.string().nullable(),
        snippet: z.string(),
      }),
    ),
    total: z.int().meta({ description: 'How many there are, of which the newest are listed' }),
  }),
  queue: 'interactive',
  retry: { attempts: 3, baseMs: 200, maxMs: 2000 },
  timeLimitSeconds: 15,

  async run({ mailboxId, text, limit }, { db, task }) {
    const mailbox = await findMailbox(db, task.accountId, mailboxId);
    const { query } = understand(text, { now: new Date(), timeZone: 'UTC' });
    return done({ query, ...(await searchMails(db, mailbox.id, query, limit)) });
  },
});
