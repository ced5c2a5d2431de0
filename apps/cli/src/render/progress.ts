/**
 * How far something is, on stderr so that stdout keeps to the result.
 *
 * ```
 *   a terminal        a bar that goes when it is over, with notes above it
 *   a pipe or a file  a line at each tenth
 *   --json, no terminal   notes alone: a program waits, and nobody watches
 * ```
 */
import cliProgress from 'cli-progress';
import type { Progress } from '../follow/progress';
import type { Surroundings } from '../surroundings';
import { styleOf, type Style } from './style';
import { printable } from './text';

export function showProgress({ stderr, env }: Pick<Surroundings, 'stderr' | 'env'>, asJson: boolean): Progress {
  const style = styleOf(stderr, env);
  if (stderr.isTTY && env['TERM'] !== 'dumb') return new ProgressBar(stderr, style);
  return asJson ? notesAlone(stderr) : progressLines(stderr);
}

const nothing = () => undefined;

const notesAlone = (stderr: Surroundings['stderr']): Progress => ({
  note: (line) => void stderr.write(`${printable(line)}\n`),
  phase: nothing,
  step: nothing,
  end: nothing,
});

const tenths = 10;

function progressLines(stderr: Surroundings['stderr']): Progress {
  const { note } = notesAlone(stderr);
  let told = 0;
  return {
    note,
    phase: note,
    step(done, total) {
      const tenth = total === 0 ? 0 : Math.floor((done / total) * tenths);
      // A sort's total grows while it is under way, so that it may fall behind what was told.
      if (tenth <= told) return;
      told = tenth;
      note(`${done} of ${total} steps (${Math.floor((done / total) * 100)} %)`);
    },
    end: nothing,
  };
}

const widestBar = 40;
/** Columns that the rest of the bar's line may take. */
const besidesBar = 40;

class ProgressBar implements Progress {
  readonly #stderr: Surroundings['stderr'];
  readonly #style: Style;
  #bar: cliProgress.SingleBar | null = null;
  #at = { done: 0, total: 0 };

  constructor(stderr: Surroundings['stderr'], style: Style) {
    this.#stderr = stderr;
    this.#style = style;
  }

  note(line: string): void {
    const shown = this.#bar !== null;
    this.end();
    this.#stderr.write(`${this.#style.colors.yellow(printable(line))}\n`);
    if (shown) this.step(this.#at.done, this.#at.total);
  }

  phase(line: string): void {
    this.end();
    this.#stderr.write(`${this.#style.colors.dim(printable(line))}\n`);
  }

  step(done: number, total: number): void {
    this.#at = { done, total };
    if (this.#bar) {
      this.#bar.setTotal(total);
      this.#bar.update(done);
      return;
    }
    this.#bar = new cliProgress.SingleBar({
      stream: this.#stderr,
      format: '{bar} {percentage} %  {value} of {total} steps',
      barsize: Math.max(10, Math.min(widestBar, this.#style.width - besidesBar)),
      barCompleteChar: '█',
      barIncompleteChar: '░',
      hideCursor: true,
      clearOnComplete: true,
      // Whoever interrupts is answered by the command, which ends the bar first.
      gracefulExit: false,
    });
    this.#bar.start(total, done);
  }

  end(): void {
    this.#bar?.stop();
    this.#bar = null;
  }
}
