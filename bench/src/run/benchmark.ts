import type { Servers } from '@sorting-office/stack';
import type { Chart } from './picture';
import type { Table } from './table';

/** What a benchmark works with. */
export interface BenchmarkContext {
  /** A database and a broker that lose nothing when the machine does. */
  servers: Servers;
  /** A smaller measurement, for a machine that has other things to do: fewer tasks and rounds. */
  short: boolean;
  /** How often each kind of run takes its turn. */
  rounds: number;
  /** Aborts when the run is interrupted: what a benchmark has started beside the servers has to end then. */
  signal: AbortSignal;
  /** How long a soak is to take, in minutes; null: as long as it usually does. */
  minutes: number | null;
  /** Tells in one line what goes on. */
  say: (line: string) => void;
}

/** What came of a benchmark. */
export interface Outcome {
  tables: Table[];
  /** What `--picture` draws. */
  charts?: Chart[];
  /** What `--json` writes under the benchmark's name; `ratioTo…` is written at the top as well. */
  figures: Record<string, unknown>;
  /** Goals that were missed, in words; the run then ends with 1. */
  missed: string[];
}

/** One thing that is measured: `npm run bench -- --only NAME`. */
export interface Benchmark {
  name: string;
  /** One line for `--help`. */
  about: string;
  run(context: BenchmarkContext): Promise<Outcome>;
}
