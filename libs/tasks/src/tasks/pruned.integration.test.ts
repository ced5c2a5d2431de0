/** What sorts, plans and undos come to when all that could be pruned meanwhile was pruned. */
import { Action, Batch, pruneBatches, pruneTasks, Task } from '@sorting-office/db';
import { fromList, openMailbox, type TestMailbox } from './testing/mailbox';
import { continuationOf, enqueue, work } from './testing/worker';

let mailbox: TestMailbox;
beforeEach(async () => {
  mailbox = await openMailbox();
});
afterEach(() => mailbox.close());

const tasks = () => mailbox.database.read((db) => db(Task).orderBy('id'));
const batches = () => mailbox.database.read((db) => db(Batch));

/** Deletes what has ended by now, as if it had been long ago. */
async function prune(): Promise<void> {
  const keep = { seconds: -1, failedSeconds: -1 };
  const everything = { after: '', limit: 500 };
  for (const part of [pruneBatches, pruneTasks]) await mailbox.database.transaction((db) => part(db, keep, everything));
}

/** Runs a task and all that follows from it, and prunes. Returns its id, and the report on it. */
async function run(name: string, payload: object = {}) {
  const id = await enqueue(mailbox, name, { mailboxId: mailbox.mailboxId, ...payload });
  await work(mailbox);
  const report = await continuationOf(mailbox, id);
  await prune();
  return { id, report: report?.result };
}

test('a sort that has moved mails can be undone by its id; nothing else of it is left', async () => {
  mailbox.put('one', fromList);
  const sort = await run('background_sort');
  expect((await tasks()).map(({ id }) => id)).toEqual([sort.id]);
  expect(await batches()).toEqual([]);
  expect((await run('undo', { runId: sort.id })).report).toMatchObject({ undone: 1 });
  expect(mailbox.files()).toEqual(['one']);
});

test('a plan can be applied, and undone by the dry run that proposed it', async () => {
  mailbox.put('one', fromList);
  const dry = await run('background_sort', { dryRun: true });
  await run('apply_plan', { runId: dry.id });
  expect(mailbox.files('.Forums')).toEqual(['one']);
  await run('undo', { runId: dry.id });
  expect(mailbox.files()).toEqual(['one']);
  expect((await mailbox.database.read((db) => db(Action).orderBy('id'))).map(({ state }) => state)).toEqual([
    'undone',
    'done',
  ]);
});

test('a sort that has moved nothing leaves nothing, and the next one goes on from where it was', async () => {
  await run('background_sort');
  expect(await tasks()).toEqual([]);
  mailbox.put('one', fromList);
  expect((await run('background_sort')).report).toMatchObject({ mails: 1, moved: { Forums: 1 } });
});

test('the moves that an undo has planned and not carried out are carried on by the next one, though the first is gone', async () => {
  mailbox.put('one', fromList);
  const { id: runId } = await run('background_sort');
  const first = await enqueue(mailbox, 'undo', { mailboxId: mailbox.mailboxId, runId });
  // The task that was to move the mail back has failed.
  await work(mailbox, {
    beforeCommit: ({ name }) => {
      if (name === 'apply_actions') throw new Error('on purpose');
    },
  });
  await prune();
  await prune();
  await mailbox.database.transaction((db) => db.execute('DELETE FROM tasks WHERE id = ?', [first]));
  expect((await run('undo', { runId })).report).toMatchObject({ undone: 1 });
  expect(mailbox.files()).toEqual(['one']);
});
