/** Each task that opens a mailbox refuses one outside of the folder that mailboxes must be in, whatever was there when it was connected. */
import { mkdtempSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Action, newId } from '@sorting-office/db';
import applyActions from './apply-actions.task';
import backgroundSort from './background-sort.task';
import sortBatch from './sort-batch.task';
import { fromList, openMailbox, type TestMailbox } from './testing/mailbox';

const outside = { code: 'MAILBOX_OUTSIDE_ROOT', retryable: false };
const refs = [{ key: 'list', folder: 'INBOX', name: 'cur/list:2,S', flags: 'S' }];

let mailbox: TestMailbox;
let elsewhere: string;
let mailboxRoot: string;
beforeEach(async () => {
  mailbox = await openMailbox();
  mailboxRoot = dirname(mailbox.path);
  mailbox.put('list', fromList);
  elsewhere = mkdtempSync(join(tmpdir(), 'office-elsewhere-'));
});
afterEach(async () => {
  rmSync(elsewhere, { recursive: true });
  await mailbox.close();
});

/** Puts a symbolic link in the place of the mailbox, to where the mailbox has gone. */
function moveOut(): void {
  renameSync(mailbox.path, join(elsewhere, 'Maildir'));
  symlinkSync(join(elsewhere, 'Maildir'), mailbox.path);
}

test('a mailbox that is where mailboxes must be is sorted', async () => {
  const { result } = await mailbox.run(backgroundSort, {}, { mailboxRoot });
  expect(result).toMatchObject({ found: 1 });
});

test('a mailbox elsewhere is not listed', async () => {
  await expect(mailbox.run(backgroundSort, {}, { mailboxRoot: elsewhere })).rejects.toMatchObject(outside);
});

test('a mailbox that has been exchanged for a link to elsewhere is not listed', async () => {
  moveOut();
  await expect(mailbox.run(backgroundSort, {}, { mailboxRoot })).rejects.toMatchObject(outside);
});

test('a mailbox elsewhere is not read', async () => {
  moveOut();
  const payload = { runId: newId(), dryRun: false, refs };
  await expect(mailbox.run(sortBatch, payload, { mailboxRoot })).rejects.toMatchObject(outside);
});

test('in a mailbox elsewhere nothing is moved, and what was planned stays so', async () => {
  const { enqueued } = await mailbox.run(sortBatch, { runId: newId(), dryRun: false, refs }, { mailboxRoot });
  moveOut();
  await expect(mailbox.run(applyActions, enqueued[0]?.payload as object, { mailboxRoot })).rejects.toMatchObject(
    outside,
  );
  expect(await mailbox.database.read((db) => db(Action))).toMatchObject([{ state: 'planned' }]);
  expect(mailbox.files()).toEqual(['list']);
});
