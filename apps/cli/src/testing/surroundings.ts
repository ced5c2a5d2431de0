import { PassThrough } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { interrupted } from '../errors';
import type { Surroundings } from '../surroundings';

/** A stream that remembers what was written. */
export class Captured extends PassThrough {
  readonly isTTY: boolean;
  readonly columns = 100;
  #text = '';

  constructor({ isTTY = false } = {}) {
    super();
    this.isTTY = isTTY;
    this.on('data', (chunk: Buffer) => (this.#text += chunk.toString()));
  }

  text(): string {
    return this.#text;
  }
}

export interface TestSurroundings extends Surroundings {
  readonly stdout: Captured;
  readonly stderr: Captured;
  /** What Ctrl-C does. */
  interrupt(): void;
}

/**
 * Surroundings with nothing in them, and a clock that is moved on by sleeping alone.
 *
 * @param onSleep told of every sleep with the time, in milliseconds, when it ends.
 */
export function testSurroundings(
  some: Partial<Surroundings> & { isTTY?: boolean; onSleep?: (now: number) => unknown } = {},
): TestSurroundings {
  const { isTTY = false, onSleep, ...rest } = some;
  const ending = new AbortController();
  let now = 0;
  return {
    env: {},
    cwd: '/',
    home: '/home/ivan',
    signal: ending.signal,
    interrupt: () => ending.abort(interrupted(130)),
    timing: {
      requestMs: 5000,
      patienceMs: 60_000,
      stalledMs: 20_000,
      checkMs: 5000,
      pauseMs: () => 100,
      sleep: async (ms, signal) => {
        now += ms;
        await onSleep?.(now);
        await turn(undefined, { signal });
      },
      now: () => now,
    },
    ...rest,
    stdout: new Captured({ isTTY }),
    stderr: new Captured({ isTTY }),
  };
}
