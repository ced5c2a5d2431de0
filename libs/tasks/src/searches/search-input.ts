import { madeAt } from '@sorting-office/db';
import type { Moment } from '@sorting-office/mail';
import { z } from 'zod';
import { canonicalTimeZone } from '../schedules/time-zone';

const timeZone = z
  .string()
  .max(64)
  .refine((name) => canonicalTimeZone(name) !== null, 'must be an IANA time zone, such as Europe/Kyiv')
  .meta({ description: 'Where it is said: what "yesterday" means', example: 'Europe/Kyiv' });

/** What a search takes, whether it is said or typed. */
export const searchTerms = z.object({
  mailboxId: z.uuid(),
  timezone: timeZone.default('UTC'),
  now: z.iso
    .datetime({ offset: true })
    .optional()
    .meta({ description: 'When it is said; by default when it is asked' }),
  limit: z.int().min(1).max(100).default(20).meta({ description: 'How many mails to list' }),
  cursor: z.string().max(500).optional().meta({ description: '`next` of the page before' }),
});

/** What is typed. */
export const searchText = z
  .string()
  .trim()
  .min(1)
  .max(10_000)
  .meta({ example: 'find the emails from Ivan about the invoice' });

export const searchPayload = searchTerms
  .extend({
    text: searchText.optional(),
    audio: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .optional()
      .meta({
        description: 'The SHA-256, in hexadecimal, of the recording that POST /api/searches keeps for this task',
      }),
  })
  .refine(({ text, audio }) => (text === undefined) !== (audio === undefined), 'say what to look for: text or audio');
export type SearchPayload = z.infer<typeof searchPayload>;

/** When and where a search was said. A task that is tried again later still means the same days. */
export const momentOf = ({ now, timezone }: SearchPayload, task: { id: string }): Moment => ({
  now: now === undefined ? madeAt(task.id) : new Date(now),
  timeZone: timezone,
});
