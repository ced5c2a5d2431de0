import { freePort, isFree } from '../process/free-port';

const TRIES = 5;

/**
 * Starts something on free ports of 127.0.0.1, and again on others if somebody else took one of them in between.
 * @throws what `start` threw, when the ports were not to blame.
 */
export async function onFreePorts<N extends 1 | 5>(count: N, start: (ports: Ports[N]) => Promise<void>): Promise<void> {
  for (let left = TRIES; ; left--) {
    const ports = await Promise.all(Array.from({ length: count }, freePort));
    try {
      await start(ports as Ports[N]);
      return;
    } catch (error) {
      const free = await Promise.all(ports.map(isFree));
      if (left === 1 || free.every(Boolean)) throw error;
    }
  }
}

interface Ports {
  1: [number];
  5: [number, number, number, number, number];
}
