import { pause } from '../process/pause';

/** What counts of a pod: whether it is ready, and when that may have changed. */
interface Readiness {
  readonly ready: boolean;
  on(event: 'change', look: () => void): unknown;
}

/** Whether a pod has been ready without a break for so long that it counts (minReadySeconds). */
export class Availability {
  #since: AbortController | undefined;
  #available = false;

  constructor(
    private readonly pod: Readiness,
    private readonly milliseconds: number,
    private readonly tell: () => void,
  ) {
    pod.on('change', () => this.#look());
  }

  get available(): boolean {
    return this.#available && this.pod.ready;
  }

  #look(): void {
    if (!this.pod.ready) {
      this.#since?.abort();
      this.#since = undefined;
      this.#available = false;
    } else this.#since ??= this.#wait();
  }

  #wait(): AbortController {
    const since = new AbortController();
    void pause(this.milliseconds, since.signal).then(() => {
      if (since.signal.aborted) return;
      this.#available = true;
      this.tell();
    });
    return since;
  }
}
