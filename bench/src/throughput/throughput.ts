/**
 * Measures what the worker makes of the parts it stands on: tasks per second, beside a loop of amqplib and mysql2 that does the same job
 * and nothing else, at the prefetch at which that loop is fastest.
 */
import { drain, type Drained } from '../contenders/drain';
import { limit } from '../contenders/limit';
import { ours } from '../contenders/ours';
import type { Contender } from '../contenders/contender';
import type { Benchmark, BenchmarkContext, Outcome } from '../run/benchmark';
import type { Bar } from '../run/picture';
import { percentile, summarize } from '../run/statistics';
import { rounded } from '../run/table';

/** Tasks at a time, and how many are drained to measure it: so many that V8 has compiled what runs by the time that counts. */
const loads = [
  { concurrency: 1, tasks: 6000, few: 2000 },
  { concurrency: 10, tasks: 20_000, few: 6000 },
  { concurrency: 50, tasks: 24_000, few: 8000 },
] as const;

/** Of the limit's throughput: what a full run must reach, and what a short one, on a machine with other things to do. */
const goals = { full: 0.85, short: 0.6 };

/** Messages held for each one that runs, of which the limit takes what serves it best. */
const prefetchFactors = [1, 2, 4, 8] as const;

export const throughput: Benchmark = {
  name: 'throughput',
  about: 'tasks per second at concurrency 1, 10 and 50, beside hand-written amqplib and mysql2',
  run: measure,
};

async function measure(context: BenchmarkContext): Promise<Outcome> {
  const { short, say } = context;
  const outcome: Outcome & { figures: { ratioToLimit: Record<string, number> } } = {
    tables: [],
    figures: { ratioToLimit: {} },
    missed: [],
  };
  const rows: (string | number)[][] = [];
  const bars: Bar[] = [];
  const goal = short ? goals.short : goals.full;
  for (const { concurrency, ...load } of loads) {
    const tasks = short ? load.few : load.tasks;
    const factor = short ? 4 : await bestFactor(context, concurrency, tasks);
    const runs = { ours: [] as Drained[], limit: [] as Drained[] };
    for (let round = 0; round < context.rounds; round++) {
      const turns = round % 2 === 0 ? (['ours', 'limit'] as const) : (['limit', 'ours'] as const);
      for (const turn of turns) {
        const open = () => (turn === 'ours' ? ours(context.servers) : limit(context.servers, (of) => of * factor));
        const drained = await once(open, tasks, concurrency);
        runs[turn].push(drained);
        say(
          `concurrency ${concurrency}, ${turn}: ${rounded(drained.perSecond)} tasks/s, ${drained.cpuMs.toFixed(2)} ms of a processor each`,
        );
      }
    }
    const ratio = medianRate(runs.ours) / medianRate(runs.limit);
    outcome.figures.ratioToLimit[`c${concurrency}`] = ratio;
    Object.assign(outcome.figures, { [`c${concurrency}`]: { ...runs, prefetchFactorOfLimit: factor } });
    bars.push(
      {
        label: `${concurrency} at a time, Sorting Office`,
        value: medianRate(runs.ours),
        note: `${(ratio * 100).toFixed(0)} %`,
        kind: 'ours',
      },
      { label: 'amqplib and mysql2 by hand', value: medianRate(runs.limit), kind: 'equal' },
    );
    rows.push(row(`${concurrency} ours`, runs.ours, ratio), row(`${concurrency} limit`, runs.limit, 1));
    if (!(ratio >= goal))
      outcome.missed.push(
        `at concurrency ${concurrency} the worker does ${(ratio * 100).toFixed(0)} % of the limit, and not ${goal * 100} %`,
      );
  }
  outcome.charts = [{ title: 'Tasks a second, beside the limit of the parts', bars }];
  outcome.tables.push({
    title: 'Tasks per second, each a row inserted and the task ended in one transaction',
    columns: ['concurrency', 'median', 'lowest', 'highest', 'of limit', 'ms of processor', 'peak MB'],
    rows,
  });
  return outcome;
}

async function once(open: () => Promise<Contender>, tasks: number, concurrency: number): Promise<Drained> {
  const contender = await open();
  try {
    return await drain(contender, tasks, concurrency);
  } finally {
    await contender.remove();
  }
}

/** The factor with which the limit is fastest. */
async function bestFactor({ servers, say }: BenchmarkContext, concurrency: number, tasks: number): Promise<number> {
  let best = { factor: 1, perSecond: 0 };
  for (const factor of prefetchFactors) {
    const { perSecond } = await once(() => limit(servers, (of) => of * factor), tasks, concurrency);
    say(
      `concurrency ${concurrency}, the limit holding ${factor} messages for each that runs: ${rounded(perSecond)} tasks/s`,
    );
    if (perSecond > best.perSecond) best = { factor, perSecond };
  }
  return best.factor;
}

const medianRate = (runs: readonly Drained[]) =>
  percentile(
    runs.map(({ perSecond }) => perSecond),
    50,
  );

function row(name: string, runs: readonly Drained[], ratio: number): (string | number)[] {
  const { median, lowest, highest } = summarize(runs.map(({ perSecond }) => perSecond));
  const cpuMs = percentile(
    runs.map((run) => run.cpuMs),
    50,
  );
  const peakMb = Math.max(...runs.map((run) => run.peakMb));
  return [
    name,
    ...[median, lowest, highest].map(rounded),
    `${(ratio * 100).toFixed(0)} %`,
    cpuMs.toFixed(2),
    peakMb.toFixed(0),
  ];
}
