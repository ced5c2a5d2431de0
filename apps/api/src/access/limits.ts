import type { Bearer } from '@sorting-office/db';
import { ipKeyGenerator, rateLimit, type RateLimitRequestHandler } from 'express-rate-limit';
import type { RequestHandler } from 'express';
import { Problem } from '../http/problem';

const windowMs = 60_000;
const passOn: RequestHandler = (_request, _response, next) => next();

/** Counts what each token asks, by itself and in its sessions. 0 lets everything through. */
export function limitRequests(perMinute: number): RequestHandler {
  if (perMinute === 0) return passOn;
  return rateLimit({
    windowMs,
    limit: perMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    keyGenerator: (_request, response) => (response.locals as Bearer).tokenId,
    handler: (_request, _response, next) =>
      next(new Problem(429, 'RATE_LIMITED', `more than ${perMinute} requests in a minute: wait as Retry-After says`)),
  });
}

/** Counts the requests of each address that were nobody's. */
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
            // The failure that is one too many has its own answer still; the next request is refused.
            handler: (_request, _response, next) => next(),
          });
  }

  /** Refuses an address that has failed too often, before the database is asked. */
  readonly check: RequestHandler = async (request, response, next) => {
    const count = await this.#limiter?.getKey(ipKeyGenerator(request.ip ?? 'unknown'));
    if (count && count.totalHits >= this.#perMinute) {
      const left = Math.max(1, Math.ceil(((count.resetTime?.getTime() ?? Date.now()) - Date.now()) / 1000));
      response.setHeader('retry-after', String(left));
      response.setHeader('ratelimit', `"failed-auth"; r=0; t=${left}`);
      response.setHeader('ratelimit-policy', `"failed-auth"; q=${this.#perMinute}; w=60`);
      throw new Problem(429, 'AUTH_RATE_LIMITED', 'too many requests without a valid token from this address');
    }
    next();
  };

  /** Counts a failure. */
  readonly count: RequestHandler = async (request, response, next) => {
    if (this.#limiter) await this.#limiter(request, response, next);
    else next();
  };
}
