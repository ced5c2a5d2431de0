import { setFlagsFromString } from 'node:v8';

/** How much the heap may grow, in percent of what was in use, until it is collected again. */
const growingPercent = 40;

/**
 * Has V8 collect garbage before there is much of it. A task takes as long as the database needs, so that what it leaves behind has
 * outlived the young generation; left to itself, V8 lets such garbage come to a few times of what is in use before it looks.
 *
 * Takes effect with the next collection. A heap that is in use can still grow to whatever it has to.
 */
export function keepHeapSmall(): void {
  setFlagsFromString(`--heap-growing-percent=${growingPercent}`);
}
