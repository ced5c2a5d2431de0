import { Correspondent, databaseErrorKind, Mail, Mailbox, newId, PersonKey, PersonName } from '@sorting-office/db';
import { migratedDatabase } from '@sorting-office/db/testing';
import { type Correspondence, findPeople, recordPeople } from '.';

let home: Awaited<ReturnType<typeof migratedDatabase>>;
let mailboxId: string;
beforeAll(async () => {
  home = await migratedDatabase({ lockWaitSeconds: 10 });
});
afterAll(() => home.drop());
beforeEach(async () => {
  mailboxId = await openMailbox();
});

async function openMailbox(): Promise<string> {
  const id = newId();
  await home.database.transaction((db) =>
    db(Mailbox).insert({
      id,
      account_id: home.accountId,
      name: 'Test',
      kind: 'maildir',
      location: `/mail/${id}`,
      addresses: ['me@example.org', 'owner@example.net'],
      folders: {},
    }),
  );
  return id;
}

/** A mail as `Ivan <ivan@example.org>` or as the address alone. */
function mailFrom(from: string, ...to: string[]): Correspondence {
  const read = (text: string) => {
    const [, name = '', address = text] = /^(.*?)\s*<(.*)>$/.exec(text) ?? [];
    return { name, address };
  };
  return { from: read(from), to: to.map(read), cc: [] };
}

const mailRow = (address: string, into: string) => {
  const id = newId();
  return {
    ...{ id, account_id: home.accountId, mailbox_id: into, store_key: id, folder: 'INBOX', flags: '' },
    ...{ message_id: null, from_name: '', from_address: address, recipients: [], subject: '', snippet: '' },
    ...{ sent_at: null, size: 1, attachments: [], problems: [] },
  };
};

const record = (mails: readonly Correspondence[], into = mailboxId) =>
  home.database.transaction((db) => recordPeople(db, into, mails));
const store = (counts: Record<string, number>, into = mailboxId) =>
  home.database.transaction((db) =>
    db.insertAll(
      Mail,
      Object.entries(counts).flatMap(([address, count]) => Array.from({ length: count }, () => mailRow(address, into))),
    ),
  );
const find = async (said: string, within = mailboxId) =>
  (await home.database.read((db) => findPeople(db, within, said))).people;
const addresses = async (said: string, within = mailboxId) => (await find(said, within)).map(({ address }) => address);
const stored = (of = mailboxId) =>
  home.database.read(async (db): Promise<[PersonName[], PersonKey[]]> => [
    await db(PersonName).where({ mailbox_id: of }).orderBy(['address', 'name']),
    await db(PersonKey).where({ mailbox_id: of }).orderBy(['name_key', 'address']),
  ]);

test('senders and recipients are found by their names, in any alphabet and case', async () => {
  await record([mailFrom('Ivan Petrenko <ip@one.example>', 'Марія Коваль <mk@two.example>', 'plain@three.example')]);
  expect(await find('Івана Петренка')).toEqual([{ address: 'ip@one.example', name: 'Ivan Petrenko', mails: 0 }]);
  expect(await addresses('Иван')).toEqual(['ip@one.example']);
  expect(await addresses('Maria')).toEqual(['mk@two.example']);
  expect(await addresses('plain')).toEqual(['plain@three.example']);
  expect(await find('Степан')).toEqual([]);
});

test('recording twice is recording once', async () => {
  const mails = [mailFrom('Ivan <i@example.org>', 'me@example.org'), mailFrom('Іван П. <I@Example.org>')];
  await record(mails);
  const once = await stored();
  await record(mails);
  await record([...mails].reverse());
  expect(await stored()).toEqual(once);
  expect(once[0].map(({ address, name }) => [address, name])).toEqual([
    ['i@example.org', 'Ivan'],
    ['i@example.org', 'Іван П.'],
    ['me@example.org', ''],
  ]);
});

test('a name that comes later is found too, and the longest one is shown', async () => {
  await record([mailFrom('ip@example.org')]);
  await record([mailFrom('Ваня <ip@example.org>')]);
  await record([mailFrom('Ivan Petrenko <ip@example.org>')]);
  for (const said of ['Ваня', 'Петренка']) {
    expect(await find(said)).toEqual([{ address: 'ip@example.org', name: 'Ivan Petrenko', mails: 0 }]);
  }
});

test('two mailboxes know nothing of each other', async () => {
  const other = await openMailbox();
  await record([mailFrom('Ivan One <one@example.org>')]);
  await record([mailFrom('Ivan Two <two@example.org>')], other);
  await store({ 'one@example.org': 3 });
  expect(await find('Ivan')).toEqual([{ address: 'one@example.org', name: 'Ivan One', mails: 3 }]);
  expect(await find('Ivan', other)).toEqual([{ address: 'two@example.org', name: 'Ivan Two', mails: 0 }]);
  expect(await addresses('@example.org', other)).toEqual(['two@example.org']);
  expect(await find('one@example.org', other)).toEqual([]);
});

test('several are offered, those with the most mails first, and those whom the owner has written to before others', async () => {
  await record(
    ['Іван Коваль <k@a.example>', 'Ivan Petrenko <p@b.example>', 'Iwan Nowak <n@c.example>', 'Vania <v@d.example>'].map(
      (from) => mailFrom(from),
    ),
  );
  await store({ 'k@a.example': 2, 'p@b.example': 40 });
  expect(await addresses('Івана')).toEqual(['p@b.example', 'k@a.example', 'n@c.example', 'v@d.example']);
  await home.database.transaction((db) => db(Correspondent).insert({ mailbox_id: mailboxId, address: 'n@c.example' }));
  expect(await addresses('Івана')).toEqual(['p@b.example', 'n@c.example', 'k@a.example', 'v@d.example']);
});

test('of very many who bear a name, those are offered with whom the owner writes', async () => {
  const all = Array.from({ length: 200 }, (_, n) => `p${String(n).padStart(3, '0')}@example.org`);
  await record(all.map((address) => mailFrom(`Ivan <${address}>`)));
  await store({ 'p190@example.org': 30, 'p150@example.org': 12, 'p170@example.org': 9 });
  await home.database.transaction((db) =>
    db(Correspondent).insert({ mailbox_id: mailboxId, address: 'p199@example.org' }),
  );
  const offered = await addresses('Івана');
  expect(offered).toHaveLength(8);
  expect(offered.slice(0, 3)).toEqual(['p190@example.org', 'p150@example.org', 'p199@example.org']);
});

test('a rare surname counts for more than a first name that many bear', async () => {
  await record(Array.from({ length: 60 }, (_, n) => mailFrom(`Ivan <i${n}@example.org>`)));
  await record([mailFrom('Taras Shchyhol <ts@example.org>'), mailFrom('Ivan Petrovych <ip@example.org>')]);
  expect((await addresses('Іван Щиголь'))[0]).toBe('ts@example.org');
  expect((await addresses('Іван Петрович'))[0]).toBe('ip@example.org');
});

test('at most eight are offered', async () => {
  await record(
    Array.from({ length: 30 }, (_, n) => mailFrom(`Ivan <i${'abcdefghij'[n % 10]}${'klm'[n % 3]}@example.org>`)),
  );
  expect(await find('Ivan')).toHaveLength(8);
});

test('who answers to every word is not mixed with those who answer to some', async () => {
  await record([mailFrom('Ivan Petrenko <p@a.example>'), mailFrom('Ivan Koval <k@a.example>')]);
  await store({ 'k@a.example': 50 });
  expect(await addresses('Іван Петренко')).toEqual(['p@a.example']);
  expect(await addresses('Іван Шевчук')).toEqual(['k@a.example', 'p@a.example']);
});

test('a misheard name finds those whose name sounds alike, unless somebody bears it', async () => {
  await record([mailFrom('Ivan Shevchenko <s@a.example>'), mailFrom('Ivan Koval <k@a.example>')]);
  expect(await addresses('Evan')).toEqual(['k@a.example', 's@a.example']);
  expect(await addresses('Ivan Shefchenka')).toEqual(['s@a.example']);
  expect(await addresses('Shevchemko')).toEqual(['s@a.example']);
  await record([mailFrom('Evan Smith <e@a.example>')]);
  expect(await addresses('Evan')).toEqual(['e@a.example']);
});

test.each([
  ['me', ['me@example.org', 'owner@example.net']],
  ['мене', ['me@example.org', 'owner@example.net']],
  ['Ivan@A.example', ['ivan@a.example']],
  ['stored@only.example', ['stored@only.example']],
  ['nobody@a.example', []],
  ['@a.example', ['ivan@a.example', 'news@mail.a.example']],
  ['a.example', ['ivan@a.example', 'news@mail.a.example']],
  ['mail.a.example', ['news@mail.a.example']],
  ['@nowhere.example', []],
  ['гітхабу', ['notifications@github.com']],
  ['Нової пошти', ['info@novaposhta.ua']],
  ['', []],
  ['   ', []],
  ['🙈', []],
  [`'; DROP TABLE people; --`, []],
  ['%', []],
  ['~', []],
  ['i@'.repeat(5000), []],
  ['.a'.repeat(5000), []],
])('%j means %j', async (said, expected) => {
  await record([
    mailFrom('ivan@a.example', 'news@mail.a.example', 'x@ba.example'),
    mailFrom('notifications@github.com', 'info@novaposhta.ua'),
  ]);
  await store({ 'stored@only.example': 1 });
  expect(await addresses(said)).toEqual(expected);
});

test('an address that many write from answers to none of their names, and only so many of them are kept', async () => {
  const names = ['Ivan', 'Olha', 'Petro', 'Maria', 'Taras', 'Bohdan', 'Roman', 'Yurii', 'Nina', 'Inna', 'Anna', 'Zoia'];
  await record([mailFrom('notifications@github.com')]);
  for (const name of names) await record([mailFrom(`${name} <notifications@github.com>`)]);
  await record(names.map((name) => mailFrom(`${name} <tracker@bugs.example>`)));
  expect((await stored())[0]).toHaveLength(21);
  expect(await find('Ivan')).toEqual([]);
  expect(await addresses('GitHub')).toEqual(['notifications@github.com']);
});

test('mails without a sender, without an address and with far too long a name are taken as they are', async () => {
  await record([
    { from: null, to: [], cc: [] },
    { from: { name: 'Ivan', address: '' }, to: [], cc: [] },
    { from: { name: 'Ivan '.repeat(100), address: `${'a'.repeat(400)}@example.org` }, to: [], cc: [] },
    { from: { name: '\ud83d', address: 'emoji@example.org' }, to: [], cc: [] },
  ]);
  const [people] = await stored();
  expect(people.map(({ address, name }) => [address.length, name.length])).toEqual([
    [320, 254],
    [17, 1],
  ]);
});

test('of thousands of recipients a hundred are recorded', async () => {
  await record([mailFrom('a@example.org', ...Array.from({ length: 3000 }, (_, n) => `p${n}@example.org`))]);
  expect((await stored())[0]).toHaveLength(101);
});

test('units of work that record side by side lose nobody', async () => {
  const everybody = Array.from({ length: 120 }, (_, n) => mailFrom(`Ivan N${n} <p${n}@example.org>`));
  const parts = Array.from({ length: 6 }, (_, part) => everybody.filter((_mail, n) => n % 6 <= part || n % 5 === 0));
  await Promise.all(parts.map((part, n) => record(n % 2 === 0 ? part : part.toReversed())));
  const alone = await openMailbox();
  await record(everybody, alone);
  const [people, keys] = await stored();
  const [peopleAlone, keysAlone] = await stored(alone);
  expect(people.map(({ address, name }) => [address, name])).toEqual(
    peopleAlone.map(({ address, name }) => [address, name]),
  );
  expect(keys.map(({ name_key, address }) => [name_key, address])).toEqual(
    keysAlone.map(({ name_key, address }) => [name_key, address]),
  );
});

test('two that have waited for one that is rolled back get through, one of them at its second attempt at most', async () => {
  const mails = [mailFrom('Ivan Petrenko <ip@example.org>')];
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  let wrote: () => void = () => undefined;
  const written = new Promise<void>((resolve) => (wrote = resolve));
  const first = home.database.transaction(async (db) => {
    await recordPeople(db, mailboxId, mails);
    wrote();
    await held;
    throw new Error('lost');
  });
  await written;
  const others = Promise.allSettled([record(mails), record(mails)]);
  await recording(2);
  release();
  await expect(first).rejects.toThrow('lost');
  const refused = (await others).filter((outcome) => outcome.status === 'rejected');
  expect(refused.length).toBeLessThan(2);
  for (const { reason } of refused) expect(databaseErrorKind(reason)).toBe('conflict');
  await record(mails);
  expect(await addresses('Івана')).toEqual(['ip@example.org']);
});

/** Resolves once so many statements that record people are under way: while somebody holds the rows, those wait for them. */
async function recording(count: number): Promise<void> {
  for (;;) {
    const statements = await home.database.read((db) =>
      db.rows(
        `SELECT id FROM information_schema.processlist
         WHERE db = DATABASE() AND command = 'Query' AND info LIKE 'INSERT INTO people%'`,
      ),
    );
    if (statements.length >= count) return;
  }
}
