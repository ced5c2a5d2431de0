import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { Action, Mail, newId } from '@sorting-office/db';
import applyActions from './apply-actions.task';
import sortBatch from './sort-batch.task';
import { fromList, openMailbox, type TestMailbox } from './testing/mailbox';

let mailbox: TestMailbox;
beforeEach(async () => {
  mailbox = await openMailbox();
});
afterEach(() => mailbox.close());

/** Puts and sorts a mail, and returns what carries out its action. */
async function planned(key: string): Promise<object> {
  mailbox.put(key, fromList);
  const refs = [{ key, folder: 'INBOX', name: `cur/${key}:2,S`, flags: 'S' }];
  const { enqueued } = await mailbox.run(sortBatch, { runId: newId(), dryRun: false, refs });
  return enqueued[0]?.payload as object;
}
const rows = () =>
  mailbox.database.read(async (db) => ({
    actions: await db(Action).orderBy('id'),
    mails: await db(Mail).orderBy('id'),
  }));

test('the mail is moved, and its rows say where it is', async () => {
  const payload = await planned('list');
  expect((await mailbox.run(applyActions, payload)).result).toEqual({ done: 1, skipped: 0, failed: 0 });
  expect([mailbox.files(), mailbox.files('.Forums')]).toEqual([[], ['list']]);
  expect(await rows()).toMatchObject({ actions: [{ state: 'done', reason: null }], mails: [{ folder: 'Forums' }] });
});

test('running twice moves nothing twice', async () => {
  const payload = await planned('list');
  await mailbox.run(applyActions, payload);
  expect((await mailbox.run(applyActions, payload)).result).toEqual({ done: 0, skipped: 0, failed: 0 });
  expect(mailbox.files('.Forums')).toEqual(['list']);
});

test('a move whose transaction was lost is found done and counted', async () => {
  const payload = await planned('list');
  await mailbox.run(applyActions, payload);
  await mailbox.database.transaction((db) => db(Action).patch({ state: 'planned' }));
  expect((await mailbox.run(applyActions, payload)).result).toEqual({ done: 1, skipped: 0, failed: 0 });
  expect(mailbox.files('.Forums')).toEqual(['list']);
});

test('a mail that somebody has moved or deleted since is skipped, with where it is', async () => {
  const [moved, deleted] = [await planned('moved'), await planned('deleted')];
  mkdirSync(`${mailbox.path}/.Mine/cur`, { recursive: true });
  mkdirSync(`${mailbox.path}/.Mine/new`, { recursive: true });
  mkdirSync(`${mailbox.path}/.Mine/tmp`, { recursive: true });
  renameSync(`${mailbox.path}/cur/moved:2,S`, `${mailbox.path}/.Mine/cur/moved:2,S`);
  rmSync(`${mailbox.path}/cur/deleted:2,S`);
  for (const payload of [moved, deleted]) {
    expect((await mailbox.run(applyActions, payload)).result).toEqual({ done: 0, skipped: 1, failed: 0 });
  }
  const { actions } = await rows();
  expect(actions.map(({ state, reason }) => [state, reason])).toEqual([
    ['skipped', expect.stringContaining('it is in Mine')],
    ['skipped', expect.stringContaining('nowhere')],
  ]);
  expect(mailbox.files('.Mine')).toEqual(['moved']);
});

test('another mail of the same name in the folder is never overwritten', async () => {
  const payload = await planned('list');
  mailbox.put('list', 'Subject: another\n\nanother\n', '.Forums');
  writeFileSync(`${mailbox.path}/.Forums/cur/list:2,S`, 'Subject: another\n\nanother\n');
  const { result } = await mailbox.run(applyActions, payload);
  expect(result).toMatchObject({ done: 0 });
  expect([mailbox.files(), mailbox.files('.Forums')]).toEqual([['list'], ['list']]);
});
