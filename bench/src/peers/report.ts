import type { Chart } from '../run/picture';
import { type Latency, percentile, summarize } from '../run/statistics';
import { rounded, type Table } from '../run/table';
import { type Entrant, oursKey } from './entrant';
import type { Standing } from './verdict';

const rateOf = ({ runs }: Entrant) => summarize(runs.map(({ perSecond }) => perSecond));

/** How everybody stands beside us at the same concurrency. */
export function standingsOf(entrants: readonly Entrant[]): Standing[] {
  const we = new Map(entrants.filter(({ key }) => key === oursKey).map((entrant) => [entrant.concurrency, entrant]));
  return entrants.flatMap((entrant) => {
    const { key, name, concurrency, atomic, goal } = entrant;
    const beside = we.get(concurrency);
    if (beside === undefined || beside === entrant) return [];
    const ratio = rateOf(beside).median / rateOf(entrant).median;
    return [{ key: `${key}C${concurrency}`, name, concurrency, atomic, goal, ratio }];
  });
}

/** What everybody did at one concurrency. */
export function throughputTable(concurrency: number, entrants: readonly Entrant[]): Table {
  const ratios = new Map(standingsOf(entrants).map(({ name, ratio }) => [name, ratio]));
  return {
    title: `Tasks per second at concurrency ${concurrency}; atomic: the task ends in the transaction of its row`,
    columns: ['', 'atomic', 'median', 'lowest', 'highest', 'ours/theirs', 'ms of processor', 'peak MB'],
    rows: entrants.map((entrant) => {
      const { name, atomic, runs } = entrant;
      const { median, lowest, highest } = rateOf(entrant);
      const cpuMs = percentile(
        runs.map((run) => run.cpuMs),
        50,
      );
      const peakMb = Math.max(...runs.map((run) => run.peakMb));
      return [
        ...[name, atomic ? 'yes' : 'no', ...[median, lowest, highest, ratios.get(name) ?? 1].map(rounded)],
        ...[cpuMs.toFixed(2), peakMb.toFixed(0)],
      ];
    }),
  };
}

/** The same, to be drawn. */
export function throughputChart(concurrency: number, entrants: readonly Entrant[]): Chart {
  return {
    title: `Tasks a second at concurrency ${concurrency}; pale: a task may be done twice`,
    bars: entrants.map((entrant) => {
      const kind = entrant.key === oursKey ? 'ours' : entrant.atomic ? 'equal' : 'lesser';
      return { label: entrant.name, value: rateOf(entrant).median, kind };
    }),
  };
}

/** @param latencyMs by the names of those whose it is */
export function latencyTable(latencyMs: Readonly<Record<string, Latency>>): Table {
  return {
    title: 'Milliseconds from when a task is begun to be sent until its row is inserted, with nothing else to do',
    columns: ['', 'p50', 'p95', 'p99'],
    rows: Object.entries(latencyMs).map(([name, { p50, p95, p99 }]) => [name, ...[p50, p95, p99].map(rounded)]),
  };
}
