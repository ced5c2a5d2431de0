// The statements of the tasks that sort, apply, undo and search: libs/tasks/src/tasks.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keepRecording, newId } from '@sorting-office/db';
import { defaultFolders } from '@sorting-office/mail';
import { idOf } from '../large/ids';
import type { Office } from './office';
import { inlineWorker, type InlineWorker } from './worker';

const mail = (headers: Record<string, string>) =>
  `${Object.entries({ Date: 'Mon, 02 Mar 2026 10:00:00 +0000', ...headers })
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n')}\n\nHello\n`;

const ofList = (n: number) =>
  mail({
    From: `Linus <linus${n}@example.org>`,
    To: 'linux-kernel@vger.kernel.org',
    Subject: `Re: [PATCH] mm: fix the linux kernel ${n}`,
    'List-Id': '<linux-kernel.vger.kernel.org>',
    'List-Post': '<mailto:linux-kernel@vger.kernel.org>',
    'In-Reply-To': '<1@example.org>',
  });

/** A dry run of the large database whose plan has been adopted in part. */
const earlierPlan = idOf('task', 3000);
/** A run of the large database that has ended. */
const earlierRun = idOf('task', 1500);

export async function sortingStatements(office: Office): Promise<void> {
  const path = mkdtempSync(join(tmpdir(), 'plans-'));
  const put = (key: string, content: string, folder = '') => {
    for (const part of ['cur', 'new', 'tmp']) mkdirSync(join(path, folder, part), { recursive: true });
    writeFileSync(join(path, folder, 'cur', `${key}:2,S`), content);
  };
  try {
    await office.prepare('UPDATE mailboxes SET location = ?, folders = ? WHERE id = ?', [
      path,
      JSON.stringify(defaultFolders),
      office.mailboxId,
    ]);
    const worker = await inlineWorker(office, 'report');
    put('new1', ofList(1));
    put(
      'sent1',
      mail({ From: 'me@example.org', To: 'Someone <someone@example.net>, p7@example.org', Subject: 'Hi' }),
      '.Sent',
    );
    // Stored already, and moved by somebody else since.
    put('stored5', ofList(5), '.Elsewhere');
    await sortAndApply(office, worker, () => put('new2', ofList(2)));
    await undo(office, worker);
    await search(office, worker);
  } finally {
    rmSync(path, { recursive: true });
  }
}

async function sortAndApply({ mailboxId }: Office, worker: InlineWorker, moreComes: () => void): Promise<void> {
  const dry = await worker.run('background_sort', { mailboxId, dryRun: true });
  await worker.runAll(dry.started);
  // Once more, as after a commit that was taken for lost.
  for (const { name, payload } of dry.started) if (name === 'sort_batch') await worker.run(name, payload as object);
  for (const runId of [earlierPlan, dry.task.id])
    await worker.runAll((await worker.run('apply_plan', { mailboxId, runId })).started);
  moreComes();
  // Adopts what all dry runs have proposed.
  await worker.runAll((await worker.run('background_sort', { mailboxId })).started);
}

async function undo({ mailboxId, look }: Office, worker: InlineWorker): Promise<void> {
  const [moved] = await look<{ id: string }>(
    `SELECT id FROM mails WHERE mailbox_id = ? AND store_key IN ('new1', 'new2') ORDER BY id`,
    [mailboxId],
  );
  if (!moved) throw new Error('no mail was sorted');
  for (const selector of [{ mailId: moved.id }, { from: 'p9@example.org' }, { runId: earlierRun }]) {
    const first = await worker.run('undo', { mailboxId, ...selector });
    // The same once more, while the first is under way.
    const again = await worker.run('undo', { mailboxId, ...selector });
    await worker.runAll([...first.started, ...again.started]);
  }
}

async function search({ mailboxId, accountId, commit }: Office, worker: InlineWorker): Promise<void> {
  await worker.run('voice_search', { mailboxId, text: 'from Ivan to me about the report' });
  const audio = Buffer.from('RIFF');
  const spoken = { mailboxId, audio: createHash('sha256').update(audio).digest('hex') };
  const id = newId();
  await commit((db) => keepRecording(db, { taskId: id, accountId, audio }));
  await worker.run('voice_search', spoken, id);
}
