/**
 * Measures the worker beside others that do the same work, each set up as its own documentation advises: a row inserted in a transaction,
 * and the task ended. Who ends it in that transaction must not be faster than we are.
 */
import { missingOf, provide } from '@sorting-office/stack';
import type { Contender } from '../contenders/contender';
import { drain, type Drained } from '../contenders/drain';
import { ours } from '../contenders/ours';
import type { Benchmark, BenchmarkContext, Outcome } from '../run/benchmark';
import { percentile, summarize } from '../run/statistics';
import { rounded } from '../run/table';
import { allPeers, type Peer, type PeerServers } from './peer';
import type { PeerServer } from './servers/place';
import { startPostgres } from './servers/postgres';
import { startRedis } from './servers/redis';
import { missedGoals, type Standing } from './verdict';

/** What a short run drains of the tasks that a full one does. */
const shortShare = 0.2;

export const peers: Benchmark = {
  name: 'peers',
  about: 'tasks per second beside BullMQ, graphile-worker, pg-boss, Celery, and Flask with RQ',
  run: measure,
};

/** One who takes part, and what it has done so far. */
interface Entrant {
  key: string;
  concurrency: number;
  tasks: number;
  goal: number | undefined;
  open: () => Promise<Contender>;
  runs: Drained[];
  /** Known once it has been opened. */
  name: string;
  atomic: boolean;
}

async function measure(context: BenchmarkContext): Promise<Outcome> {
  const { servers, say, signal, short } = context;
  await provide(distinctPrograms(allPeers), { say, signal });
  const present = allPeers.filter(({ needs }) => missingOf(needs).length === 0);
  const place = { home: servers.home, signal, say };
  const needed = (name: string) => present.some(({ needs }) => needs.some((program) => program.package === name));
  const started: PeerServer[] = [];
  const start = async (begin: (at: typeof place) => Promise<PeerServer>): Promise<string> => {
    const server = await begin(place);
    started.push(server);
    say(server.about);
    return server.url;
  };
  try {
    const on: PeerServers = {
      servers,
      postgres: needed('postgresql') ? await start(startPostgres) : '',
      redis: needed('redis-server') ? await start(startRedis) : '',
    };
    const rounds = short ? 1 : context.rounds;
    const standings: Standing[] = [];
    const outcome: Outcome & { figures: { ratioToPeers: Record<string, number> } } = {
      tables: [],
      figures: { ratioToPeers: {} },
      missed: [],
    };
    for (const concurrency of concurrencies(present)) {
      const entrants = entrantsAt(concurrency, present, on, short ? shortShare : 1);
      await takeTurns(entrants, rounds, context);
      report(entrants, standings, outcome);
    }
    const left = allPeers.filter((peer) => !present.includes(peer)).map(({ key }) => key);
    Object.assign(outcome.figures, { leftOut: left });
    return { ...outcome, missed: missedGoals(standings) };
  } finally {
    await Promise.all(started.map((server) => server.stop()));
  }
}

const distinctPrograms = (of: readonly Peer[]) => [
  ...new Map(of.flatMap(({ needs }) => needs).map((program) => [program.package, program])).values(),
];

const concurrencies = (of: readonly Peer[]) =>
  [...new Set(of.flatMap(({ loads }) => Object.keys(loads).map(Number)))].sort((a, b) => a - b);

/** We, and all who are measured at a concurrency. */
function entrantsAt(concurrency: number, present: readonly Peer[], on: PeerServers, share: number): Entrant[] {
  const entrant = (key: string, tasks: number, open: () => Promise<Contender>, goal?: number): Entrant => ({
    ...{ key, concurrency, tasks: Math.ceil(tasks * share), goal, open, runs: [], name: key, atomic: false },
  });
  const others = present.flatMap(({ key, loads, open, goal }) => {
    const tasks = loads[concurrency];
    return tasks === undefined ? [] : [entrant(key, tasks, () => open(on), goal)];
  });
  return [entrant('ours', 10_000, () => ours(on.servers)), ...others];
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

/** Adds what the runs at one concurrency came to. */
function report(
  entrants: readonly Entrant[],
  standings: Standing[],
  { tables, figures }: Outcome & { figures: { ratioToPeers: Record<string, number> } },
): void {
  const rate = ({ runs }: Entrant) => summarize(runs.map(({ perSecond }) => perSecond));
  const we = entrants.find(({ key }) => key === 'ours');
  if (we === undefined) return;
  const rows = entrants.map((entrant) => {
    const { key, name, atomic, concurrency, runs, goal } = entrant;
    const { median, lowest, highest } = rate(entrant);
    const ratio = rate(we).median / median;
    const figure = `${key}C${concurrency}`;
    Object.assign(figures, { [figure]: { name, atomic, concurrency, runs } });
    if (entrant !== we) {
      figures.ratioToPeers[figure] = ratio;
      standings.push({ name, concurrency, atomic, ratio, goal });
    }
    const cpuMs = percentile(
      runs.map((run) => run.cpuMs),
      50,
    );
    return [
      name,
      atomic ? 'yes' : 'no',
      ...[median, lowest, highest, ratio].map(rounded),
      cpuMs.toFixed(2),
      Math.max(...runs.map(({ peakMb }) => peakMb)).toFixed(0),
    ];
  });
  tables.push({
    title: `Tasks per second at concurrency ${we.concurrency}; atomic: the task ends in the transaction of its row`,
    columns: ['', 'atomic', 'median', 'lowest', 'highest', 'ours/theirs', 'ms of processor', 'peak MB'],
    rows,
  });
}
