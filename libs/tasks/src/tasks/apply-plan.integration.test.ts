import { rmSync } from 'node:fs';
import { Action, Mail, Mailbox, newId, Task } from '@sorting-office/db';
import { fromList, openMailbox, type TestMailbox } from './testing/mailbox';
import { continuationOf, enqueue, work } from './testing/worker';

let mailbox: TestMailbox;
beforeEach(async () => {
  mailbox = await openMailbox();
});
afterEach(() => mailbox.close());

const taskOf = (id: string) => mailbox.database.read((db) => db(Task).findById(id).throwIfNotFound());
const actions = () => mailbox.database.read((db) => db(Action).orderBy('id'));

/** Runs a task and all that follows from it; returns its row and its report's result. */
async function run(name: string, payload: object = {}) {
  const id = await enqueue(mailbox, name, { mailboxId: mailbox.mailboxId, ...payload });
  await work(mailbox);
  return { id, task: await taskOf(id), report: (await continuationOf(mailbox, id))?.result };
}
const dryRun = () => run('background_sort', { dryRun: true });
const apply = (runId: string) => run('apply_plan', { runId });

test('exactly what the dry run has proposed is carried out: neither what has come since nor what others have proposed', async () => {
  mailbox.put('first', fromList);
  const first = await dryRun();
  mailbox.put('second', fromList);
  await dryRun();
  mailbox.put('third', fromList);

  const { id, task, report } = await apply(first.id);
  expect(task.result).toEqual({ mailboxId: mailbox.mailboxId, planId: first.id, planned: 1, before: 0 });
  expect(report).toMatchObject({ runId: id, dryRun: false, mails: 0, actions: { done: 1 }, moved: { Forums: 1 } });
  expect([mailbox.files().sort(), mailbox.files('.Forums')]).toEqual([['second', 'third'], ['first']]);
  expect(await actions()).toMatchObject([
    { state: 'done', run_id: id, proposed_by: first.id },
    { state: 'proposed', proposed_by: null },
  ]);
  expect(await continuationOf(mailbox, first.id)).toMatchObject({ result: { actions: { proposed: 1 } } });
});

test('a second dry run says how many proposals are pending, and the sort after them carries out all', async () => {
  mailbox.put('first', fromList);
  expect((await dryRun()).task.result).toMatchObject({ fresh: 1, pending: 0 });
  mailbox.put('second', fromList);
  const second = await dryRun();
  expect(second.task.result).toMatchObject({ fresh: 1, proposed: 0, pending: 1 });
  expect(second.report).toMatchObject({ actions: { proposed: 1 } });
  expect((await run('background_sort')).task.result).toMatchObject({ proposed: 2, pending: 0 });
  expect((await actions()).map(({ proposed_by }) => proposed_by)).toContain(second.id);
});

test('folders are as they were decided, also when the mailbox has been given others since', async () => {
  mailbox.put('list', fromList);
  const { id } = await dryRun();
  await mailbox.database.transaction((db) => db(Mailbox).patch({ folders: { forum: 'Elsewhere' } }));
  expect((await apply(id)).report).toMatchObject({ moved: { Forums: 1 } });
  expect(mailbox.files('.Forums')).toEqual(['list']);
});

test('a plan of which nothing is left says so', async () => {
  mailbox.put('list', fromList);
  const { id } = await dryRun();
  await apply(id);
  const { task, report } = await apply(id);
  expect(task.result).toMatchObject({ planned: 0, before: 1 });
  expect(report).toMatchObject({ actions: {}, moved: {}, failed: { total: 0 } });
});

test('a mail that somebody has moved or deleted since is passed over with the reason, and its row says where it is', async () => {
  for (const key of ['kept', 'moved', 'deleted']) mailbox.put(key, fromList);
  const { id } = await dryRun();
  mailbox.moveFile('moved', '', '.Mine');
  rmSync(`${mailbox.path}/cur/deleted:2,S`);
  const { report } = await apply(id);
  expect(report).toMatchObject({ actions: { done: 1, skipped: 2 }, moved: { Forums: 1 } });
  const { examples } = (report as { skipped: { examples: { what: string; reason: string }[] } }).skipped;
  expect(Object.fromEntries(examples.map(({ what, reason }) => [what, reason]))).toEqual({
    moved: 'moved since by somebody else: it is in Mine',
    deleted: 'deleted since by somebody else: it is nowhere in the mailbox',
  });
  expect(mailbox.files('.Mine')).toEqual(['moved']);
  const mails = await mailbox.database.read((db) => db(Mail).orderBy('store_key'));
  expect(mails.map(({ store_key, folder }) => [store_key, folder])).toEqual([
    ['deleted', 'INBOX'],
    ['kept', 'Forums'],
    ['moved', 'Mine'],
  ]);
});

test('a plan whose tasks have failed is carried on by applying it again', async () => {
  mailbox.put('list', fromList);
  const { id } = await dryRun();
  mailbox.moveFile('list', '', '.Aside');
  rmSync(`${mailbox.path}/cur`, { recursive: true });
  const failed = await apply(id);
  expect(failed.report).toMatchObject({ actions: { planned: 1 }, failed: { total: 1 } });
  mailbox.moveFile('list', '.Aside', '');
  const { task, report } = await apply(id);
  expect(task.result).toMatchObject({ planned: 1, before: 0 });
  expect(report).toMatchObject({ actions: { done: 1 } });
});

test('a dry run that has not ended is waited for', async () => {
  mailbox.put('list', fromList);
  const id = await enqueue(mailbox, 'background_sort', { mailboxId: mailbox.mailboxId, dryRun: true });
  const applying = await enqueue(mailbox, 'apply_plan', { mailboxId: mailbox.mailboxId, runId: id });
  await work(mailbox);
  // It had its turn before the batches of the dry run, and left everything to be done later.
  expect(await taskOf(applying)).toMatchObject({ state: 'queued', result: null });
  expect(await actions()).toMatchObject([{ state: 'proposed', run_id: id }]);
  await work(mailbox);
  expect(await taskOf(applying)).toMatchObject({ state: 'succeeded', result: { planned: 1 } });
  expect(await continuationOf(mailbox, id)).toMatchObject({ result: { actions: { proposed: 1 } } });
});

test.each([
  ['that is none', 'RUN_UNKNOWN', () => Promise.resolve(newId())],
  ['that was not dry', 'RUN_NOT_DRY', async () => (await run('background_sort')).id],
])('a run %s has no plan', async (_what, code, makeRun) => {
  const { task } = await apply(await makeRun());
  expect(task).toMatchObject({ state: 'failed', error: { code } });
});
