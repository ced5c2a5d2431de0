import { join } from 'node:path';
import { Mailbox, newId, type NewTask } from '@sorting-office/db';
import { type MailRef, openMaildir } from '@sorting-office/mail';
import { makeSampleMailbox } from '@sorting-office/stack';
import { loadTasks, newTask } from '@sorting-office/tasks';
import type { Place } from '../run/place';

/** Mails that are read over and over. */
const mails = 500;
/** Mails that one task sorts; background_sort gives it 100. */
const mailsPerTask = 10;

export interface BulkMailbox {
  mailboxId: string;
  refs: readonly MailRef[];
}

/** A Maildir of sample mails below a folder, connected for the place's account. */
export async function connectMaildir({ database, accountId }: Place, folder: string): Promise<BulkMailbox> {
  const location = join(folder, 'Maildir');
  await makeSampleMailbox(location, { limit: mails });
  const id = newId();
  const mailbox = { id, account_id: accountId, name: 'bulk', kind: 'maildir' as const, location };
  await database.transaction((db) => db(Mailbox).insert({ ...mailbox, addresses: [], folders: {}, scan_cursor: null }));
  const store = await openMaildir(location);
  return { mailboxId: id, refs: (await store.scan(null)).mails };
}

/**
 * Tasks that sort mails as those of a first sort do: each mail is read, parsed and judged, and stored with its words, index and verdict.
 * The files are the same ones again and again; their keys are new each time, so that no mail is known already.
 */
export async function bulkTasks(
  { accountId }: Place,
  { mailboxId, refs }: BulkMailbox,
  count: number,
): Promise<NewTask[]> {
  const definition = (await loadTasks()).get('sort_batch');
  const runId = newId();
  return Array.from({ length: count }, (_, task) => {
    const batch = Array.from({ length: mailsPerTask }, (_, index) => {
      const number = task * mailsPerTask + index;
      return { ...refs[number % refs.length], key: `bench-${number}` };
    });
    return newTask(definition, { mailboxId, runId, dryRun: true, refs: batch }, { accountId, traceContext: null });
  });
}
