import { z } from 'zod';
import type { Address } from '../config/addresses';
import { OfficeError } from '../errors';
import { reasonOf } from '../reason';
import { ApiAwayError, unknownAnswer } from './errors';
import { page, problem } from './schemas';

export interface OfficeApiOptions {
  readonly api: Address;
  readonly token: string;
  /** Ends every request under way, with its reason. */
  readonly signal: AbortSignal;
  /** How long a request may take, in milliseconds. */
  readonly requestMs: number;
  /** Told that the API wants it to wait, in milliseconds; resolves once it has. Without it nothing is waited for. */
  readonly onBusy?: (ms: number) => Promise<void>;
}

/** How often a request waits because the API has had too many. */
const patience = 5;
/** And how long at most, in milliseconds: the API counts by the minute. */
const longestWaitMs = 61_000;

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export interface Ask {
  readonly body?: unknown;
  /** Instead of a body. */
  readonly form?: FormData;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Requests and answers: sent with the token, checked against schemas. All of it throws OfficeError: `API_AWAY` (as ApiAwayError) when
 * asking again later may help, `ANSWER_UNKNOWN`, or the code of the problem that the API answers with.
 */
export class Exchange {
  readonly #options: OfficeApiOptions;

  constructor(options: OfficeApiOptions) {
    this.#options = options;
  }

  /** Every item of a list, page after page. */
  async everything<Item extends z.ZodType>(path: string, item: Item): Promise<z.output<Item>[]> {
    const all: z.output<Item>[] = [];
    let cursor: string | null = null;
    do {
      const query: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const { body } = await this.ask('GET', `${path}?limit=200${query}`, page(item));
      all.push(...body.items);
      cursor = body.next;
    } while (cursor !== null);
    return all;
  }

  /** Asks for something that is answered with nothing: status 204. */
  async tell(method: string, path: string): Promise<void> {
    const answer = await this.#request(method, path, {});
    if (answer.status >= 300) throw this.#refusal(`${method} ${path}`, answer);
    if (answer.status !== 204) throw unknownAnswer(`${method} ${path}`, `status ${answer.status}, and not 204`);
  }

  /** Asks for what a schema describes. */
  async ask<Schema extends z.ZodType>(
    method: string,
    path: string,
    schema: Schema,
    ask: Ask = {},
  ): Promise<{ status: number; body: z.output<Schema> }> {
    const answer = await this.#request(method, path, ask);
    const what = `${method} ${path.replace(/\?.*/, '')}`;
    if (answer.status >= 300) throw this.#refusal(what, answer);
    const body = schema.safeParse(parseJson(answer.text));
    if (!body.success) throw unknownAnswer(what, oneLine(z.prettifyError(body.error)));
    return { status: answer.status, body: body.data };
  }

  /** Nothing was done of what was refused for being too much: it may be asked again, whatever it is. */
  async #request(method: string, path: string, ask: Ask): Promise<Answer> {
    for (let left = patience; ; left--) {
      const answer = await this.#requestOnce(method, path, ask);
      const ms = answer.status === 429 ? retryAfter(answer.headers) : null;
      const { onBusy } = this.#options;
      if (ms === null || !onBusy || left === 0) return answer;
      await onBusy(Math.min(ms, longestWaitMs));
    }
  }

  async #requestOnce(method: string, path: string, { body, form, headers }: Ask): Promise<Answer> {
    const { api, token, signal, requestMs } = this.#options;
    try {
      const response = await fetch(api.url.replace(/\/+$/, '') + path, {
        method,
        signal: AbortSignal.any([signal, AbortSignal.timeout(requestMs)]),
        headers: {
          authorization: `Bearer ${token}`,
          accept: 'application/json',
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        ...(form && { body: form }),
      });
      return { status: response.status, headers: response.headers, text: await response.text() };
    } catch (error) {
      signal.throwIfAborted();
      throw new ApiAwayError(`the API at ${api.url} does not answer: ${reasonOf(error)}`, {
        retryAfterMs: null,
        cause: error,
        hints: [`Is it running? Its address is from ${api.from}. \`npm start\` starts everything.`],
      });
    }
  }

  #refusal(what: string, { status, headers, text }: Answer): OfficeError {
    const said = problem.safeParse(parseJson(text));
    if ([502, 503, 504].includes(status)) {
      const reason = said.success ? said.data.detail : `status ${status}`;
      return new ApiAwayError(`the API at ${this.#options.api.url} is not ready: ${reason}`, {
        retryAfterMs: retryAfter(headers),
        hints: ['`office doctor` looks for the reason.'],
      });
    }
    if (!said.success) return unknownAnswer(what, `status ${status}, and no problem+json`);
    const { code, detail, errors } = said.data;
    return new OfficeError(code, detail, { details: errors });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // No schema takes undefined, so that this becomes the error of an unknown answer.
    return undefined;
  }
}

const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ').trim();

/** Seconds, as our API has them. Proxies may send a date instead: then the usual pause does. */
function retryAfter(headers: Headers): number | null {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null;
}
