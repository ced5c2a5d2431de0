import { AsyncLocalStorage } from 'node:async_hooks';
import { audit, type Bearer, type Database, type Deed } from '@sorting-office/db';
import type { Logger } from '@sorting-office/telemetry';
import type { Request, Response } from 'express';
import { Problem } from '../http/problem';
import type { RouteAnswer } from '../http/route';
import { addressOf } from './address';

interface Following {
  /** What it is by now: who opens a session is known half-way. */
  readonly deed: () => Deed;
  written: boolean;
}

/**
 * The log of who did what. A request's first transaction that commits has the entry in it; what needs none has an entry of its own,
 * as has what was refused.
 */
export class AuditTrail {
  readonly #plain: Database;
  readonly #log: Logger;
  readonly #requests = new AsyncLocalStorage<Following>();
  /** What routes use: its transactions carry the entry of the request that they belong to. */
  readonly database: Database;

  constructor(database: Database, log: Logger) {
    this.#plain = database;
    this.#log = log;
    this.database = database.patient().escorted(async (run, about) => {
      const following = this.#requests.getStore();
      if (!following || following.written) return run(() => Promise.resolve());
      const result = await run((db) => {
        const deed = following.deed();
        return audit(db, { ...deed, object: about ?? deed.object });
      });
      following.written = true;
      return result;
    });
  }

  /** Runs what a route does, and notes it under its action. Routes without one are not noted. */
  async follow(
    action: string | undefined,
    request: Request,
    response: Response,
    run: () => Promise<RouteAnswer>,
  ): Promise<RouteAnswer> {
    if (action === undefined) return run();
    const deed = () => deedOf(action, request, response);
    const following: Following = { deed, written: false };
    return this.#requests.run(following, async () => {
      try {
        const answer = await run();
        const object = deed().object ?? answer.location?.split('/').at(-1) ?? null;
        if (!following.written) await this.#add({ ...deed(), object });
        return answer;
      } catch (error) {
        // Nothing can be noted during an outage, and nothing was done then. Whoever is nobody is for the limits to count.
        const { accountId } = deed();
        if (accountId !== null && error instanceof Problem && error.status < 500)
          await this.#add({ ...deed(), outcome: error.code });
        throw error;
      }
    });
  }

  async #add(deed: Deed): Promise<void> {
    try {
      await this.#plain.transaction((db) => audit(db, deed));
    } catch (error) {
      // What was done is done, and an error would have it done again.
      this.#log.error({ err: error, deed }, 'this could not be written to the audit log');
    }
  }
}

function deedOf(action: string, request: Request, response: Response): Deed {
  const { accountId, tokenId, sessionId } = response.locals as Partial<Bearer>;
  const { id, name } = request.params;
  const object = id ?? name;
  return {
    accountId: accountId ?? null,
    tokenId: tokenId ?? null,
    sessionId: sessionId ?? null,
    action,
    object: typeof object === 'string' ? object.slice(0, 190) : null,
    outcome: 'done',
    requestId: response.locals['requestId'] as string,
    address: addressOf(request),
  };
}
