import { rmSync } from 'node:fs';
import { Action, Batch, Correspondent, Mail } from '@sorting-office/db';
import applyActions from './apply-actions.task';
import backgroundSort from './background-sort.task';
import sortBatch from './sort-batch.task';
import sortReport from './sort-report.task';
import { fromList, openMailbox, raw, type TestMailbox } from './testing/mailbox';

let mailbox: TestMailbox;
beforeEach(async () => {
  mailbox = await openMailbox();
});
afterEach(() => mailbox.close());

const read = <T>(work: Parameters<typeof mailbox.database.read<T>>[0]) => mailbox.database.read(work);

/** Plans and then runs everything that was planned, in order; returns the report. */
async function sort(payload: object = {}) {
  const plan = await mailbox.run(backgroundSort, payload);
  const batch = await read((db) => db(Batch).findOne({ task_id: plan.taskId }).throwIfNotFound());
  const queue = plan.enqueued.filter(({ name }) => name !== 'sort_report');
  for (let next = queue.shift(); next; next = queue.shift()) {
    const task = next.name === 'sort_batch' ? sortBatch : applyActions;
    queue.push(...(await mailbox.run(task as typeof sortBatch, next.payload as object)).enqueued);
  }
  const { payload: said } = batch.continuation as { payload: object };
  return { plan: plan.result, report: (await mailbox.run(sortReport, said)).result };
}

test('what is new is split into batches of a hundred, with a report to follow', async () => {
  for (let n = 0; n < 250; n++) mailbox.put(`mail-${n}`, fromList);
  const { result, enqueued, taskId } = await mailbox.run(backgroundSort);
  expect(result).toMatchObject({ found: 250, fresh: 250, proposed: 0, dryRun: false });
  expect(enqueued.map(({ name, payload }) => [name, (payload as { refs: unknown[] }).refs.length])).toEqual([
    ['sort_batch', 100],
    ['sort_batch', 100],
    ['sort_batch', 50],
  ]);
  const batch = await read((db) => db(Batch).findOne({ task_id: taskId }).throwIfNotFound());
  expect(batch).toMatchObject({ total: 3, pending: 3, continuation: { name: 'sort_report' } });
});

test('a mailbox without new mail goes straight to its report', async () => {
  const { enqueued } = await mailbox.run(backgroundSort);
  expect(enqueued.map(({ name }) => name)).toEqual(['sort_report']);
});

test('a second sort finds only what has come since', async () => {
  mailbox.put('first', fromList);
  expect((await sort()).report).toMatchObject({ mails: 1, moved: { Forums: 1 } });
  mailbox.put('second', fromList);
  const { plan, report } = await sort();
  expect(plan.fresh).toBe(1);
  expect(report).toMatchObject({ mails: 1, categories: { forum: 1 } });
  expect(mailbox.files('.Forums').sort()).toEqual(['first', 'second']);
});

test('a dry run moves nothing, and the next sort carries out what it proposed', async () => {
  mailbox.put('list', fromList);
  expect((await sort({ dryRun: true })).report).toMatchObject({
    dryRun: true,
    actions: { proposed: 1 },
    moved: { Forums: 1 },
  });
  expect(mailbox.files()).toEqual(['list']);
  const { plan, report } = await sort();
  expect(plan).toMatchObject({ fresh: 0, proposed: 1 });
  expect(report).toMatchObject({ mails: 0, actions: { done: 1 } });
  expect(mailbox.files('.Forums')).toEqual(['list']);
});

test('whom the owner has written to is learned from what they have sent', async () => {
  mailbox.put(
    'sent-1',
    raw({ From: 'me@example.org', To: 'Maria <Maria@Example.ORG>', Cc: 'ivan@example.org', Subject: 'Hi' }),
    '.Sent',
  );
  await mailbox.run(backgroundSort);
  await mailbox.run(backgroundSort);
  const known = await read((db) => db(Correspondent).orderBy('address'));
  expect(known.map(({ address }) => address)).toEqual(['ivan@example.org', 'maria@example.org']);
});

test('a mail that somebody has moved since is noted where it is, and is left there', async () => {
  mailbox.put('list', fromList);
  await sort();
  rmSync(`${mailbox.path}/.Forums/cur/list:2,S`);
  mailbox.put('list', fromList, '.Keep');
  await sort();
  expect(await read((db) => db(Mail))).toMatchObject([{ store_key: 'list', folder: 'Keep' }]);
  expect(mailbox.files('.Keep')).toEqual(['list']);
  expect(await read((db) => db(Action))).toHaveLength(1);
});

test('mails in folders that somebody has filed them into are judged and not moved', async () => {
  mailbox.put('filed', fromList, '.Kernel');
  expect((await sort()).report).toMatchObject({ mails: 1, categories: { forum: 1 }, actions: {}, moved: {} });
  expect(mailbox.files('.Kernel')).toEqual(['filed']);
});

test('a mailbox of another account is not there', async () => {
  await expect(
    mailbox.run(backgroundSort, { mailboxId: '01890000-0000-7000-8000-000000000000' }),
  ).rejects.toMatchObject({
    code: 'MAILBOX_UNKNOWN',
    retryable: false,
  });
});

test('a Maildir that is gone says so, for good', async () => {
  rmSync(mailbox.path, { recursive: true });
  await expect(mailbox.run(backgroundSort)).rejects.toMatchObject({ code: 'MAILBOX_NOT_FOUND', retryable: false });
});
