/**
 * Measures what everything costs while tasks and mails grow from thousand to a million: whatever is done with the few that matter must not
 * take longer for the many that are there.
 */
import { type Database, openDatabase } from '@sorting-office/db';
import { drain } from '../contenders/drain';
import { oursIn } from '../contenders/ours';
import type { Benchmark, BenchmarkContext, Outcome } from '../run/benchmark';
import { inPlace, type Place } from '../run/place';
import type { Latency } from '../run/statistics';
import { rounded } from '../run/table';
import { FilledMails } from './fill-mails';
import { fillTasks } from './fill-tasks';
import { searchCosts } from './search-costs';
import { taskCosts } from './task-costs';

const sizes = { full: [1000, 10_000, 100_000, 1_000_000], short: [1000, 10_000] };
/** How often what takes a millisecond or so is done. */
const times = { full: 100, short: 40 };
/** What a server for a million of each should have: all that is read must fit. */
const bufferPoolBytes = { full: 4 * 1024 ** 3, short: 1024 ** 3 };
/** How long a statement that fills a table may take, in seconds. */
const fillSeconds = 3600;
const drained = { tasks: 2000, concurrency: 10 };

/**
 * What is flat: the median among most rows is not above this many times that among 10,000 (or the smallest number, in a short run) and this
 * many milliseconds. The indexes are one level deeper, and a machine with other things to do is now and then half as fast.
 */
const allowed = { times: 1.5, ms: 1 };
const baseSize = 10_000;

export const growth: Benchmark = {
  name: 'growth',
  about: 'what enqueueing, draining, lists, searches and the relay take among 1,000 to 1,000,000 tasks and mails',
  run: (context) =>
    inPlace(context.servers, (place) => withPages(context, place.database, () => measure(context, place))),
};

type Costs = Record<string, Latency>;

async function measure({ short, say }: BenchmarkContext, place: Place): Promise<Outcome> {
  const { database } = place;
  const kind = short ? 'short' : 'full';
  const filling = openDatabase({
    url: place.databaseUrl,
    statementSeconds: fillSeconds,
    idleSessionSeconds: fillSeconds,
  });
  const tasks = await fillTasks(filling);
  const mails = new FilledMails(filling);
  const measured = new Map<number, Costs>();
  const rates = new Map<number, number>();
  const ours = await oursIn(place);
  for (const size of sizes[kind]) {
    const started = performance.now();
    await tasks.growTo(size);
    const mailboxId = await mails.growTo(size);
    say(`${size} tasks and mails, after ${((performance.now() - started) / 1000).toFixed(0)} s`);
    measured.set(size, {
      ...(await taskCosts(database, tasks.busiest, times[kind])),
      ...(await searchCosts(database, mailboxId, times[kind])),
    });
    await place.statement('TRUNCATE TABLE ledger');
    rates.set(size, (await drain(ours, drained.tasks, drained.concurrency)).perSecond);
    say(`  a worker drains ${rounded(rates.get(size) ?? Number.NaN)} tasks/s`);
    for (const [thing, latency] of Object.entries(measured.get(size) ?? {})) say(`  ${thing}: ${cell(latency)} ms`);
  }
  await filling.close();
  return outcomeOf(measured, rates);
}

/** Gives the database as much memory for its pages as it takes, and has it back. A server of somebody else is measured as it is. */
async function withPages<T>(
  { servers, short }: BenchmarkContext,
  database: Database,
  work: () => Promise<T>,
): Promise<T> {
  if (!servers.database.ours) return work();
  const setTo = (bytes: number) =>
    database.transaction((db) => db.execute('SET GLOBAL innodb_buffer_pool_size = ?', [bytes]));
  const [before] = await database.read((db) => db.rows<{ bytes: number }>('SELECT @@innodb_buffer_pool_size AS bytes'));
  await setTo(bufferPoolBytes[short ? 'short' : 'full']);
  try {
    return await work();
  } finally {
    if (before) await setTo(before.bytes);
  }
}

function outcomeOf(measured: ReadonlyMap<number, Costs>, rates: ReadonlyMap<number, number>): Outcome {
  const all = [...measured.keys()];
  const largest = Math.max(...all);
  const base = largest > baseSize ? baseSize : Math.min(...all);
  const missed: string[] = [];
  const things = [...new Set([...measured.values()].flatMap((costs) => Object.keys(costs)))];
  const rows = things.map((thing) => {
    const at = (size: number) => measured.get(size)?.[thing];
    const [few, many] = [at(base)?.p50, at(largest)?.p50];
    if (few !== undefined && many !== undefined && many > few * allowed.times + allowed.ms)
      missed.push(`${thing}: ${rounded(many)} ms among ${largest}, and ${rounded(few)} ms among ${base}`);
    const growth = few === undefined || many === undefined ? '' : (many / few).toFixed(2);
    return [thing, ...all.map((size) => cell(at(size))), growth];
  });
  const [few = Number.NaN, many = Number.NaN] = [rates.get(base), rates.get(largest)];
  if (!(many * allowed.times >= few))
    missed.push(`a worker drains ${rounded(many)} tasks/s among ${largest}, and ${rounded(few)} among ${base}`);
  return {
    tables: [
      {
        title: 'Milliseconds among so many tasks and mails: median / 95th percentile',
        columns: ['', ...all.map(String), `${largest} / ${base}`],
        rows,
      },
      {
        title: `Tasks per second that a worker drains at concurrency ${drained.concurrency}, among so many that have ended`,
        columns: ['', ...all.map(String), `${largest} / ${base}`],
        rows: [['drain', ...all.map((size) => rounded(rates.get(size) ?? Number.NaN)), (many / few).toFixed(2)]],
      },
    ],
    figures: { ms: Object.fromEntries(measured), tasksPerSecond: Object.fromEntries(rates) },
    missed,
  };
}

const cell = (latency: Latency | undefined): string =>
  latency ? `${rounded(latency.p50)} / ${rounded(latency.p95)}` : '–';
