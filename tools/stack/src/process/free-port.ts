import { randomInt } from 'node:crypto';
import getPort from 'get-port';

// Below the range that systems hand out to outgoing connections: a client that tries to reach a server which is down could
// otherwise be given the server's own port, and connect to itself.
const LOWEST = 20_000;
const HIGHEST = 30_000;
const CANDIDATES = 50;

/** A TCP port that nobody listens on at 127.0.0.1, chosen at random so that two stacks hardly meet. */
export async function freePort(): Promise<number> {
  const candidates = Array.from({ length: CANDIDATES }, () => randomInt(LOWEST, HIGHEST));
  return getPort({ port: candidates, host: '127.0.0.1' });
}

/** True when a listener could be opened on the port. */
export async function isFree(port: number): Promise<boolean> {
  return (await getPort({ port, host: '127.0.0.1' })) === port;
}
