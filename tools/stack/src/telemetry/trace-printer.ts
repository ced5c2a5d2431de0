import type { ReceivedSpan } from './otlp';
import { traceTree } from './trace-tree';

/** Most spans that are kept of one trace; of a trace that is longer the rest is printed in trees of its own. */
const maxSpans = 5000;

export interface TracePrinterOptions {
  print: (text: string) => void;
  /** How long a trace must have been quiet to count as finished, in milliseconds. */
  quietMs?: number;
}

/** Prints each trace once nothing more comes of it. What comes later all the same is printed then, as far as it can be told apart. */
export class TracePrinter {
  readonly #print: (text: string) => void;
  readonly #quietMs: number;
  readonly #open = new Map<string, { spans: ReceivedSpan[]; timer: NodeJS.Timeout }>();

  constructor({ print, quietMs = 3000 }: TracePrinterOptions) {
    this.#print = print;
    this.#quietMs = quietMs;
  }

  add(spans: readonly ReceivedSpan[]): void {
    for (const span of spans) {
      const trace = this.#open.get(span.traceId);
      clearTimeout(trace?.timer);
      const all = trace?.spans ?? [];
      all.push(span);
      const timer = setTimeout(() => this.#finish(span.traceId), this.#quietMs);
      this.#open.set(span.traceId, { spans: all, timer });
      if (all.length === maxSpans) this.#finish(span.traceId);
    }
  }

  /** Prints what is left. */
  flush(): void {
    for (const id of [...this.#open.keys()]) this.#finish(id);
  }

  #finish(id: string): void {
    const trace = this.#open.get(id);
    if (!trace) return;
    clearTimeout(trace.timer);
    this.#open.delete(id);
    this.#print(traceTree(trace.spans));
  }
}
