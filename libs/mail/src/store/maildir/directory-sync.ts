// Makes the entries of a directory survive a power cut. Moves that run at the same time share one fsync, because each
// one waits for the disk: callers that arrive while it runs are served together by the next one.
import { open } from 'node:fs/promises';
import { errnoOf } from './listing';

/** File systems that cannot sync a directory say so with one of these; there is nothing more to be done there. */
const UNSUPPORTED = ['EINVAL', 'ENOTSUP', 'EPERM', 'EISDIR', 'EBADF'];

export class DirectorySync {
  readonly #running = new Map<string, Promise<void>>();
  readonly #next = new Map<string, Promise<void>>();

  /** Resolves once everything done in the directory before the call is on disk. */
  sync(directory: string): Promise<void> {
    const next = this.#next.get(directory);
    if (next) return next;
    const running = this.#running.get(directory);
    if (!running) return this.#start(directory);
    const queued = running
      .catch(() => undefined) // its own callers hear of that failure; this round tries again
      .then(() => {
        this.#next.delete(directory);
        return this.#start(directory);
      });
    this.#next.set(directory, queued);
    return queued;
  }

  #start(directory: string): Promise<void> {
    const run = syncDirectory(directory).finally(() => this.#running.delete(directory));
    this.#running.set(directory, run);
    return run;
  }
}

async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } catch (error) {
    if (!UNSUPPORTED.includes(errnoOf(error) ?? '')) throw error;
  } finally {
    await handle.close();
  }
}
