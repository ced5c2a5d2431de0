/**
 * Measures the worker beside others that do the same work, each set up as its own documentation advises: a row inserted in a transaction,
 * and the task ended. Who ends it in that transaction must not be faster than we are.
 */
import { missingOf, provide } from '@sorting-office/stack';
import type { Contender } from '../contenders/contender';
import { drain } from '../contenders/drain';
import { latency } from '../contenders/latency';
import { ours } from '../contenders/ours';
import type { Benchmark, BenchmarkContext, Outcome } from '../run/benchmark';
import type { Chart } from '../run/picture';
import type { Latency } from '../run/statistics';
import { rounded, type Table } from '../run/table';
import { type Entrant, oursKey } from './entrant';
import { allPeers, type Peer } from './peer';
import { latencyTable, standingsOf, throughputChart, throughputTable } from './report';
import { type PeerServers, startPeerServers } from './servers/start';
import { missedGoals } from './verdict';

/** What a short run drains of the tasks that a full one does. */
const shortShare = 0.2;

/** Tasks that ours is given. */
const oursTasks = 16_000;

/** At which latency is measured: everybody can do so many tasks at a time, and nobody needs to. */
const latencyConcurrency = 10;

export const peers: Benchmark = {
  name: 'peers',
  about: 'tasks per second and latency beside BullMQ, graphile-worker, pg-boss, Celery, and Flask with RQ',
  run: measure,
};

async function measure(context: BenchmarkContext): Promise<Outcome> {
  const { servers, say, signal, short } = context;
  await provide(programsOf(allPeers), { say, signal });
  const present = allPeers.filter(({ needs }) => missingOf(needs).length === 0);
  const leftOut = allPeers.filter((peer) => !present.includes(peer)).map(({ key }) => key);
  const on = await startPeerServers(servers, programsOf(present), { say, signal });
  try {
    const all: Entrant[] = [];
    const outcome = { tables: [] as Table[], charts: [] as Chart[], figures: {}, missed: [] as string[] };
    for (const concurrency of concurrenciesOf(present)) {
      const entrants = entrantsAt(concurrency, present, on, short ? shortShare : 1);
      await takeTurns(entrants, short ? 1 : context.rounds, context);
      outcome.tables.push(throughputTable(concurrency, entrants));
      outcome.charts.push(throughputChart(concurrency, entrants));
      all.push(...entrants);
    }
    const latencyMs = await latencies(entrantsAt(latencyConcurrency, present, on, 1), context);
    outcome.tables.push(latencyTable(latencyMs));
    const standings = standingsOf(all);
    const ratioToPeers = Object.fromEntries(standings.map(({ key, ratio }) => [key, ratio]));
    outcome.figures = { ratioToPeers, leftOut, latencyMs, standings, runs: all };
    outcome.missed = missedGoals(standings);
    return outcome;
  } finally {
    await on.stop();
  }
}

const programsOf = (of: readonly Peer[]) => [
  ...new Map(of.flatMap(({ needs }) => needs).map((program) => [program.package, program])).values(),
];

const concurrenciesOf = (of: readonly Peer[]) =>
  [...new Set(of.flatMap(({ loads }) => Object.keys(loads).map(Number)))].sort((a, b) => a - b);

/**
 * We, and all peers who are measured at a concurrency.
 *
 * @param share of the tasks of a full run
 */
function entrantsAt(concurrency: number, present: readonly Peer[], on: PeerServers, share: number): Entrant[] {
  const entrant = (key: string, tasks: number, open: () => Promise<Contender>, goal?: number): Entrant => ({
    ...{ key, concurrency, tasks: Math.ceil(tasks * share), goal, open, runs: [], name: key, atomic: false },
  });
  const others = present.flatMap(({ key, loads, open, goal }) => {
    const tasks = loads[concurrency];
    return tasks === undefined ? [] : [entrant(key, tasks, () => open(on), goal)];
  });
  return [entrant(oursKey, oursTasks, () => ours(on.servers)), ...others];
}

/** Each has its turn in each round, and in every other round in the opposite order. */
async function takeTurns(
  entrants: readonly Entrant[],
  rounds: number,
  { say, signal }: BenchmarkContext,
): Promise<void> {
  for (let round = 0; round < rounds; round++)
    for (const entrant of round % 2 === 0 ? entrants : entrants.toReversed()) {
      signal.throwIfAborted();
      const contender = await entrant.open();
      Object.assign(entrant, { name: contender.name, atomic: contender.atomic });
      try {
        const drained = await drain(contender, entrant.tasks, entrant.concurrency);
        entrant.runs.push(drained);
        say(`concurrency ${entrant.concurrency}, ${contender.name}: ${rounded(drained.perSecond)} tasks/s`);
      } finally {
        await contender.remove();
      }
    }
}

/** How long a task takes with each while there is nothing else to do, by their names. */
async function latencies(
  entrants: readonly Entrant[],
  { short, say, signal }: BenchmarkContext,
): Promise<Record<string, Latency>> {
  const measured: Record<string, Latency> = {};
  for (const { open } of entrants) {
    signal.throwIfAborted();
    const contender = await open();
    try {
      const options = { tasks: short ? 100 : 300, everyMs: 50, concurrency: latencyConcurrency };
      const times = await latency(contender, options);
      measured[contender.name] = times;
      say(`${contender.name}: ${rounded(times.p50)} ms from sending a task to its row`);
    } finally {
      await contender.remove();
    }
  }
  return measured;
}
