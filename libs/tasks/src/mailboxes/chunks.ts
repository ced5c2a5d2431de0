/** Rows looked up, or changed, with one statement. */
export const rowsPerStatement = 1000;

/** Actions that one apply_actions carries out. */
export const actionsPerTask = 100;

/** Splits a list, in its order, into parts of no more than `size`. */
export function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
