import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Database, Mailbox, newId } from '@sorting-office/db';
import type { Servers } from '@sorting-office/stack';
import { loadTasks, newTask } from '@sorting-office/tasks';
import { type Child, cpuMsOf, startChild } from '../run/child';
import { inPlace, type Place } from '../run/place';
import { commitTasks } from '../run/commit-tasks';
import { percentile } from '../run/statistics';

const worker = join(import.meta.dirname, '../../../apps/worker/dist/main.js');
const lookMs = 200;

export interface Sorted {
  /** Mails sorted in a second: from the moment the task was there to the end of the report. */
  perSecond: number;
  /** What a mail takes of a processor in the worker, in milliseconds; the worker's start is no part of it. */
  cpuMs: number;
  /** The same in the database server; null for one that cannot be looked at. */
  databaseMs: number | null;
  /** The most memory that the worker has held. */
  peakMb: number;
  /** What it held half of the time in the second half of the sort. */
  steadyMb: number;
}

/**
 * Has the built worker, with its default settings, sort a Maildir that it has not seen before, and says how fast it was. It has just been
 * started: what it runs is not yet compiled for speed.
 *
 * @param maildir which the sort moves mails in, unless it is dry
 * @param mails how many there are
 * @param empty a Maildir without mails
 * @throws Error when not every mail was sorted
 */
export function sortOnce(
  servers: Servers,
  maildir: string,
  { mails, dryRun, empty }: { mails: number; dryRun: boolean; empty: string },
): Promise<Sorted> {
  return inPlace(servers, async (place) => {
    const child = startChild(process.execPath, [worker], {
      DATABASE_URL: place.databaseUrl,
      AMQP_URL: place.amqpUrl,
      HEALTH_HOST: '127.0.0.1',
      HEALTH_PORT: '0',
    });
    try {
      // Sorting nothing shows that the worker is there.
      await runSort(place, child, { location: empty, dryRun: true });
      const { pid } = servers.database;
      const ofDatabase = () => (pid === undefined ? null : cpuMsOf(pid));
      const [usedMs, before] = [child.cpuMs(), ofDatabase()];
      const { ms, sorted, memory } = await runSort(place, child, { location: maildir, dryRun });
      if (sorted !== mails) throw new Error(`${sorted} of ${mails} mails were sorted: there is nothing to measure`);
      return {
        perSecond: (mails / ms) * 1000,
        cpuMs: (child.cpuMs() - usedMs) / mails,
        databaseMs: before === null ? null : ((ofDatabase() ?? 0) - before) / mails,
        peakMb: child.peakMb(),
        steadyMb: percentile(memory.slice(Math.floor(memory.length / 2)), 50),
      };
    } finally {
      await child.stop();
    }
  });
}

interface Run {
  ms: number;
  sorted: number;
  /** What the worker held at each look, in MB. */
  memory: number[];
}

async function runSort(place: Place, child: Child, sort: { location: string; dryRun: boolean }): Promise<Run> {
  const { database, accountId } = place;
  const mailboxId = newId();
  const mailbox = { id: mailboxId, account_id: accountId, name: mailboxId, kind: 'maildir' as const };
  await database.transaction((db) =>
    db(Mailbox).insert({ ...mailbox, location: sort.location, addresses: [], folders: {}, scan_cursor: null }),
  );
  const payload = { mailboxId, dryRun: sort.dryRun };
  const plan = newTask((await loadTasks()).get('background_sort'), payload, { accountId, traceContext: null });
  await commitTasks(place, [plan]);
  const memory: number[] = [];
  for (;;) {
    const report = await reportOf(database, plan.id);
    if (report) return { ...report, memory };
    await Promise.race([sleep(lookMs), child.died]);
    memory.push(child.heldMb());
  }
}

/** How long a sort has taken by the database's clock, and what its report says; null before its end. */
async function reportOf(database: Database, rootId: string): Promise<Omit<Run, 'memory'> | null> {
  const [ended] = await database.read((db) =>
    db.rows<{ state: string; name: string; ms: string; sorted: number | null }>(
      `SELECT task.state, task.name, JSON_VALUE(task.result, '$.mails') + 0 AS sorted,
              TIMESTAMPDIFF(MICROSECOND, root.created_at, task.finished_at) / 1000 AS ms
       FROM tasks AS task JOIN tasks AS root ON root.id = task.root_id
       WHERE task.root_id = ? AND (task.name = 'sort_report' AND task.finished_at IS NOT NULL OR task.state = 'failed')`,
      [rootId],
    ),
  );
  if (!ended) return null;
  if (ended.state !== 'succeeded') throw new Error(`${ended.name} is ${ended.state}: there is nothing to measure`);
  return { ms: Number(ended.ms), sorted: Number(ended.sorted) };
}
