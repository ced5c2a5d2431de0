import { type Bearer, type Database, noteUse, type Recognised } from '@sorting-office/db';

/** Notes when tokens and sessions were used, about once a minute, and beside the requests: none waits for it or fails by it. */
export class UseNotes {
  readonly #database: Database;
  readonly #underWay = new Map<string, Promise<void>>();

  constructor(database: Database) {
    this.#database = database;
  }

  note({ bearer, stale }: Recognised): void {
    const key = keyOf(bearer);
    if (!stale || this.#underWay.has(key)) return;
    const noted = this.#database
      .transaction((db) => noteUse(db, bearer))
      .catch(() => {
        // The next request of it tries again.
      })
      .finally(() => this.#underWay.delete(key));
    this.#underWay.set(key, noted);
  }

  /** Resolves once nothing is being written any more: call it after the last request, and before the database is closed. */
  async settled(): Promise<void> {
    await Promise.all(this.#underWay.values());
  }
}

const keyOf = ({ tokenId, sessionId }: Bearer): string => sessionId ?? tokenId;
