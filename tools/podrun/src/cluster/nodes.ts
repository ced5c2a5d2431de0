import { PodrunError } from '../errors';

/** Where pods are put: on one node after the other, and on none that is cordoned. */
export class Nodes {
  readonly #cordoned = new Set<string>();
  #turn = 0;

  constructor(private readonly names: readonly string[]) {}

  /** @throws PodrunError UNSUPPORTED when all are cordoned: podrun has no pods that wait for a node */
  next(): string {
    const open = this.names.filter((name) => !this.#cordoned.has(name));
    const node = open[this.#turn++ % open.length];
    if (node === undefined) throw new PodrunError('UNSUPPORTED', 'no node is left that takes pods');
    return node;
  }

  /** @throws PodrunError MISSING_REFERENCE when there is no such node, UNSUPPORTED when it is the last one that takes pods */
  cordon(name: string): void {
    if (!this.names.includes(name)) throw new PodrunError('MISSING_REFERENCE', `there is no node ${name}`);
    if (this.names.every((each) => each === name || this.#cordoned.has(each)))
      throw new PodrunError('UNSUPPORTED', `${name} is the last node that takes pods: a drain needs another one`);
    this.#cordoned.add(name);
  }

  uncordon(name: string): void {
    this.#cordoned.delete(name);
  }
}
