import { randomUUID } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { SearchAnswer, SearchResult } from '../api/schemas';
import { searchResult } from '../api/schemas';
import { usageError } from '../errors';
import { resultOf } from '../follow/follow-sort';
import { Follower } from '../follow/follower';
import { persist } from '../follow/persist';
import { reasonOf } from '../reason';
import { renderSearch } from '../render/mails';
import type { Outcome, Session } from '../session';
import { chooseMailbox } from './choose-mailbox';

export interface SearchOptions {
  readonly audio?: string;
  readonly mailbox?: string;
  readonly limit: number;
  readonly zone: string;
  readonly cursor?: string;
}

/** What the API takes, in bytes; what is larger need not travel. */
const maxRecordingBytes = 5 * 1024 * 1024;

/**
 * Searches one mailbox, the one that is named, else the newest, by words or by a recording.
 *
 * @throws OfficeError WHICH_UNCLEAR when neither is given, or both are; RECORDING_UNREADABLE, RECORDING_TOO_LARGE
 */
export async function search(words: readonly string[], options: SearchOptions, session: Session): Promise<Outcome> {
  const { progress, persistence, surroundings } = session;
  const { audio, limit, zone, cursor } = options;
  if ((audio === undefined) === (words.length === 0))
    throw usageError('WHICH_UNCLEAR', 'say what to look for, or name a recording of it with --audio, and not both');
  const what =
    audio === undefined ? { text: words.join(' ') } : { audio: await recording(resolve(surroundings.cwd, audio)) };
  const api = session.api();
  const mailbox = await chooseMailbox(api, options.mailbox, (newest, count) =>
    progress.note(`searching "${newest.name}", the newest of ${count} mailboxes: --mailbox names another`),
  );
  const key = randomUUID();
  const terms = { mailboxId: mailbox.id, limit, timezone: zone, ...(cursor !== undefined && { cursor }) };
  const { id, found } = await followed(await persist(() => api.search(terms, what, key), persistence), session);
  return {
    document: { ...found, id, mailbox: { id: mailbox.id, name: mailbox.name, path: mailbox.path } },
    render: (style) => renderSearch(found, style),
  };
}

/** What a search has found, once it has. */
export async function followed(answer: SearchAnswer, session: Session): Promise<{ id: string; found: SearchResult }> {
  if (!('state' in answer)) {
    const { id, ...found } = answer;
    return { id, found };
  }
  const task = await new Follower({ api: session.api(), ...session.persistence }).succeeded(answer.id);
  return { id: answer.id, found: resultOf(task, searchResult) };
}

async function recording(path: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const { size } = await stat(path);
    if (size <= maxRecordingBytes) return new Uint8Array(await readFile(path));
  } catch (error) {
    throw usageError('RECORDING_UNREADABLE', `${path} cannot be read: ${reasonOf(error)}`);
  }
  throw usageError(
    'RECORDING_TOO_LARGE',
    `${path} is larger than the ${maxRecordingBytes} bytes that a recording may have`,
  );
}
