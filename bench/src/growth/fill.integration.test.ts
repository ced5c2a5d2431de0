import { Task } from '@sorting-office/db';
import { migratedDatabase, type MigratedDatabase } from '@sorting-office/db/testing';
import { ask } from '../mail-search/ask';
import { FilledMails } from './fill-mails';
import { fillTasks } from './fill-tasks';

let home: MigratedDatabase;
beforeAll(async () => {
  home = await migratedDatabase();
}, 120_000);
afterAll(() => home.drop());

const rows = <Row>(sql: string) => home.database.read((db) => db.rows<Row>(sql));

test('tasks grow to what is asked for: all have ended, most belong to one account, and the newest stay the newest', async () => {
  const { busiest, growTo } = await fillTasks(home.database);
  const newest = () =>
    home.database.read((db) => db(Task).where({ account_id: busiest }).orderBy('id', 'desc').limit(10));
  await growTo(1000);
  const first = await newest();
  await growTo(3000);
  expect(await newest()).toEqual(first);
  const counts = await rows<{ state: string; count: number; busy: string }>(
    `SELECT state, COUNT(*) AS count, SUM(account_id = '${busiest}') AS busy FROM tasks GROUP BY state ORDER BY state`,
  );
  expect(counts.map(({ state, count }) => [state, count])).toEqual([
    ['succeeded', 2910],
    ['failed', 60],
    ['cancelled', 30],
  ]);
  expect(counts.reduce((sum, { busy }) => sum + Number(busy), 0)).toBe(2700);
  const [odd] = await rows<{ count: number }>(
    `SELECT COUNT(*) AS count FROM tasks AS a JOIN tasks AS b ON b.id > a.id AND b.created_at <= a.created_at WHERE a.account_id = '${busiest}' AND a.state = 'failed'`,
  );
  expect(odd?.count).toBe(0);
  const [others] = await rows<{ accounts: number; batches: number }>(
    'SELECT (SELECT COUNT(DISTINCT account_id) FROM tasks) AS accounts, (SELECT COUNT(*) FROM batches) AS batches',
  );
  expect(others).toEqual({ accounts: 10, batches: 30 });
}, 120_000);

test('mails are copied with all that they are found by', async () => {
  const mails = new FilledMails(home.database, 100);
  const total = async (mailboxId: string, said: string) => (await ask(home.database, mailboxId, said, null)).total;
  const few = await mails.growTo(100);
  const found = await total(few, 'everytenth');
  expect(found).toBe(10);
  const many = await mails.growTo(500);
  expect(many).toBe(few);
  expect(await total(many, 'everytenth')).toBe(5 * found);
  expect(await total(many, 'all my emails')).toBe(500);
  const [tables] = await rows<{ texts: number; verdicts: number; days: number }>(
    `SELECT (SELECT COUNT(*) FROM mail_texts) AS texts, (SELECT COUNT(*) FROM verdicts) AS verdicts,
            (SELECT COUNT(*) FROM mails JOIN mail_index ON mail_id = id AND mail_index.sent_at = mails.sent_at) AS days`,
  );
  expect(tables).toEqual({ texts: 500, verdicts: 500, days: 500 });
}, 120_000);
