import { createHash } from 'node:crypto';
import { findRecording, Mail, type UnitOfWork } from '@sorting-office/db';
import { spokenQueries } from '@sorting-office/mail';
import type { PrepareContext } from '../define/task-context';
import { TaskFailure } from '../define/task-failure';
import { findMailbox } from '../mailboxes/open-mailbox';
import type { SearchPayload } from './search-input';

/** Mails whose senders' names are expected to be said, and how many names. */
const recentMails = 1000;
const mostNames = 200;

/**
 * What is said in the recording of a search.
 *
 * @throws TaskFailure RECORDING_GONE, and SpeechError.
 */
export async function hear(payload: SearchPayload, { read, task, speech, signal }: PrepareContext): Promise<string> {
  const { recording, names } = await read(async (db) => {
    const mailbox = await findMailbox(db, task.accountId, payload.mailboxId);
    return { recording: await findRecording(db, task), names: await namesIn(db, mailbox.id) };
  });
  if (!recording || createHash('sha256').update(recording).digest('hex') !== payload.audio)
    throw new TaskFailure(
      'RECORDING_GONE',
      'the recording of this search is not there: recordings are deleted when their task ends. Record it again with POST /api/searches.',
    );
  const { text } = await speech.recognise(recording, { sentences: spokenQueries(names), names }, signal);
  return text;
}

/** Who has written lately, the most frequent first. One statement, by the index `mails_sent`. */
async function namesIn(db: UnitOfWork, mailboxId: string): Promise<string[]> {
  const mails = await db(Mail)
    .select('from_name')
    .where({ mailbox_id: mailboxId })
    .orderBy('sent_at', 'desc')
    .limit(recentMails);
  const counted = new Map<string, number>();
  for (const { from_name: name } of mails) if (name !== '') counted.set(name, (counted.get(name) ?? 0) + 1);
  return [...counted]
    .sort(([, a], [, b]) => b - a)
    .slice(0, mostNames)
    .map(([name]) => name);
}
