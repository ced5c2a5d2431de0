/** Everything random in this suite comes from here, so that a run can be repeated with its seed. */
export interface Random {
  /** What FAULT_SEED has to say to have the same again. */
  readonly seed: number;
  /** From 0 up to, and not including, 1. */
  next(): number;
  /** A whole number from `from` to `to`, both included. */
  int(from: number, to: number): number;
  /** One of several. */
  pick<T>(from: readonly [T, ...T[]]): T;
}

/** Seeded by FAULT_SEED, else by chance. */
export function seededRandom(given = process.env['FAULT_SEED']): Random {
  const seed = given === undefined ? Math.floor(Math.random() * 2 ** 32) : Number(given) >>> 0;
  const next = mulberry32(seed);
  const int = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  return { seed, next, int, pick: (from) => from[int(0, from.length - 1)] ?? from[0] };
}

/** Tommy Ettinger's generator: 32 bits of state, good enough to choose victims. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
