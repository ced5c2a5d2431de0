/**
 * Measures a sort of the sample beside `notmuch new` and bogofilter, which together come closest to what it does: the one indexes a mail
 * to be found, the other tells spam. And whether the worker holds more of the memory for many mails than for few.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { corpus, type Program, missingOf, provide } from '@sorting-office/stack';
import type { Benchmark, BenchmarkContext, Outcome } from '../run/benchmark';
import { percentile, summarize } from '../run/statistics';
import { rounded } from '../run/table';
import { makeMaildir } from './maildir';
import { bogofilter, notmuchNew, type Timed, trainBogofilter } from './others';
import { sortOnce, type Sorted } from './sort-once';

const programs: readonly Program[] = [
  { package: 'notmuch', has: 'notmuch', without: 'a sort is measured beside nothing' },
  { package: 'bogofilter', has: 'bogofilter', without: 'a sort is measured beside nothing' },
];

/** Of notmuch and bogofilter one after the other: what a sort must reach; a short run begins with a worker that is not warm for most of it. */
const goals = { full: 1, short: 0.6 };
const shortMails = 1500;
/** Mails whose sorts are compared by memory. */
const memorySizes = { full: [6000, 50_000], short: [1500, 6000] } as const;
/** What the larger of them may take more: a heap breathes. */
const allowed = { share: 1.15, mb: 20 };

export const sort: Benchmark = {
  name: 'sort',
  about: 'mails per second of a sort, beside notmuch and bogofilter; its memory among 6,000 and 50,000 mails',
  run: async (context) => {
    const folder = await mkdtemp(join(tmpdir(), 'bench-sort-'));
    try {
      return await measure(context, folder);
    } finally {
      await rm(folder, { recursive: true });
    }
  },
};

interface Rounds {
  dry: Sorted[];
  moving: Sorted[];
  notmuch: Timed[];
  bogofilter: Timed[];
}

async function measure(context: BenchmarkContext, folder: string): Promise<Outcome> {
  const { short, say } = context;
  await provide(programs, { say, signal: new AbortController().signal });
  const others = missingOf(programs).length === 0;
  const mails = short ? shortMails : corpus().length;
  await makeMaildir(join(folder, 'empty'), 0);
  const rounds: Rounds = { dry: [], moving: [], notmuch: [], bogofilter: [] };
  for (let round = 0; round < context.rounds; round++) {
    const [own, theirs] = [join(folder, `own-${round}`), join(folder, `theirs-${round}`)];
    await makeMaildir(own, mails);
    await makeMaildir(theirs, mails);
    const turns = [
      async () => {
        rounds.dry.push(await sortOnce(context.servers, own, { mails, dryRun: true, empty: join(folder, 'empty') }));
        rounds.moving.push(
          await sortOnce(context.servers, own, { mails, dryRun: false, empty: join(folder, 'empty') }),
        );
      },
      async () => {
        if (!others) return;
        const words = join(folder, `words-${round}`);
        await trainBogofilter(theirs, words);
        rounds.bogofilter.push(await bogofilter(theirs, words));
        rounds.notmuch.push(await notmuchNew(theirs, join(folder, `notmuch-${round}`), mails));
      },
    ];
    for (const turn of round % 2 === 0 ? turns : turns.reverse()) await turn();
    say(`round ${round + 1}: ${sentence(rounds)}`);
    for (const maildir of [own, theirs]) await rm(maildir, { recursive: true });
  }
  const speed = speedOf(rounds, short, others);
  const memory = await memoryOf(context, folder);
  return {
    tables: [...speed.tables, ...memory.tables],
    figures: { ...speed.figures, ...memory.figures },
    missed: [...speed.missed, ...memory.missed],
  };
}

const sentence = ({ dry, moving, notmuch: indexed, bogofilter: told }: Rounds): string =>
  Object.entries({ 'a dry run': dry, 'with moves': moving, notmuch: indexed, bogofilter: told })
    .map(([what, runs]) => `${what} ${rounded(runs.at(-1)?.perSecond ?? Number.NaN)} mails/s`)
    .join(', ');

function speedOf(rounds: Rounds, short: boolean, others: boolean): Outcome {
  const together = rounds.notmuch.map((indexed, round): Timed => {
    const told = rounds.bogofilter[round] ?? { perSecond: Number.NaN, cpuMs: Number.NaN };
    return { perSecond: 1 / (1 / indexed.perSecond + 1 / told.perSecond), cpuMs: indexed.cpuMs + told.cpuMs };
  });
  const goal = goals[short ? 'short' : 'full'];
  const ratio = medianOf(rounds.dry, 'perSecond') / medianOf(together, 'perSecond');
  return {
    tables: [
      {
        title:
          'Mails per second of the sample, none of them seen before, and what each takes of a processor in milliseconds',
        columns: ['', 'median', 'lowest', 'highest', 'own ms', "the database's ms", 'peak MB'],
        rows: [
          ownRow('a dry run', rounds.dry),
          ownRow('with moves', rounds.moving),
          ...(others
            ? [
                [...row('notmuch new', rounds.notmuch), '', ''],
                [...row('bogofilter', rounds.bogofilter), '', ''],
                [...row('notmuch, then bogofilter', together), '', ''],
              ]
            : []),
        ],
      },
    ],
    figures: { ...rounds, ratioToOthers: others ? ratio : null },
    missed:
      others && !(ratio >= goal)
        ? [`a sort does ${(ratio * 100).toFixed(0)} % of what notmuch and bogofilter do, and not ${goal * 100} %`]
        : [],
  };
}

const medianOf = <Key extends string>(runs: readonly Record<Key, number | null>[], key: Key): number =>
  percentile(
    runs.map((run) => run[key] ?? Number.NaN),
    50,
  );

function row(name: string, runs: readonly Timed[]): string[] {
  const { median, lowest, highest } = summarize(runs.map(({ perSecond }) => perSecond));
  return [name, ...[median, lowest, highest].map(rounded), medianOf(runs, 'cpuMs').toFixed(2)];
}

const ownRow = (name: string, sorts: readonly Sorted[]): string[] => [
  ...row(name, sorts),
  rounded(medianOf(sorts, 'databaseMs')),
  Math.max(...sorts.map(({ peakMb }) => peakMb)).toFixed(0),
];

async function memoryOf({ servers, short, say }: BenchmarkContext, folder: string): Promise<Outcome> {
  const sorts: { mails: number; sorted: Sorted }[] = [];
  for (const mails of memorySizes[short ? 'short' : 'full']) {
    const maildir = join(folder, `memory-${mails}`);
    await makeMaildir(maildir, mails);
    const sorted = await sortOnce(servers, maildir, { mails, dryRun: true, empty: join(folder, 'empty') });
    sorts.push({ mails, sorted });
    say(`${mails} mails: ${sorted.peakMb.toFixed(0)} MB at the most, ${sorted.steadyMb.toFixed(0)} half of the time`);
    await rm(maildir, { recursive: true });
  }
  const [few, many] = [sorts[0]?.sorted, sorts.at(-1)?.sorted];
  const flat =
    few !== undefined &&
    many !== undefined &&
    many.steadyMb <= Math.max(few.steadyMb * allowed.share, few.steadyMb + allowed.mb);
  return {
    tables: [
      {
        title: 'Memory of the worker that sorts so many mails, in MB',
        columns: ['mails', 'peak', 'steady', 'mails/s'],
        rows: sorts.map(({ mails, sorted }) => [
          mails,
          ...[sorted.peakMb, sorted.steadyMb, sorted.perSecond].map((value) => value.toFixed(0)),
        ]),
      },
    ],
    figures: { memory: sorts },
    missed: flat
      ? []
      : [
          `a sort of ${sorts.at(-1)?.mails} mails holds ${many?.steadyMb.toFixed(0)} MB, and one of ${sorts[0]?.mails} ${few?.steadyMb.toFixed(0)}`,
        ],
  };
}
