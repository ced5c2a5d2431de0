import { Mail, MailIndex, MailText, newId } from '@sorting-office/db';
import { indexVersion } from '../mailboxes/index-mails';
import backgroundSort from './background-sort.task';
import indexMails from './index-mails.task';
import sortBatch from './sort-batch.task';
import { fromList, openMailbox, raw, type TestMailbox } from './testing/mailbox';
import voiceSearch from './voice-search.task';

let mailbox: TestMailbox;
beforeEach(async () => {
  mailbox = await openMailbox();
  mailbox.put('list', fromList);
  mailbox.put(
    'bill',
    raw({ From: 'Ivan <ivan@example.org>', To: 'Anna <anna@example.org>', Subject: 'Bill' }, 'Pay it'),
  );
  const refs = ['list', 'bill'].map((key) => ({ key, folder: 'INBOX', name: `cur/${key}:2,S`, flags: 'S' }));
  await mailbox.run(sortBatch, { runId: newId(), dryRun: true, refs });
});
afterEach(() => mailbox.close());

const found = async (text: string) => (await mailbox.run(voiceSearch, { text })).result.total;

/** As the release before has left them: without index, people and the text as it was written. */
const age = () =>
  mailbox.database.transaction(async (db) => {
    for (const table of ['mail_index', 'people', 'person_keys']) await db.execute(`DELETE FROM ${table}`);
    await db(MailText).patch({ body: null });
    await db(Mail).patch({ index_version: 0 });
  });

test('what an earlier release has stored is found after the next sort, by words, people and category', async () => {
  const before = await mailbox.database.read((db) => db(MailIndex).orderBy('mail_id'));
  await age();
  expect(await found('linux')).toBe(0);
  const { enqueued } = await mailbox.run(backgroundSort, { dryRun: true });
  expect(enqueued.filter(({ name }) => name === 'index_mails')).toMatchObject([
    { payload: { mailboxId: mailbox.mailboxId } },
  ]);
  expect((await mailbox.run(indexMails)).result).toEqual({ indexed: 2 });
  expect(await mailbox.database.read((db) => db(MailIndex).orderBy('mail_id'))).toEqual(before);
  for (const question of ['linux', 'from Ivan', 'to Anna', 'kernels'])
    expect([question, await found(question)]).toEqual([question, 1]);
  expect(await mailbox.database.read((db) => db(Mail).select('index_version'))).toEqual(
    [1, 2].map(() => ({ index_version: indexVersion })),
  );
});

test('twice is once, and then there is nothing left to enqueue', async () => {
  await age();
  await mailbox.run(indexMails);
  const { result, enqueued } = await mailbox.run(indexMails);
  expect({ result, enqueued }).toEqual({ result: { indexed: 0 }, enqueued: [] });
  const sort = await mailbox.run(backgroundSort, { dryRun: true });
  expect(sort.enqueued.map(({ name }) => name)).not.toContain('index_mails');
});

test('a full part enqueues the next one', async () => {
  await mailbox.database.transaction((db) =>
    db.insertAll(
      Mail,
      Array.from({ length: 500 }, (_, n) => ({
        ...{ id: newId(), account_id: mailbox.accountId, mailbox_id: mailbox.mailboxId, store_key: `old ${n}` },
        ...{ folder: 'INBOX', flags: '', message_id: null, from_name: '', from_address: '', recipients: [], size: 1 },
        ...{ subject: 'old', snippet: '', sent_at: null, attachments: [], problems: [], index_version: 0 },
      })),
    ),
  );
  const { result, enqueued } = await mailbox.run(indexMails);
  expect(result).toEqual({ indexed: 500 });
  expect(enqueued).toMatchObject([{ name: 'index_mails' }]);
});

test('a sort notes what has been read and flagged since', async () => {
  expect(await found('unread')).toBe(0);
  mailbox.moveFile('bill', '', '', 'F');
  await mailbox.run(backgroundSort, { dryRun: true });
  expect([await found('unread'), await found('is:flagged')]).toEqual([1, 1]);
});
