import { migratedDatabase, type MigratedDatabase } from '@sorting-office/db/testing';
import { ask } from './ask';
import { makeMailbox, markers } from './mailbox';
import { percentile } from '../run/statistics';
import { misses, questions } from './questions';

let home: MigratedDatabase;
let mailboxId: string;
beforeAll(async () => {
  home = await migratedDatabase();
  mailboxId = await makeMailbox(home.database, 1000);
}, 120_000);
afterAll(() => home.drop());

const total = async (said: string) => (await ask(home.database, mailboxId, said, null)).total;

test('a mailbox has as many mails, and words as often, as was asked for', async () => {
  expect(await total('all my emails')).toBe(1000);
  expect(await total('everyhundredth')).toBe(1000 / markers.everyhundredth);
  expect(await total('everythousandth')).toBe(1);
});

test('of each kind of question something is found, unless it is meant to find nothing', async () => {
  for (const [kind, asked] of Object.entries(questions)) {
    const totals = await Promise.all(asked.map(total));
    const found = totals.reduce((sum, count) => sum + count, 0);
    if (misses.includes(kind)) expect({ kind, found }).toEqual({ kind, found: 0 });
    else if (kind !== 'all together') expect({ kind, totals, some: found > 0 }).toMatchObject({ some: true });
  }
}, 120_000);

test.each([
  [[1], 95, 1],
  [[3, 1, 2], 50, 2],
  [Array.from({ length: 100 }, (_, n) => n + 1), 95, 95],
  [[], 50, Number.NaN],
])('of %j the percentile %d is %d', (values, percent, expected) => {
  expect(percentile(values, percent)).toBe(expected);
});
