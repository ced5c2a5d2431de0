import picocolors from 'picocolors';
import type { Output, Surroundings } from '../surroundings';

/** How a piece of output looks: its colours, and how wide it may be. */
export interface Style {
  readonly colors: ReturnType<typeof picocolors.createColors>;
  /** Columns; infinite where nobody looks at it on a screen. */
  readonly width: number;
}

/** Colours for terminals only, unless NO_COLOR (https://no-color.org) or FORCE_COLOR say otherwise. */
export function styleOf(output: Output, env: Surroundings['env']): Style {
  const wanted = env['FORCE_COLOR'] ? env['FORCE_COLOR'] !== '0' : output.isTTY === true && env['TERM'] !== 'dumb';
  return {
    colors: picocolors.createColors(wanted && !env['NO_COLOR']),
    width: output.isTTY ? output.columns || 80 : Number.POSITIVE_INFINITY,
  };
}
