/** Second thoughts through CLI, API, RabbitMQ, worker and database: a plan is looked at, applied as it was shown, and taken back. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeSampleMailbox } from '@sorting-office/stack';
import { deploy, type Deployment } from './testing/deployment';
import { mailsOnDisk } from './testing/maildir';

let folder: string;
let mailbox: string;
let office: Deployment;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'office-undo-'));
  mailbox = join(folder, 'Maildir');
  office = await deploy();
  await office.run('worker', 'migrate');
  await office.startApi();
});
afterEach(async () => {
  await office.close();
  rmSync(folder, { recursive: true });
});

interface Document {
  runId: string;
  moved: Record<string, number>;
  restored: Record<string, number>;
  undone: number;
  alreadyUndone: number;
}

/** Runs a command of the CLI to its end; returns the document that it prints. */
async function cli(...args: string[]): Promise<Document> {
  const { code, output } = await office.run('cli', ...args, '--json');
  expect({ args, code, output }).toMatchObject({ code: 0 });
  return JSON.parse(output) as Document;
}

/** Folders that hold mails, with the mails in order. */
const folders = () =>
  Object.fromEntries(
    [...mailsOnDisk(mailbox)].filter(([, mails]) => mails.length > 0).map(([name, mails]) => [name, mails.sort()]),
  );
const sum = (counts: Record<string, number>) => Object.values(counts).reduce((all, count) => all + count, 0);

/** A mail that any sort files. */
const fromList = `From: Linus <linus@example.org>
To: linux-kernel@vger.example
Subject: Re: [PATCH] mm: fix it
Date: Mon, 02 Mar 2026 10:00:00 +0000
List-Id: <linux-kernel.vger.example>
List-Post: <mailto:linux-kernel@vger.example>
In-Reply-To: <1@example.org>

It boots.
`;

test('a plan is applied exactly as it was shown, and the run is undone: the new mail stays untouched', async () => {
  await makeSampleMailbox(mailbox, { limit: 300 });
  const before = folders();
  await office.startWorker();
  const plan = await cli('sort', mailbox, '--dry-run');
  expect(folders()).toEqual(before);
  expect(sum(plan.moved)).toBeGreaterThan(20);

  const shown = (await office.ask('GET', `/api/tasks/${plan.runId}`)).body;
  const arrived = 'arrived-since.example';
  writeFileSync(join(mailbox, 'new', arrived), fromList);
  const withNew = folders();

  const applied = await cli('apply', plan.runId);
  expect(applied.moved).toEqual(plan.moved);
  const after = folders();
  expect(after['INBOX']).toContain(arrived);
  for (const [name, count] of Object.entries(plan.moved)) expect(after[name]).toHaveLength(count);
  expect(after['INBOX']).toHaveLength(301 - sum(plan.moved));
  expect((await office.ask('GET', `/api/tasks/${plan.runId}`)).body['result']).toEqual(shown['result']);

  const undone = await cli('undo', '--run', applied.runId);
  expect(undone).toMatchObject({ undone: sum(plan.moved), restored: { INBOX: sum(plan.moved) } });
  expect(folders()).toEqual(withNew);

  expect(await cli('undo', '--run', applied.runId)).toMatchObject({ undone: 0, alreadyUndone: sum(plan.moved) });
  // What was put back stays; the new mail would have been filed all along.
  expect(await cli('sort', mailbox)).toMatchObject({ mails: 1, moved: { Forums: 1 } });
  expect(folders()).toEqual({ ...before, Forums: [arrived] });
});
