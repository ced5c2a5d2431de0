import { setTimeout as wait } from 'node:timers/promises';

/** A stream that text is written to: a terminal, a pipe or a file. */
export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
  /** Width of the terminal, in characters. */
  readonly columns?: number | undefined;
}

/** How long things may take, in milliseconds, and the clock that says so. */
export interface Timing {
  /** One request to the API, from its first byte to the answer's last. */
  readonly requestMs: number;
  /** How long an API may be away in the middle of something. */
  readonly patienceMs: number;
  /** How long nothing has to happen until it is worth a word. */
  readonly stalledMs: number;
  /** One check of the doctor. */
  readonly checkMs: number;
  /** The pause after look number `look`, which counts from 0. */
  readonly pauseMs: (look: number) => number;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<unknown>;
  readonly now: () => number;
}

export const realTiming: Timing = {
  requestMs: 10_000,
  patienceMs: 60_000,
  stalledMs: 20_000,
  checkMs: 8_000,
  pauseMs: (look) => Math.min(500, 50 * 2 ** Math.min(look, 10)),
  sleep: (ms, signal) => wait(ms, undefined, { signal }),
  now: () => performance.now(),
};

/** Everything outside of the CLI that it reads from and writes to. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly home: string;
  readonly stdout: Output;
  readonly stderr: Output & NodeJS.WritableStream;
  /** Aborted, with an OfficeError as its reason, when the user or the system wants an end. */
  readonly signal: AbortSignal;
  readonly timing: Timing;
}
