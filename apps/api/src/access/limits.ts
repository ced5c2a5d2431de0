import type { Bearer } from '@sorting-office/db';
import { ipKeyGenerator, rateLimit, type RateLimitRequestHandler } from 'express-rate-limit';
import type { Request, RequestHandler, Response } from 'express';
import { Problem } from '../http/problem';
import { addressOf } from './address';

const windowMs = 60_000;
const passOn: RequestHandler = (_request, _response, next) => next();

/** Counts what each token asks, by itself and in its sessions. 0 lets everything through. */
export class RequestLimit {
  /** Counts a request of somebody who was recognised. */
  readonly handler: RequestHandler;

  constructor(perMinute: number) {
    this.handler =
      perMinute === 0
        ? passOn
        : rateLimit({
            windowMs,
            limit: perMinute,
            standardHeaders: 'draft-8',
            legacyHeaders: false,
            keyGenerator: (_request, response) => (response.locals as Bearer).tokenId,
            handler: (_request, _response, next) =>
              next(
                new Problem(
                  429,
                  'RATE_LIMITED',
                  `more than ${perMinute} requests in a minute: wait as Retry-After says`,
                ),
              ),
          });
  }

  /** The same in the middle of a route. @throws Problem RATE_LIMITED */
  async count(request: Request, response: Response): Promise<void> {
    let refused: unknown;
    await this.handler(request, response, (error?: unknown) => (refused = error));
    if (refused instanceof Error) throw refused;
  }
}

/** Counts the wrong tokens that each address sends, as a bearer or to open a session. */
export class FailureLimit {
  readonly #limiter: RateLimitRequestHandler | null;
  readonly #perMinute: number;

  constructor(perMinute: number) {
    this.#perMinute = perMinute;
    this.#limiter =
      perMinute === 0
        ? null
        : rateLimit({
            windowMs,
            limit: perMinute,
            standardHeaders: false,
            legacyHeaders: false,
            keyGenerator: keyOf,
            // The failure that is one too many has its own answer still; the next request is refused.
            handler: (_request, _response, next) => next(),
          });
  }

  /** Refuses an address that has failed too often, before the database is asked. */
  readonly check: RequestHandler = async (request, response, next) => {
    const count = await this.#limiter?.getKey(keyOf(request));
    if (count && count.totalHits >= this.#perMinute) {
      const left = Math.max(1, Math.ceil(((count.resetTime?.getTime() ?? Date.now()) - Date.now()) / 1000));
      response.setHeader('retry-after', String(left));
      response.setHeader('ratelimit', `"failed-auth"; r=0; t=${left}`);
      response.setHeader('ratelimit-policy', `"failed-auth"; q=${this.#perMinute}; w=60`);
      throw new Problem(429, 'AUTH_RATE_LIMITED', 'too many wrong tokens from this address');
    }
    next();
  };

  /**
   * Counts what a request failed with, if it is a wrong token. Nothing else is a guess: a page that is left open goes on asking with
   * the cookie of a session that is over, or with none, and would lock out whoever has opened it.
   */
  async count(error: unknown, request: Request, response: Response): Promise<void> {
    if (error instanceof Problem && error.code === 'TOKEN_INVALID')
      await this.#limiter?.(request, response, () => undefined);
  }
}

const keyOf = (request: Request): string => ipKeyGenerator(addressOf(request));
