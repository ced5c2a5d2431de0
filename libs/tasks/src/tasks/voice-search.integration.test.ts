import { createHash } from 'node:crypto';
import { keepRecording, newId, Recording, Search, type UnitOfWork } from '@sorting-office/db';
import { type Hints, type Speech, SpeechError } from '@sorting-office/speech';
import sortBatch from './sort-batch.task';
import { fromList, openMailbox, raw, type TestMailbox } from './testing/mailbox';
import voiceSearch from './voice-search.task';

let mailbox: TestMailbox;
beforeAll(async () => {
  mailbox = await openMailbox();
  const mails = {
    list: fromList,
    invoice: raw(
      { From: 'Іван Петренко <ivan@example.ua>', To: 'me@example.org', Subject: 'Рахунок за березень' },
      'Оплатіть, будь ласка, до п’ятниці.',
    ),
    lunch: raw(
      {
        From: 'Maria <maria@example.org>',
        To: 'me@example.org',
        Subject: 'Lunch',
        Date: 'Tue, 03 Mar 2026 22:30:00 +0000',
      },
      'At the 100% new place, to be or not to be?',
    ),
  };
  for (const [key, content] of Object.entries(mails)) mailbox.put(key, content);
  const refs = Object.keys(mails).map((key) => ({ key, folder: 'INBOX', name: `cur/${key}:2,S`, flags: 'S' }));
  await mailbox.run(sortBatch, { runId: newId(), dryRun: true, refs });
});
afterAll(() => mailbox.close());

const now = '2026-03-05T10:00:00Z';
const find = async (text: string, rest: object = {}) => (await mailbox.run(voiceSearch, { text, now, ...rest })).result;
const subjects = async (text: string, rest?: object) => (await find(text, rest)).mails.map(({ subject }) => subject);

test.each([
  ['linux kernel', ['Re: [PATCH] mm: fix the linux kernel']],
  ['from Maria', ['Lunch']],
  ['find the emails from Linus', ['Re: [PATCH] mm: fix the linux kernel']],
  ['рахунки', ['Рахунок за березень']],
  ['що писав Іван', ['Рахунок за березень']],
  ['emails from Iwan', ['Рахунок за березень']],
  ['"new place"', ['Lunch']],
  ['to be or not', ['Lunch']],
  ['from Maria yesterday', []],
  ['nothing has this word in it', []],
])('%s', async (text, expected) => {
  expect(await subjects(text)).toEqual(expected);
});

test('a day is that of the zone in which it is said', async () => {
  expect(await subjects('from Maria on 4 March', { timezone: 'Europe/Kyiv' })).toEqual(['Lunch']);
  expect(await subjects('from Maria on 4 March', { timezone: 'UTC' })).toEqual([]);
});

test.each(['+-*~"()<>@', `'; DROP TABLE mails; --`, '%', '_', '🙈', 'x '.repeat(3000), '*', '" "'])(
  '%j is an ordinary question',
  async (text) => {
    expect((await find(text)).total).toBeGreaterThanOrEqual(0);
  },
);

test('says what was understood and from which words, whom a name may mean, and what was found', async () => {
  const result = await find('листи від Івана');
  expect(result).toMatchObject({
    transcript: 'листи від Івана',
    query: { from: ['Івана'] },
    chips: [
      {
        field: 'from',
        operator: 'from:Івана',
        people: [{ name: 'Іван Петренко', address: 'ivan@example.ua', mails: 1 }],
      },
    ],
    notUnderstood: [],
    total: 1,
    mails: [
      {
        subject: 'Рахунок за березень',
        from: { name: 'Іван Петренко', address: 'ivan@example.ua' },
        sentAt: '2026-03-02T10:00:00.000Z',
        folder: 'INBOX',
        category: expect.any(String) as string,
      },
    ],
  });
  expect(result.chips.map(({ start, end }) => result.transcript.slice(start, end))).toEqual(
    result.chips.map(({ said }) => said),
  );
});

test('says that nobody is called so, and finds nothing in their stead', async () => {
  const { notUnderstood, total } = await find('emails from Bartholomew');
  expect(total).toBe(0);
  expect(notUnderstood).toMatchObject([{ reason: 'nobody in this mailbox is called "Bartholomew"' }]);
});

test('goes on where a page has ended', async () => {
  const first = await find('', { text: 'mails', limit: 2 });
  expect(first).toMatchObject({ total: 3, mails: [{ subject: 'Lunch' }, {}] });
  const second = await find('', { text: 'mails', limit: 2, cursor: first.next });
  expect([second.mails.length, second.next]).toEqual([1, null]);
});

test('is kept with what was understood', async () => {
  let taskId = '';
  const before = async (db: UnitOfWork, id: string) => {
    taskId = id;
    const owned = { account_id: mailbox.accountId, mailbox_id: mailbox.mailboxId };
    await db(Search).insert({ ...owned, id, spoken: false, text: 'from Maria', timezone: 'UTC', page_size: 20 });
  };
  await mailbox.run(voiceSearch, { text: 'from Maria' }, { before });
  expect(await mailbox.database.read((db) => db(Search).findById(taskId))).toMatchObject({
    query: { from: ['Maria'] },
    total: 1,
  });
});

describe('by voice', () => {
  const audio = Buffer.from('a recording');
  const digest = createHash('sha256').update(audio).digest('hex');
  const keep = (db: UnitOfWork, taskId: string) => keepRecording(db, { taskId, accountId: mailbox.accountId, audio });
  const recordings = () => mailbox.database.read((db) => db(Recording).resultSize());
  const hearing = (text: string) => {
    const heard: { recording: Uint8Array; hints: Hints }[] = [];
    const speech: Speech = {
      recognise: (recording, hints) => {
        heard.push({ recording, hints });
        return Promise.resolve({ text, recogniser: 'test', seconds: 1 });
      },
    };
    return { speech, heard };
  };

  test('what is heard is searched for, and the recording is gone with it', async () => {
    const { speech, heard } = hearing('emails from maria');
    const { result } = await mailbox.run(voiceSearch, { audio: digest }, { speech, before: keep });
    expect(result).toMatchObject({ transcript: 'emails from maria', query: { from: ['maria'] }, total: 1 });
    expect(heard).toMatchObject([
      { recording: audio, hints: { names: expect.arrayContaining(['Maria']) as string[] } },
    ]);
    expect(heard[0]?.hints.sentences.some((sentence) => /maria/i.test(sentence))).toBe(true);
    expect(await recordings()).toBe(0);
  });

  test('a search that fails has its recording still, for another attempt', async () => {
    const speech: Speech = { recognise: () => Promise.reject(new SpeechError('RECOGNISER_FAILED', 'away')) };
    const run = mailbox.run(voiceSearch, { audio: digest }, { speech, before: keep });
    await expect(run).rejects.toMatchObject({ code: 'RECOGNISER_FAILED', retryable: true });
    expect(await recordings()).toBe(1);
    await mailbox.database.transaction((db) => db(Recording).delete());
  });

  test.each([
    ['is gone', digest, () => Promise.resolve()],
    ['is another one', 'ab'.repeat(32), keep],
  ])('a recording that %s cannot be heard', async (_what, claimed, before) => {
    const run = mailbox.run(voiceSearch, { audio: claimed }, { ...hearing('x'), before });
    await expect(run).rejects.toMatchObject({ code: 'RECORDING_GONE', retryable: false });
    await mailbox.database.transaction((db) => db(Recording).delete());
  });
});
