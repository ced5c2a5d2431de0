import { z } from 'zod';
import { tableModel } from './table-model';

export const recordingRow = z.object({
  /** The task that it is for. */
  task_id: z.uuid(),
  account_id: z.uuid(),
  /** A whole file. */
  audio: z.instanceof(Buffer),
  created_at: z.date(),
});

/** What somebody has said, on its way to a worker; gone once its task has ended. */
export class Recording extends tableModel('recordings', recordingRow) {}

export const searchRow = z.object({
  /** The task that searches. */
  id: z.uuid(),
  account_id: z.uuid(),
  mailbox_id: z.uuid(),
  /** Whether it was said rather than typed. MySQL gives 0 or 1 back. */
  spoken: z.union([z.boolean(), z.int()]),
  /** What was typed, or, once it has been recognised, said. */
  text: z.string().nullable(),
  /** IANA. */
  timezone: z.string().max(64),
  /** How many mails were to be listed. */
  page_size: z.int(),
  /** What was understood; null until the task has succeeded, as is `total`. */
  query: z.unknown(),
  total: z.int().nullable(),
  created_at: z.date(),
});

/** A search that its owner has asked for, kept until that owner deletes it. */
export class Search extends tableModel('searches', searchRow, ['query']) {}
