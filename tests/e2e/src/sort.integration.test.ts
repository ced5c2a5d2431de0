/** The main job: the whole sample mailbox through CLI, API, RabbitMQ, worker and database; counted again from the files. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeSampleMailbox } from '@sorting-office/stack';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { deploy, type Deployment } from './testing/deployment';
import { mailsOnDisk } from './testing/maildir';

interface Report {
  mails: number;
  categories: Record<string, number>;
  actions: Record<string, number>;
  moved: Record<string, number>;
  unreadable: { total: number };
  skipped: { total: number };
  failed: { total: number };
}

let folder: string;
let mailbox: string;
let office: Deployment;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'office-e2e-'));
  mailbox = join(folder, 'Maildir');
  office = await deploy();
  await office.run('worker', 'migrate');
  await office.startApi();
});
afterEach(async () => {
  await office.close();
  rmSync(folder, { recursive: true });
});

async function query(sql: string): Promise<RowDataPacket[]> {
  const connection = await createConnection(office.databaseUrl);
  try {
    const [rows] = await connection.query<RowDataPacket[]>(sql);
    return rows;
  } finally {
    await connection.end();
  }
}

/** Begins a sort and returns the id of its first task. */
async function beginSort(dryRun = false): Promise<string> {
  const connected = await office.ask('POST', '/api/mailboxes', { name: 'Sample', path: mailbox });
  const { body } = await office.ask('POST', '/api/tasks/background_sort', { mailboxId: connected.body['id'], dryRun });
  return String(body['id']);
}

/** The report of a sort, once it has ended. */
async function reportOf(sortId: string): Promise<Report> {
  const { nextId } = (await office.ended(sortId)) as { nextId: string };
  const task = await office.ended(nextId);
  expect(task).toMatchObject({ name: 'sort_report', state: 'succeeded' });
  return task['result'] as Report;
}

/** Holds the report against the files on the disk and the rows in the database. */
async function recount(report: Report, before: Map<string, string[]>): Promise<void> {
  const all = (before.get('INBOX') ?? []).sort();
  const after = mailsOnDisk(mailbox);
  const folders = [...after].filter(([, mails]) => mails.length > 0);
  // Every mail is in exactly one folder, and nothing else is anywhere.
  expect(folders.flatMap(([, mails]) => mails).sort()).toEqual(all);
  const filed = Object.fromEntries(
    folders.filter(([name]) => name !== 'INBOX').map(([name, mails]) => [name, mails.length]),
  );
  expect(report.moved).toEqual(filed);

  // Every mail has exactly one row, which says where it is, and exactly one verdict.
  const rows = await query('SELECT m.store_key, m.folder, v.category FROM mails m JOIN verdicts v ON v.mail_id = m.id');
  const [verdicts] = await query('SELECT COUNT(*) AS count FROM verdicts');
  expect(verdicts?.['count']).toBe(all.length);
  const whereOnDisk = new Map(folders.flatMap(([name, mails]) => mails.map((mail) => [mail, name] as const)));
  const misplaced = rows.filter((row) => whereOnDisk.get(String(row['store_key'])) !== row['folder']);
  expect(misplaced).toEqual([]);
  expect(rows).toHaveLength(all.length);

  expect(report.mails).toBe(all.length);
  const categories = new Map<string, number>();
  for (const row of rows) categories.set(String(row['category']), (categories.get(String(row['category'])) ?? 0) + 1);
  expect(report.categories).toEqual(Object.fromEntries(categories));
  expect(report.actions).toEqual({ done: Object.values(filed).reduce((sum, count) => sum + count, 0) });
  expect(report.skipped.total).toBe(0);
  expect(report.failed.total).toBe(0);
}

test('the whole sample mailbox is sorted, and sorting it again changes nothing', async () => {
  await makeSampleMailbox(mailbox);
  const before = mailsOnDisk(mailbox);
  expect(before.get('INBOX')).toHaveLength(6046);
  await office.startWorker();

  const { code, output } = await office.run('cli', 'sort', mailbox, '--json');
  expect(code).toBe(0);
  const [first] = await query(`SELECT id FROM tasks WHERE name = 'background_sort'`);
  const report = await reportOf(String(first?.['id']));
  await recount(report, before);
  expect(JSON.parse(output)).toMatchObject({ mails: report.mails, categories: report.categories });
  expect(
    await query(`SELECT id FROM tasks WHERE state <> 'succeeded' OR attempt > 1 OR publish_at IS NOT NULL`),
  ).toEqual([]);

  const sorted = mailsOnDisk(mailbox);
  const again = await reportOf(await beginSort());
  expect(again).toMatchObject({ mails: 0, actions: {}, moved: {} });
  expect(mailsOnDisk(mailbox)).toEqual(sorted);

  const search = await office.run('cli', 'search', 'linux kernel', '--json');
  expect(search.code).toBe(0);
  expect((JSON.parse(search.output) as { total: number }).total).toBeGreaterThan(10);
});

test('a worker killed again and again while it sorts loses nothing and does nothing twice', async () => {
  await makeSampleMailbox(mailbox);
  const before = mailsOnDisk(mailbox);
  const sortId = await beginSort();
  // Each is killed at once after it has told of so many ends, which is in the middle of others.
  for (const ends of [3, 8, 14, 5]) {
    const worker = await office.startWorker();
    for (let heard = 0; heard < ends; heard = worker.count(/"msg":"succeeded"/)) await worker.saidMore();
    await worker.end('SIGKILL');
  }
  await office.startWorker();
  await recount(await reportOf(sortId), before);
  expect(await query(`SELECT id FROM tasks WHERE state <> 'succeeded' OR attempt > 1`)).toEqual([]);
});

test('a dry run moves nothing, and the next sort carries out what it proposed', async () => {
  await makeSampleMailbox(mailbox, { limit: 300 });
  const before = mailsOnDisk(mailbox);
  await office.startWorker();

  const dry = await reportOf(await beginSort(true));
  expect(mailsOnDisk(mailbox)).toEqual(before);
  expect(dry.mails).toBe(300);
  expect(Object.keys(dry.actions)).toEqual(['proposed']);

  const report = await reportOf(await beginSort());
  expect(report.moved).toEqual(dry.moved);
  expect(report.actions).toEqual({ done: dry.actions['proposed'] });
  const filed = [...mailsOnDisk(mailbox)].filter(([name, mails]) => name !== 'INBOX' && mails.length > 0);
  expect(Object.fromEntries(filed.map(([name, mails]) => [name, mails.length]))).toEqual(dry.moved);
});
