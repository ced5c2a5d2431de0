import { Mail, MailText, newId, type UnitOfWork, Verdict } from '@sorting-office/db';
import { migratedDatabase, type MigratedDatabase } from '@sorting-office/db/testing';
import { foldText, type MailQuery } from '@sorting-office/mail';
import fc from 'fast-check';
import { indexMails, indexVersion } from '../index-mails';
import type { WantedMails } from '../wanted-mails';
import { type FoundPage, searchMails } from './search-mails';

let home: MigratedDatabase;
beforeAll(async () => {
  home = await migratedDatabase();
});
afterAll(() => home.drop());

interface Written {
  from: string;
  to: string[];
  subject: string;
  text: string;
  daysAgo: number;
  flags: string;
  attachment: boolean;
  category: string | null;
}

/** Writes mails as a sort does; returns their ids. */
async function write(mailboxId: string, mails: readonly Partial<Written>[]): Promise<string[]> {
  const all = mails.map((mail) => ({
    id: newId(),
    ...{ from: 'ivan@example.org', to: ['me@example.org'], subject: '', text: '', daysAgo: 1, flags: 'S' },
    ...{ attachment: false, category: null as string | null, ...mail },
  }));
  const owned = { account_id: home.accountId, mailbox_id: mailboxId };
  const sentAt = (daysAgo: number) => new Date(Math.floor(Date.now() / 1000 - daysAgo * 86_400) * 1000);
  const wordsOf = ({ from, subject, text }: Written) => foldText([from, subject, text].join('\n'));
  await home.database.transaction(async (db) => {
    await db.insertAll(
      Mail,
      all.map(({ id, from, subject, text, daysAgo, flags }) => ({
        ...owned,
        ...{ id, subject, flags, store_key: id, folder: 'INBOX', message_id: null, from_name: '', from_address: from },
        ...{ recipients: [], snippet: text.slice(0, 255), sent_at: sentAt(daysAgo), size: 1, attachments: [] },
        ...{ problems: [], index_version: indexVersion },
      })),
    );
    await db.insertAll(
      MailText,
      all.map((mail) => ({ mail_id: mail.id, mailbox_id: mailboxId, words: wordsOf(mail), body: mail.text })),
    );
    await db.insertAll(
      Verdict,
      all.flatMap(({ id, category }) =>
        category === null ? [] : { ...owned, mail_id: id, run_id: mailboxId, category, confidence: 1, reasons: [] },
      ),
    );
    await indexMails(
      db,
      mailboxId,
      all.map((mail) => ({
        id: mail.id,
        from: { name: '', address: mail.from },
        recipients: mail.to.map((address) => ({ name: '', address })),
        subject: mail.subject,
        words: wordsOf(mail),
        sentAt: sentAt(mail.daysAgo),
        seenAt: new Date(),
        flags: mail.flags,
        hasAttachment: mail.attachment,
        category: mail.category,
      })),
    );
  });
  return all.map(({ id }) => id);
}

const named = (address: string) => ({ said: address, people: [{ address, name: '', mails: 1 }] });

function search(mailboxId: string, query: MailQuery, some: Partial<WantedMails> = {}): Promise<FoundPage> {
  const wanted = { mailboxId, query, from: [], to: [], limit: 20, cursor: null, ...some };
  return home.database.read((db: UnitOfWork) => searchMails(db, wanted));
}
const subjects = async (mailboxId: string, query: MailQuery, some?: Partial<WantedMails>) =>
  (await search(mailboxId, query, some)).mails.map(({ subject }) => subject);

describe('words', () => {
  const mailboxId = newId();
  beforeAll(() =>
    write(mailboxId, [
      { subject: 'uk', text: 'Рахунки за квартиру та її ремонт. Мій кіт.' },
      { subject: 'en', text: 'The invoices of March: to be or not to be. AI is on it!' },
      { subject: 'other', text: 'іі мий не її; рахівник' },
      { subject: 'operators', text: '+plus -minus "quoted" (a) b@c ~d <e> f* covid19' },
    ]),
  );

  test.each<[string[], string[]]>([
    [['рахунок'], ['uk']],
    [['рахунків', 'квартира'], ['uk']],
    [['invoice'], ['en']],
    [['invoice', 'рахунок'], []],
    [['її'], ['other', 'uk']],
    [['мій'], ['uk']],
    [['мий'], ['other']],
    [['to'], ['en']],
    [['ai'], ['en']],
    [['the', 'of', 'is'], ['en']],
    [['to be or not'], ['en']],
    [['be to or not'], []],
    [['covid19'], ['operators']],
    [['+plus'], ['operators']],
    [['f*'], ['operators']],
    [['b@c'], ['operators']],
    [['invoi'], ['en']],
    [['рах'], ['other', 'uk']],
    [['in'], []],
    [['ivan@example.org'], ['en', 'operators', 'other', 'uk']],
  ])('%j', async (text, found) => {
    expect((await subjects(mailboxId, { text })).sort()).toEqual(found);
  });

  test('any text is a search', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.oneof(
            fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }),
            fc.constantFrom('*', '"a b"', '🙈', '%', "'"),
          ),
          {
            minLength: 1,
            maxLength: 5,
          },
        ),
        async (text) => {
          const { mails, total } = await search(mailboxId, { text });
          expect(mails.length).toBeLessThanOrEqual(total);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('what was hit is shown in its own spelling', async () => {
    const [mail] = (await search(mailboxId, { text: ['рахунок', 'ремонту'] })).mails;
    expect(mail?.hits.map(([start, end]) => mail.snippet.slice(start, end))).toEqual(['Рахунки', 'ремонт']);
  });
});

describe('people, days and states', () => {
  const mailboxId = newId();
  beforeAll(() =>
    write(mailboxId, [
      { subject: 'a', from: 'ivan@example.org', daysAgo: 1, flags: '', category: 'receipt', text: 'budget' },
      { subject: 'b', from: 'maria@example.org', to: ['ivan@example.org'], daysAgo: 10, flags: 'FS', text: 'budget' },
      { subject: 'c', from: 'maria@example.org', daysAgo: 100, attachment: true, category: 'spam', text: 'budget' },
    ]),
  );
  const ago = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();

  test.each<[string, MailQuery, Partial<WantedMails>, string[]]>([
    ['from somebody', {}, { from: [named('maria@example.org')] }, ['b', 'c']],
    ['from either', {}, { from: [named('maria@example.org'), named('ivan@example.org')] }, ['a', 'b', 'c']],
    ['to somebody', {}, { to: [named('ivan@example.org')] }, ['b']],
    ['from one to another', {}, { from: [named('maria@example.org')], to: [named('me@example.org')] }, ['c']],
    ['from nobody', {}, { from: [{ said: 'x', people: [] }] }, []],
    ['after', { after: ago(5) }, {}, ['a']],
    ['before', { before: ago(5) }, {}, ['b', 'c']],
    ['between, with a word', { after: ago(50), before: ago(5), text: ['budget'] }, {}, ['b']],
    ['unread', { unread: true }, {}, ['a']],
    ['read', { unread: false }, {}, ['b', 'c']],
    ['flagged', { flagged: true }, {}, ['b']],
    ['with an attachment', { hasAttachment: true }, {}, ['c']],
    ['without', { hasAttachment: false }, {}, ['a', 'b']],
    ['a category', { category: 'receipt' }, {}, ['a']],
    ['a category and a word', { category: 'spam', text: ['budget'] }, {}, ['c']],
    ['what there is none of', { category: 'spam', unread: true }, {}, []],
    ['anything', {}, {}, ['a', 'b', 'c']],
  ])('%s', async (_what, query, some, found) => {
    expect(await subjects(mailboxId, query, some)).toEqual(found);
    expect(await search(mailboxId, query, some)).toMatchObject({ total: found.length, totalIsExact: true });
  });

  test('another mailbox has mails of its own', async () => {
    expect(await subjects(newId(), { text: ['budget'] })).toEqual([]);
  });
});

/** The subjects of each page. */
async function pages(mailboxId: string, query: MailQuery, limit: number): Promise<string[][]> {
  const found: string[][] = [];
  for (let cursor: string | null = null; ;) {
    const page: FoundPage = await search(mailboxId, query, { limit, cursor });
    found.push(page.mails.map(({ subject }) => subject));
    if (page.next === null) return found;
    cursor = page.next;
  }
}

describe('order and pages', () => {
  const mailboxId = newId();
  beforeAll(async () => {
    // Every third has the word, every hundredth in its subject; each day has several, sent in the same second. None is so new that
    // half its age and its age would be the same number of seconds at one moment, and not at the next.
    const mails = Array.from({ length: 1500 }, (_, n) => ({
      daysAgo: Math.floor(n / 5) + 0.1,
      text: `${n % 3 === 0 ? 'common' : 'other'} ${n % 200 === 7 ? 'rare' : ''}`,
      subject: n % 300 === 0 ? `Common ${n}` : String(n),
      flags: n % 2 === 0 ? 'S' : '',
    }));
    await write(mailboxId, mails);
  });

  test('a hit in the subject counts as half as old', async () => {
    const { mails } = await search(mailboxId, { text: ['common'] }, { limit: 100 });
    const order = mails.map(({ subject }) => subject);
    // Sent 60 days ago, it stands among those of 30 days ago.
    const at = order.indexOf('Common 300');
    const neighbours = [order[at - 1], order[at + 1]].map(Number);
    for (const n of neighbours) expect(Math.abs(Math.floor(n / 5) - 30)).toBeLessThanOrEqual(1);
  });

  test('so does a phrase', async () => {
    const other = newId();
    const text = 'the linux kernel';
    await write(other, [
      { daysAgo: 2, text, subject: 'newer' },
      { daysAgo: 3, text, subject: 'Linux kernel' },
    ]);
    const { mails } = await search(other, { text: ['linux kernel'] });
    expect(mails.map(({ subject }) => subject)).toEqual(['Linux kernel', 'newer']);
  });

  test.each<[string, MailQuery, number]>([
    ['a common word', { text: ['common'] }, 500],
    ['a rare word', { text: ['rare'] }, 8],
    ['two words', { text: ['common', 'rare'] }, 3],
    ['no word', {}, 1500],
    ['a state', { unread: true }, 750],
    ['a state and a word', { unread: true, text: ['common'] }, 250],
    ['a beginning', { text: ['comm'] }, 500],
  ])('the pages of %s have each mail once, in one order', async (_what, query, total) => {
    const all = (await pages(mailboxId, query, 100)).flat();
    expect(new Set(all).size).toBe(total);
    expect(all).toHaveLength(total);
    expect((await pages(mailboxId, query, 37)).flat()).toEqual(all);
  });

  test('of a common word the first page says that there are at least as many as it has seen', async () => {
    const { total, totalIsExact } = await search(mailboxId, { text: ['common'] }, { limit: 10 });
    expect(totalIsExact).toBe(false);
    expect(total).toBeGreaterThan(10);
  });

  test('mails are counted up to a thousand where there are no words', async () => {
    expect(await search(mailboxId, {}, { limit: 1 })).toMatchObject({ total: 1000, totalIsExact: false });
  });

  test('new mail does not move the pages that follow', async () => {
    const first = await search(mailboxId, { text: ['rare'] }, { limit: 4 });
    const rest = await search(mailboxId, { text: ['rare'] }, { limit: 4, cursor: first.next });
    await write(mailboxId, [{ daysAgo: 0, text: 'rare', subject: 'new' }]);
    expect(await search(mailboxId, { text: ['rare'] }, { limit: 4, cursor: first.next })).toMatchObject({
      mails: rest.mails,
    });
  });

  test.each(['', 'nonsense', Buffer.from('[1]').toString('base64url')])('a cursor of %j is refused', async (cursor) => {
    await expect(search(mailboxId, {}, { cursor })).rejects.toMatchObject({ code: 'CURSOR_INVALID', retryable: false });
  });
});

describe('of more mails than are looked through one by one', () => {
  const mailboxId = newId();
  const age = (n: number) => Math.floor(n / 5) + 0.1;
  const mails = Array.from({ length: 4000 }, (_, n) => ({
    daysAgo: age(n),
    text: [
      n % 2 === 0 ? 'even' : 'odd',
      n % 10 === 0 ? 'tenth' : '',
      (n < 300 && n % 3 === 0) || (n >= 3700 && n % 6 === 0) ? 'dense' : '',
      (n < 300 && n % 10 === 0) || (n >= 3700 && n % 6 === 0) ? 'sparse' : '',
    ].join(' '),
    subject: n % 100 === 0 ? `Tenth even ${n}` : String(n),
  }));
  beforeAll(() => write(mailboxId, mails));

  test.each([
    ['looked for among recent mails', 'even', 2],
    ['looked for by their months', 'tenth', 10],
  ])('those of a frequent word are all on its pages, in their order: %s', async (_how, word, every) => {
    const counted = (n: number) => (n % 100 === 0 ? age(n) / 2 : age(n));
    const ages = (subjects: string[]) => subjects.map((subject) => counted(Number(subject.replace(/\D/g, ''))));
    for (const limit of [100, 37]) {
      const all = (await pages(mailboxId, { hasAttachment: false, text: [word] }, limit)).flat();
      expect(new Set(all).size).toBe(mails.length / every);
      expect(all).toHaveLength(mails.length / every);
      expect(ages(all)).toEqual([...ages(all)].sort((one, other) => one - other));
    }
  });

  test.each([
    ['recent mails', 'dense', 100, 150],
    ['the months', 'sparse', 50, 80],
  ])('what %s promise in vain is sought among all', async (_where, word, limit, total) => {
    const all = (await pages(mailboxId, { hasAttachment: false, text: [word] }, limit)).flat();
    expect(new Set(all).size).toBe(total);
  });
});
