import { rmSync } from 'node:fs';
import { writeOwned } from '../servers/owned-file';

/** What `.stack/running.json` tells scripts about a stack that runs. */
export interface Running {
  readonly apiUrl: string;
  readonly workerHealthUrl: string;
  readonly token: string;
  readonly databaseUrl: string;
  readonly amqpUrl: string;
  readonly managementUrl: string;
  /** Null while it is down, and for a server that is not ours. */
  readonly pids: Readonly<Record<string, number | null>>;
}

/** The file, from the moment that everything is ready until it is stopped. */
export class RunningFile {
  #current: Running | undefined;

  constructor(private readonly path: string) {
    rmSync(path, { force: true }); // Left by one that was killed.
  }

  /** Everything is ready. */
  write(running: Running): void {
    this.#current = running;
    writeOwned(this.path, `${JSON.stringify(running, undefined, 2)}\n`, undefined);
  }

  /** Something ended or runs again; no matter before everything was ready. */
  updatePids(pids: Running['pids']): void {
    if (this.#current) this.write({ ...this.#current, pids });
  }

  remove(): void {
    this.#current = undefined;
    rmSync(this.path, { force: true });
  }
}
