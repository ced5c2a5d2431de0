import { randomUUID } from 'node:crypto';
import { searchResult } from '../api/schemas';
import { resultOf } from '../follow/follow-sort';
import { Follower } from '../follow/follower';
import { persist } from '../follow/persist';
import { renderSearch } from '../render/mails';
import type { Outcome, Session } from '../session';
import { chooseMailbox } from './choose-mailbox';

export interface SearchOptions {
  readonly mailbox?: string;
  readonly limit: number;
}

/** Searches one mailbox: the one that is named, else the newest. */
export async function search(words: readonly string[], options: SearchOptions, session: Session): Promise<Outcome> {
  const { progress, persistence } = session;
  const api = session.api();
  const mailbox = await chooseMailbox(api, options.mailbox, (newest, count) =>
    progress.note(`searching "${newest.name}", the newest of ${count} mailboxes: --mailbox names another`),
  );
  const payload = { mailboxId: mailbox.id, text: words.join(' '), limit: options.limit };
  const key = randomUUID();
  const { task } = await persist(() => api.enqueue('voice_search', payload, key), persistence);
  const found = resultOf(await new Follower({ api, ...persistence }).succeeded(task.id), searchResult);
  return {
    document: { ...found, taskId: task.id, mailbox: { id: mailbox.id, name: mailbox.name, path: mailbox.path } },
    render: (style) => renderSearch(found, style),
  };
}
