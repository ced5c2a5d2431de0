import { Mailbox, newId } from '@sorting-office/db';
import { loadTasks } from '@sorting-office/tasks';
import { openOffice } from './testing/office';

test('a worker opens no mailbox outside of MAILBOX_ROOT', async () => {
  const backgroundSort = (await loadTasks()).get('background_sort');
  const office = await openOffice([backgroundSort]);
  try {
    const mailboxId = newId();
    await office.database.transaction((db) =>
      db(Mailbox).insert({
        id: mailboxId,
        account_id: office.accountId,
        name: 'Elsewhere',
        kind: 'maildir',
        location: '/etc',
        addresses: [],
        folders: {},
        scan_cursor: null,
      }),
    );
    await office.startWorker({ MAILBOX_ROOT: '/mail' });
    const task = await office.enqueue(backgroundSort, { mailboxId });
    expect(await office.ended(task)).toMatchObject({ type: 'task.failed' });
    expect(await office.row(task)).toMatchObject({ error: { code: 'MAILBOX_OUTSIDE_ROOT' } });
  } finally {
    await office.close();
  }
}, 30_000);
