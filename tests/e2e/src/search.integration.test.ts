/** Searching through CLI, API, RabbitMQ, worker and database: in writing, in two languages, and aloud. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { deploy, type Deployment } from './testing/deployment';

let folder: string;
let office: Deployment;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'office-search-'));
  for (const part of ['cur', 'new', 'tmp']) mkdirSync(join(folder, 'Maildir', part), { recursive: true });
  mails.forEach((mail, index) => writeFileSync(join(folder, 'Maildir/cur', `${index}:2,`), mail));
  office = await deploy();
  await office.run('worker', 'migrate');
  await Promise.all([office.startApi(), office.startWorker()]);
  await office.run('cli', 'sort', join(folder, 'Maildir'), '--dry-run');
});
afterAll(async () => {
  await office.close();
  rmSync(folder, { recursive: true });
});

const mail = (from: string, subject: string, daysAgo: number, text: string) =>
  [
    `From: ${from}`,
    'To: me@example.org',
    `Subject: ${subject}`,
    `Date: ${new Date(Date.now() - daysAgo * 86_400_000).toUTCString()}`,
    'Content-Type: text/plain; charset=utf-8',
    '',
    text,
    '',
  ].join('\n');
const mails = [
  mail('Іван Петренко <ivan@example.ua>', 'Рахунки за квартиру', 1, 'Оплатіть, будь ласка, до п’ятниці.'),
  mail('Ivan Koval <koval@example.com>', 'Lunch', 400, 'At the new place?'),
  mail('Maria Shevchenko <maria@example.org>', 'The invoice', 1, 'Here is the invoice for March.'),
];

interface Found {
  id: string;
  transcript: string;
  mails: { subject: string }[];
  chips: { operator: string; people?: { address: string }[] }[];
}

/** Runs a command of the CLI to its end. */
async function cli(...args: string[]): Promise<{ code: number | null; document: unknown }> {
  const { code, output } = await office.run('cli', ...args, '--json');
  return { code, document: JSON.parse(output) };
}
async function search(...args: string[]): Promise<Found> {
  const { code, document } = await cli('search', ...args, '--zone', 'Europe/Kyiv');
  expect({ args, code, document }).toMatchObject({ code: 0 });
  return document as Found;
}
const subjects = (found: Found) => found.mails.map(({ subject }) => subject).sort();

/** A recording of what is said, as a browser would make it. */
function speak(text: string): string {
  const [wav, webm] = [join(folder, 'said.wav'), join(folder, 'said.webm')];
  execFileSync('espeak-ng', ['-v', 'en-us', '-s', '140', '-w', wav, text]);
  execFileSync('ffmpeg', ['-nostdin', '-v', 'error', '-y', '-i', wav, '-c:a', 'libopus', webm]);
  return webm;
}

async function recordings(): Promise<number> {
  const connection = await createConnection(office.databaseUrl);
  try {
    const [[row]] = (await connection.query('SELECT COUNT(*) AS count FROM recordings')) as unknown as [
      { count: number }[],
    ];
    return row?.count ?? Number.NaN;
  } finally {
    await connection.end();
  }
}

test.each([
  ['find the emails from Ivan', ['Lunch', 'Рахунки за квартиру']],
  ['листи від Івана за останні три дні', ['Рахунки за квартиру']],
  ['рахунок від Iwan Petrenko', ['Рахунки за квартиру']],
  ['what did Maria write about invoices', ['The invoice']],
  ['from:марія newer_than:7d', ['The invoice']],
])('%s', async (text, expected) => {
  expect(subjects(await search(text))).toEqual(expected);
});

test('of several people with a name all are found and each is offered, to be chosen by address', async () => {
  const [chip] = (await search('emails from Ivan')).chips;
  const addresses = chip?.people?.map(({ address }) => address) ?? [];
  expect(addresses.sort()).toEqual(['ivan@example.ua', 'koval@example.com']);
  expect(subjects(await search('emails from:koval@example.com'))).toEqual(['Lunch']);
});

test('what is said aloud is recognised, searched for, and gone', async () => {
  const found = await search('--audio', speak('find the emails from maria'));
  expect(found.transcript.toLowerCase()).toContain('maria');
  expect(subjects(found)).toEqual(['The invoice']);
  expect(await recordings()).toBe(0);
});

test('silence is a problem that says so, after one attempt, and is gone too', async () => {
  const silent = join(folder, 'silent.wav');
  execFileSync('ffmpeg', ['-nostdin', '-v', 'error', '-y', '-f', 'lavfi', '-i', 'anullsrc=r=16000', '-t', '2', silent]);
  const { code, document } = await cli('search', '--audio', silent);
  expect({ code, document }).toMatchObject({ code: 1, document: { error: { code: 'RECORDING_SILENT' } } });
  const { document: kept } = await cli('searches');
  const [search] = (kept as { items: { id: string }[] }).items;
  const { body } = await office.ask('GET', `/api/tasks/${search?.id ?? ''}`);
  expect(body).toMatchObject({ state: 'failed', attempt: 1, error: { code: 'RECORDING_SILENT' } });
  expect(await recordings()).toBe(0);
});

test('searches are kept, repeated and forgotten', async () => {
  const { id } = await search('from Maria');
  const { document: again } = await cli('searches', 'repeat', id);
  expect(subjects(again as Found)).toEqual(['The invoice']);
  expect(await cli('searches', 'forget', id)).toMatchObject({ code: 0 });
  const { document } = await cli('searches');
  const ids = (document as { items: { id: string }[] }).items.map((one) => one.id);
  expect(ids).toContain((again as Found).id);
  expect(ids).not.toContain(id);
});
