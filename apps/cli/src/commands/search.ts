import { randomUUID } from 'node:crypto';
import type { OfficeApi } from '../api/client';
import { type Mailbox, searchResult } from '../api/schemas';
import { usageError } from '../errors';
import { resultOf } from '../follow/follow-sort';
import { Follower } from '../follow/follower';
import { persist } from '../follow/persist';
import { renderSearch } from '../render/mails';
import type { Outcome, Session } from '../session';

export interface SearchOptions {
  readonly mailbox?: string;
  readonly limit: number;
}

/** Searches one mailbox: the one that is named, else the newest. */
export async function search(words: readonly string[], options: SearchOptions, session: Session): Promise<Outcome> {
  const { progress, persistence } = session;
  const api = session.api();
  const mailbox = await chooseMailbox(api, options.mailbox, (line) => progress.note(line));
  const payload = { mailboxId: mailbox.id, text: words.join(' '), limit: options.limit };
  const key = randomUUID();
  const { task } = await persist(() => api.enqueue('voice_search', payload, key), persistence);
  const found = resultOf(await new Follower({ api, ...persistence }).succeeded(task.id), searchResult);
  return {
    document: { ...found, taskId: task.id, mailbox: { id: mailbox.id, name: mailbox.name, path: mailbox.path } },
    render: (style) => renderSearch(found, style),
  };
}

async function chooseMailbox(
  api: OfficeApi,
  wanted: string | undefined,
  note: (line: string) => void,
): Promise<Mailbox> {
  const mailboxes = await api.mailboxes();
  const [newest] = mailboxes;
  if (!newest)
    throw usageError('MAILBOX_UNKNOWN', 'no mailbox is connected', ['`office sort PATH` connects one and sorts it.']);
  if (wanted !== undefined) return named(mailboxes, wanted);
  if (mailboxes.length > 1)
    note(`searching "${newest.name}", the newest of ${mailboxes.length} mailboxes: --mailbox names another`);
  return newest;
}

/** By id, else by path, else by name, whatever the case. */
function named(mailboxes: readonly Mailbox[], wanted: string): Mailbox {
  const exact = mailboxes.find(({ id, path }) => id === wanted || path === wanted);
  if (exact) return exact;
  const sameName = mailboxes.filter(({ name }) => name.toLowerCase() === wanted.toLowerCase());
  const [only] = sameName;
  if (only && sameName.length === 1) return only;
  if (only)
    throw usageError('MAILBOX_AMBIGUOUS', `${sameName.length} mailboxes are named "${wanted}": name one by its id`, [
      ...sameName.map(({ id, path }) => `${id}  ${path}`),
    ]);
  throw usageError('MAILBOX_UNKNOWN', `there is no mailbox "${wanted}"`, [
    `There are: ${mailboxes.map(({ name }) => name).join(', ')}.`,
  ]);
}
