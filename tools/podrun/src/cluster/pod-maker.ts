import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { mark } from '@sorting-office/stack';
import type { PodOrder } from '../controllers/deployment';
import type { Objects } from '../environment/objects';
import { Addresses } from '../network/addresses';
import type { Machine } from '../pod/machine';
import { PlacedPod } from '../pod/placed-pod';
import { Pod } from '../pod/pod';
import { makeVolumes } from '../volumes/volumes';
import type { Nodes } from './nodes';

/** Gives pods what a node would give them: an address, a folder, volumes. Whatever runs in them bears the cluster's mark. */
export class PodMaker {
  readonly #addresses: Addresses;

  /**
   * @param folder the cluster's own; claims are in it, and stay when pods go
   * @param block see Addresses
   */
  constructor(
    private readonly machine: Machine,
    private readonly folder: string,
    private readonly nodes: Nodes,
    block: number,
  ) {
    this.#addresses = new Addresses(block);
  }

  /** @throws PodrunError when it refers to what is not there, or no node takes it */
  async make({ name, labels, template: { spec } }: PodOrder, objects: Objects): Promise<PlacedPod> {
    const node = this.nodes.next();
    const folder = await mkdtemp(join(this.folder, `${name}-`));
    const pod = new Pod({
      fields: { name, ip: this.#addresses.next() },
      spec,
      objects,
      folders: await makeVolumes(spec.volumes, objects, folder, join(this.folder, 'claims')),
      machine: {
        ...this.machine,
        inject: (container, fields) => ({ ...mark(this.folder), ...this.machine.inject(container, fields) }),
      },
    });
    return new PlacedPod(pod, { node, labels, folder });
  }
}
