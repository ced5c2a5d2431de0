import { stopMarked } from '../process/marked';
import { removeContainers } from './docker/container';

const GRACE = 10_000;

/**
 * Ends every process and container that belongs to the stack in this folder.
 * @returns how many processes there were
 */
export async function removeLeftovers(home: string): Promise<number> {
  const processes = await stopMarked(home, GRACE);
  await removeContainers(home);
  return processes;
}
