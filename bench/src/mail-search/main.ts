/**
 * Measures how long searching takes: `npx nx bench mail`. A mailbox of 100,000 mails, a database of its own on one core and with 2 GB
 * for its pages, some 60 questions of every kind, three pages of each, asked in turn; ends with 1 when the 95th percentile of all is not
 * below 50 ms.
 *
 *     --mails 100000      how many mails
 *     --rounds 10         how often each question is asked
 *     --json FILE         writes the figures into a file
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { type Database, migrate, openDatabase } from '@sorting-office/db';
import { startServers } from '@sorting-office/stack';
import { ask } from './ask';
import { makeMailbox } from './mailbox';
import { percentile } from '../run/statistics';
import { pages, questions } from './questions';

const goalMs = 50;
/** What a database server for 100,000 mails should have: they and their indexes are 1.5 GB. The default of 128 MB is for trying things out. */
const bufferPoolBytes = 2 * 1024 ** 3;

const { values } = parseArgs({
  options: {
    mails: { type: 'string', default: '100000' },
    rounds: { type: 'string', default: '10' },
    json: { type: 'string' },
  },
});
const mails = wholeNumber('mails', values.mails);
const rounds = wholeNumber('rounds', values.rounds);
const say = (line: string) => process.stdout.write(`${line}\n`);

const servers = await startServers({ durable: true, say });
try {
  const pinned = servers.database.pid !== undefined && pinToOneCore(servers.database.pid);
  say(`${servers.versions}, ${pinned ? 'pinned to one core' : 'on all cores'} of ${cpus()[0]?.model ?? 'unknown'}`);
  await migrate({ url: servers.database.url });
  const database = openDatabase({ url: servers.database.url });
  try {
    // A server of somebody else is measured as it is.
    if (servers.database.ours)
      await database.transaction((db) => db.execute('SET GLOBAL innodb_buffer_pool_size = ?', [bufferPoolBytes]));
    const figures = await measure(database, await load(database));
    if (values.json !== undefined)
      writeFileSync(values.json, `${JSON.stringify({ mails, rounds, figures }, undefined, 2)}\n`);
    if (!(figures.all.p95 < goalMs)) {
      say(`the 95th percentile is not below ${goalMs} ms`);
      process.exitCode = 1;
    }
  } finally {
    await database.close();
  }
} finally {
  await servers.stop();
}

async function load(database: Database): Promise<string> {
  const started = performance.now();
  const mailboxId = await makeMailbox(database, mails, {
    onProgress: (written) => {
      if (written % 20_000 === 0) say(`${written} mails written`);
    },
  });
  const seconds = (performance.now() - started) / 1000;
  say(`${mails} mails in ${seconds.toFixed(0)} s, ${(mails / seconds).toFixed(0)} a second`);
  return mailboxId;
}

interface Figures {
  asked: number;
  p50: number;
  p95: number;
  p99: number;
}

async function measure(database: Database, mailboxId: string): Promise<Record<string, Figures> & { all: Figures }> {
  const taken = new Map<string, number[]>();
  // The first round warms up and does not count.
  for (let round = 0; round <= rounds; round++) {
    for (const [kind, asked] of Object.entries(questions)) {
      for (const said of asked) {
        const times = await timePages(database, mailboxId, said);
        if (round > 0) taken.set(kind, [...(taken.get(kind) ?? []), ...times]);
      }
    }
  }
  const figures = Object.fromEntries([...taken].map(([kind, times]) => [kind, figuresOf(times)]));
  const all = figuresOf([...taken.values()].flat());
  say(`${'ms'.padEnd(22)}${['asked', 'p50', 'p95', 'p99'].map((title) => title.padStart(8)).join('')}`);
  for (const [kind, row] of [...Object.entries(figures), ['all', all] as const])
    say(kind.padEnd(22) + [row.asked, row.p50, row.p95, row.p99].map((value) => String(value).padStart(8)).join(''));
  return { ...figures, all };
}

async function timePages(database: Database, mailboxId: string, said: string): Promise<number[]> {
  const times: number[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < pages && (page === 0 || cursor !== null); page++) {
    const started = performance.now();
    ({ next: cursor } = await ask(database, mailboxId, said, cursor));
    times.push(performance.now() - started);
  }
  return times;
}

function figuresOf(times: readonly number[]): Figures {
  const at = (percent: number) => Number(percentile(times, percent).toFixed(1));
  return { asked: times.length, p50: at(50), p95: at(95), p99: at(99) };
}

/** Whether a process was kept to one core; `taskset` is util-linux'. */
function pinToOneCore(pid: number): boolean {
  const { status } = spawnSync('taskset', ['--all-tasks', '--cpu-list', '--pid', '0', String(pid)], {
    stdio: 'ignore',
  });
  return status === 0;
}

function wholeNumber(name: string, text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new TypeError(`--${name} is a whole number, and not "${text}"`);
  return number;
}
