/**
 * Finds mails by what their owner says of them, aloud or in writing.
 *
 * ```
 *   prepare:  recording --speech--> transcript --understand--> query, chips, what was not understood
 *   run:      names --> people --> mails;  the search is kept, the recording is deleted
 * ```
 */
import { deleteRecording, Search, type UnitOfWork } from '@sorting-office/db';
import { understand, type Understood } from '@sorting-office/mail';
import { defineTask } from '../define/define-task';
import { done } from '../define/outcome';
import { findMailbox } from '../mailboxes/open-mailbox';
import { findPeople } from '../mailboxes/people';
import { searchMails } from '../mailboxes/search/search-mails';
import type { MeantPeople } from '../mailboxes/wanted-mails';
import { hear } from '../searches/hear';
import { momentOf, searchPayload } from '../searches/search-input';
import { chipsWithPeople, nobodies, searchResult } from '../searches/search-result';

interface Prepared {
  /** Milliseconds, as `performance.now()` has them. */
  startedAt: number;
  transcript: string;
  understood: Understood;
}

export default defineTask({
  name: 'voice_search',
  description: 'Find mails by what is said of them, aloud or in writing',
  payload: searchPayload,
  result: searchResult,
  queue: 'interactive',
  retry: { attempts: 3, baseMs: 200, maxMs: 2000 },
  timeLimitSeconds: 60,

  async prepare(payload, context): Promise<Prepared> {
    const startedAt = performance.now();
    const transcript = payload.text ?? (await hear(payload, context));
    return { startedAt, transcript, understood: understand(transcript, momentOf(payload, context.task)) };
  },

  async run({ mailboxId, text, limit, cursor }, { db, task, prepared }) {
    const { startedAt, transcript, understood } = prepared;
    const { query, chips, notUnderstood } = understood;
    const mailbox = await findMailbox(db, task.accountId, mailboxId);
    const people = {
      from: await lookUp(db, mailbox.id, query.from),
      to: await lookUp(db, mailbox.id, query.to),
    };
    const found = await searchMails(db, { mailboxId: mailbox.id, query, ...people, limit, cursor: cursor ?? null });
    await db(Search).patch({ text: transcript, query, total: found.total }).where({ id: task.id });
    // What was typed was never recorded.
    if (text === undefined) await deleteRecording(db, task.id);
    return done({
      transcript,
      query,
      chips: chipsWithPeople(chips, people),
      notUnderstood: [...notUnderstood, ...nobodies(chips, people)],
      ...found,
      tookMs: Math.round(performance.now() - startedAt),
    });
  },
});

/** One after the other: a transaction has one connection. */
async function lookUp(db: UnitOfWork, mailboxId: string, names: readonly string[] = []): Promise<MeantPeople[]> {
  const meant: MeantPeople[] = [];
  for (const name of names) meant.push(await findPeople(db, mailboxId, name));
  return meant;
}
