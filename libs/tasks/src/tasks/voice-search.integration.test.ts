import { newId } from '@sorting-office/db';
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
        Date: 'Tue, 03 Mar 2026 10:00:00 +0000',
      },
      'At the 100% new place, to be or not to be?',
    ),
  };
  for (const [key, content] of Object.entries(mails)) mailbox.put(key, content);
  const refs = Object.keys(mails).map((key) => ({ key, folder: 'INBOX', name: `cur/${key}:2,S`, flags: 'S' }));
  await mailbox.run(sortBatch, { runId: newId(), dryRun: true, refs });
});
afterAll(() => mailbox.close());

const subjects = async (text: string) =>
  (await mailbox.run(voiceSearch, { text })).result.mails.map(({ subject }) => subject);

test.each([
  ['linux kernel', ['Re: [PATCH] mm: fix the linux kernel']],
  ['from Maria', ['Lunch']],
  ['find the emails from Linus', ['Re: [PATCH] mm: fix the linux kernel']],
  ['рахунок', ['Рахунок за березень']],
  ['"new place"', ['Lunch']],
  ['to be or not', ['Lunch']],
  ['nothing has this word in it', []],
])('%s', async (text, expected) => {
  expect(await subjects(text)).toEqual(expected);
});

test.each(['+-*~"()<>@', `'; DROP TABLE mails; --`, '%', '_', '🙈', 'x '.repeat(3000), '*', '" "'])(
  '%j is an ordinary question',
  async (text) => {
    const { result } = await mailbox.run(voiceSearch, { text });
    expect(result.total).toBeGreaterThanOrEqual(0);
  },
);

test('says what was understood, how many there are, and shows the newest', async () => {
  const { result } = await mailbox.run(voiceSearch, { text: 'from example', limit: 1 });
  expect(result).toMatchObject({
    query: { from: ['example'] },
    total: 3,
    mails: [
      {
        subject: 'Lunch',
        from: { name: 'Maria', address: 'maria@example.org' },
        sentAt: '2026-03-03T10:00:00.000Z',
        folder: 'INBOX',
        category: expect.any(String) as string,
      },
    ],
  });
});
