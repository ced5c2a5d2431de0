/** For tests of the mail tasks: a Maildir on the disk, connected to a database of its own. */
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Mailbox, newId } from '@sorting-office/db';
import { migratedDatabase } from '@sorting-office/db/testing';
import { mailboxInput } from '../../mailboxes/mailbox-input';
import { runTask, type TaskSurroundings } from '../../testing';
import type { TaskDefinition } from '../../define/define-task';

/** A mail as it comes: headers, an empty line, a body. */
export const raw = (headers: Record<string, string>, body = 'Hello') =>
  `${Object.entries({ Date: 'Mon, 02 Mar 2026 10:00:00 +0000', ...headers })
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n')}\n\n${body}\n`;

export const fromList = raw({
  From: 'Linus <linus@example.org>',
  To: 'linux-kernel@vger.kernel.org',
  Subject: 'Re: [PATCH] mm: fix the linux kernel',
  'List-Id': '<linux-kernel.vger.kernel.org>',
  'List-Post': '<mailto:linux-kernel@vger.kernel.org>',
  'In-Reply-To': '<1@example.org>',
});

export async function openMailbox() {
  // Tests may have tasks wait for one another's locks on a machine that is busy.
  const home = await migratedDatabase({ lockWaitSeconds: 10 });
  const folder = mkdtempSync(join(tmpdir(), 'office-tasks-'));
  const path = join(folder, 'Maildir');
  const make = (name: string) =>
    ['cur', 'new', 'tmp'].forEach((part) => mkdirSync(join(path, name, part), { recursive: true }));
  make('');
  const { name, kind, addresses, folders } = mailboxInput.parse({ name: 'Test', path, addresses: ['me@example.org'] });
  const mailboxId = newId();
  await home.database.transaction((db) =>
    db(Mailbox).insert({
      id: mailboxId,
      account_id: home.accountId,
      name,
      kind,
      location: path,
      addresses,
      folders,
      scan_cursor: null,
    }),
  );

  return {
    ...home,
    mailboxId,
    path,

    /** Puts a mail into a folder; '' is the inbox, others are Maildir++ names (`.Sent`). */
    put(key: string, content: string | Buffer, into = ''): void {
      make(into);
      writeFileSync(join(path, into, 'cur', `${key}:2,S`), content);
    },

    /** Moves a mail's file, or gives it other flags, as somebody else would who knows nothing of us. */
    moveFile(key: string, from: string, to: string, flags = 'S'): void {
      make(to);
      const found = readdirSync(join(path, from, 'cur')).find((file) => file.startsWith(`${key}:`));
      if (found === undefined) throw new Error(`there is no mail ${key} in ${from || 'the inbox'}`);
      renameSync(join(path, from, 'cur', found), join(path, to, 'cur', `${key}:2,${flags}`));
    },

    /** The file names in a folder, with their flags. */
    fileNames: (from = '') => readdirSync(join(path, from, 'cur')).sort(),

    /** The unique names in a folder. */
    files: (from = '') => readdirSync(join(path, from, 'cur')).map((file) => file.split(':')[0]),

    run: <Payload, Result, Prepared>(
      task: TaskDefinition<Payload, Result, Prepared>,
      payload: object = {},
      surroundings: Partial<TaskSurroundings> = {},
    ) => runTask(task, { mailboxId, ...payload }, { ...home, ...surroundings }),

    async close(): Promise<void> {
      await home.drop();
      rmSync(folder, { recursive: true });
    },
  };
}

export type TestMailbox = Awaited<ReturnType<typeof openMailbox>>;
