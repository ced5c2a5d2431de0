import { rmSync } from 'node:fs';
import { Action, Mail, MailText, newId, PersonName, Verdict } from '@sorting-office/db';
import sortBatch from './sort-batch.task';
import { fromList, openMailbox, raw, type TestMailbox } from './testing/mailbox';

let mailbox: TestMailbox;
beforeEach(async () => {
  mailbox = await openMailbox();
});
afterEach(() => mailbox.close());

const ref = (key: string, folder = 'INBOX') => ({ key, folder, name: `cur/${key}:2,S`, flags: 'S' });
const runId = newId();
const sortMails = (keys: string[], payload: object = {}) =>
  mailbox.run(sortBatch, { runId, dryRun: false, refs: keys.map((key) => ref(key)), ...payload });
const stored = () =>
  mailbox.database.read(async (db) => ({
    mails: await db(Mail).orderBy('store_key'),
    verdicts: await db(Verdict),
    texts: await db(MailText),
    actions: await db(Action),
  }));

test('a mail is stored with its words, its verdict with the reasons, and its action, which is to be carried out', async () => {
  mailbox.put('list', fromList);
  const { result, enqueued } = await sortMails(['list']);
  expect(result).toEqual({ sorted: 1, known: 0, skipped: [] });
  const { mails, verdicts, texts, actions } = await stored();
  expect(mails).toMatchObject([
    {
      store_key: 'list',
      folder: 'INBOX',
      from_name: 'Linus',
      from_address: 'linus@example.org',
      subject: 'Re: [PATCH] mm: fix the linux kernel',
      problems: [],
    },
  ]);
  expect(mails[0]?.sent_at).toEqual(new Date('2026-03-02T10:00:00Z'));
  expect(verdicts).toMatchObject([{ category: 'forum', run_id: runId }]);
  expect(verdicts[0]?.reasons.length).toBeGreaterThan(0);
  expect(texts[0]?.words).toContain('linux kernel');
  expect(actions).toMatchObject([
    { kind: 'move', from_folder: 'INBOX', to_folder: 'Forums', state: 'planned', prior: ref('list') },
  ]);
  expect(enqueued).toEqual([
    {
      id: expect.any(String) as string,
      name: 'apply_actions',
      payload: { mailboxId: mailbox.mailboxId, actionIds: [actions[0]?.id] },
    },
  ]);
  expect(mailbox.files()).toEqual(['list']);
});

test('whom the mails are from and to is known afterwards', async () => {
  mailbox.put('list', fromList);
  await sortMails(['list'], { dryRun: true });
  const names = await mailbox.database.read((db) => db(PersonName).orderBy('address'));
  expect(names.map(({ mailbox_id, address, name }) => [mailbox_id, address, name])).toEqual([
    [mailbox.mailboxId, 'linus@example.org', 'Linus'],
    [mailbox.mailboxId, 'linux-kernel@vger.kernel.org', ''],
  ]);
});

test('a dry run proposes and has nothing carried out', async () => {
  mailbox.put('list', fromList);
  const { enqueued } = await sortMails(['list'], { dryRun: true });
  expect(enqueued).toEqual([]);
  expect((await stored()).actions).toMatchObject([{ state: 'proposed' }]);
});

test('a mail that is stored already is not stored again', async () => {
  mailbox.put('list', fromList);
  await sortMails(['list']);
  mailbox.put('other', fromList);
  expect((await sortMails(['list', 'other'])).result).toMatchObject({ sorted: 1, known: 1 });
  const { mails, verdicts, actions } = await stored();
  expect([mails.length, verdicts.length, actions.length]).toEqual([2, 2, 2]);
});

test('a mail that is gone is passed over with the reason', async () => {
  mailbox.put('list', fromList);
  mailbox.put('gone', fromList);
  rmSync(`${mailbox.path}/cur/gone:2,S`);
  expect((await sortMails(['gone', 'list'])).result).toMatchObject({
    sorted: 1,
    skipped: [{ path: 'INBOX/cur/gone:2,S', reason: expect.any(String) as string }],
  });
});

test('one-time codes and bills stay in the inbox', async () => {
  mailbox.put(
    'code',
    raw(
      {
        From: 'no-reply@bank.example',
        To: 'me@example.org',
        Subject: 'Your verification code is 493201',
        'Auto-Submitted': 'auto-generated',
      },
      'Your one-time code is 493201. It expires in 10 minutes.',
    ),
  );
  await sortMails(['code']);
  const { actions, verdicts } = await stored();
  expect(verdicts).toHaveLength(1);
  expect(actions).toEqual([]);
});

test.each([
  ['nothing at all', ''],
  ['bytes of no charset', Buffer.from([0xff, 0xfe, 0x00, 0x0a, 0x0a, 0xc3, 0x28, 0xed, 0xa0, 0x80])],
  ['a header without an end', `Subject: ${'x'.repeat(100_000)}`],
  ['NULs and surrogates', 'From: \0a@b\nSubject: =?utf-16?B?2D0=?=\n\n\0\ud800'],
  [
    'far too many recipients',
    raw({ From: 'a@b.c', To: Array.from({ length: 5000 }, (_, n) => `p${n}@example.org`).join(', '), Subject: 'Hi' }),
  ],
  [
    'an attachment that is cut off',
    'Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: image/png; name="a.png"\nContent-Transfer-Encoding: base64\n\n!!!!',
  ],
])('a mail of %s is stored all the same, with one verdict', async (_what, content) => {
  mailbox.put('odd', content);
  expect((await sortMails(['odd'])).result).toMatchObject({ sorted: 1 });
  const { mails, verdicts, texts } = await stored();
  expect([mails.length, verdicts.length, texts.length]).toEqual([1, 1, 1]);
});

test('a mail whose file cannot be read is stored for review, with the reason, and stays', async () => {
  mailbox.put('folder', fromList);
  rmSync(`${mailbox.path}/cur/folder:2,S`);
  const { mkdirSync } = await import('node:fs');
  mkdirSync(`${mailbox.path}/cur/folder:2,S`);
  const { result } = await sortMails(['folder']);
  expect(result.sorted + result.skipped.length).toBe(1);
  const { mails, actions } = await stored();
  expect(mails.every(({ problems }) => problems.length > 0)).toBe(true);
  expect(actions).toEqual([]);
});
