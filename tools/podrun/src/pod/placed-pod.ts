import { rm } from 'node:fs/promises';
import type { Pod } from './pod';

export interface Place {
  readonly node: string;
  readonly labels: Readonly<Record<string, string>>;
  /** The pod's own on this disk. */
  readonly folder: string;
}

/** A pod with its place in a cluster. Its folder goes with it. */
export class PlacedPod {
  #removed: Promise<void> | undefined;

  constructor(
    readonly pod: Pod,
    private readonly place: Place,
  ) {}

  get name(): string {
    return this.pod.fields.name;
  }

  get node(): string {
    return this.place.node;
  }

  get labels(): Readonly<Record<string, string>> {
    return this.place.labels;
  }

  /** Stops it, and resolves when nothing of it is left. */
  remove(): Promise<void> {
    return (this.#removed ??= this.#remove());
  }

  async #remove(): Promise<void> {
    await this.pod.stop();
    await rm(this.place.folder, { recursive: true });
  }
}
