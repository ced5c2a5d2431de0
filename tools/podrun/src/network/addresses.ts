import { PodrunError } from '../errors';

/** Pods' addresses, 127.BLOCK.x.y: each is given once, since a pod's address is part of what its peers remember. */
export class Addresses {
  #given = 0;

  /** @param block 1 to 254; two clusters at once on a machine want different ones */
  constructor(private readonly block: number) {}

  /** @throws PodrunError UNSUPPORTED when there is none left */
  next(): string {
    const number = ++this.#given;
    if (number >= 255 * 256) throw new PodrunError('UNSUPPORTED', `127.${String(this.block)} has no address left`);
    return `127.${String(this.block)}.${String(number >> 8)}.${String(number & 255)}`;
  }
}
