import { z } from 'zod';
import type { Address } from '../config/addresses';
import { OfficeError } from '../errors';
import { reasonOf } from '../reason';
import { ApiAwayError, unknownAnswer } from './errors';
import {
  mail,
  type Mail,
  type DeadLetter,
  deadLetter,
  type DeadLetters,
  deadLetters,
  mailbox,
  type Mailbox,
  page,
  type KeptSearch,
  keptSearch,
  problem,
  redispatched,
  type Replayed,
  replayed,
  sortedOut,
  schedule,
  type Schedule,
  searchAnswer,
  type SearchAnswer,
  task,
  type Task,
  taskDetail,
  type TaskDetail,
} from './schemas';

export interface OfficeApiOptions {
  readonly api: Address;
  readonly token: string;
  /** Ends every request under way, with its reason. */
  readonly signal: AbortSignal;
  /** How long a request may take, in milliseconds. */
  readonly requestMs: number;
}

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

interface Ask {
  readonly body?: unknown;
  /** Instead of a body. */
  readonly form?: FormData;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Which mailbox is searched, how many mails are to be listed, and where "yesterday" is said. */
export interface SearchTerms {
  readonly mailboxId: string;
  readonly limit: number;
  readonly timezone: string;
}

/** How long the API is to wait for a search, in seconds; within the time that a request may take. */
const searchSeconds = 5;

/**
 * The API's routes as functions, each with one request. All of them throw OfficeError: `API_AWAY` (as ApiAwayError) when asking
 * again later may help, `ANSWER_UNKNOWN`, or the code of the problem that the API answers with.
 */
export class OfficeApi {
  readonly #options: OfficeApiOptions;

  constructor(options: OfficeApiOptions) {
    this.#options = options;
  }

  /** Connects a Maildir; one that was connected before stays as it is. */
  async connectMailbox(input: {
    name: string;
    path: string;
    addresses: readonly string[];
  }): Promise<{ mailbox: Mailbox; isNew: boolean }> {
    const { status, body } = await this.#ask('POST', '/api/mailboxes', mailbox, { body: input });
    return { mailbox: body, isNew: status === 201 };
  }

  /** Every mailbox of the account, the newest first. */
  mailboxes(): Promise<Mailbox[]> {
    return this.#everything('/api/mailboxes', mailbox);
  }

  /**
   * Enqueues a task. Asking again with the same key is harmless; `isNew` is false when it, or the same work, was queued before.
   */
  async enqueue(name: string, payload: unknown, key: string): Promise<{ task: TaskDetail; isNew: boolean }> {
    const { status, body } = await this.#ask('POST', `/api/tasks/${encodeURIComponent(name)}`, taskDetail, {
      body: payload,
      headers: { 'idempotency-key': key },
    });
    return { task: body, isNew: status === 202 };
  }

  /** A task, or null when there is none of this id. */
  async findTask(id: string): Promise<TaskDetail | null> {
    try {
      return await this.showTask(id);
    } catch (error) {
      if (error instanceof OfficeError && error.code === 'NOT_FOUND') return null;
      throw error;
    }
  }

  async showTask(id: string): Promise<TaskDetail> {
    return (await this.#ask('GET', `/api/tasks/${encodeURIComponent(id)}`, taskDetail)).body;
  }

  async showMail(id: string): Promise<Mail> {
    return (await this.#ask('GET', `/api/mails/${encodeURIComponent(id)}`, mail)).body;
  }

  /** Tasks, the newest first; `next` is null when there are no more than these. */
  async listTasks(query: Readonly<Record<string, string>>): Promise<{ items: Task[]; next: string | null }> {
    const parameters = new URLSearchParams(query).toString();
    return (await this.#ask('GET', `/api/tasks?${parameters}`, page(task))).body;
  }

  /**
   * Searches a mailbox by text or by a recording, and waits a little for the result. Asking again with the same key is harmless.
   */
  async search(
    terms: SearchTerms,
    what: { text: string } | { audio: Uint8Array<ArrayBuffer> },
    key: string,
  ): Promise<SearchAnswer> {
    const headers = { 'idempotency-key': key };
    const path = `/api/searches?wait=${searchSeconds}`;
    if ('text' in what)
      return (await this.#ask('POST', path, searchAnswer, { body: { ...terms, ...what }, headers })).body;
    const form = new FormData();
    for (const [name, value] of Object.entries(terms)) form.set(name, String(value));
    form.set('audio', new Blob([what.audio]), 'recording');
    return (await this.#ask('POST', path, searchAnswer, { form, headers })).body;
  }

  /** Asks the words of a search again, as a new one. */
  async repeatSearch(id: string, key: string): Promise<SearchAnswer> {
    const path = `/api/searches/${encodeURIComponent(id)}/repeat?wait=${searchSeconds}`;
    return (await this.#ask('POST', path, searchAnswer, { headers: { 'idempotency-key': key } })).body;
  }

  /** The searches that are kept, the newest first; `next` is null when there are no more than these. */
  async listSearches(limit: number): Promise<{ items: KeptSearch[]; next: string | null }> {
    return (await this.#ask('GET', `/api/searches?limit=${limit}`, page(keptSearch))).body;
  }

  async forgetSearch(id: string): Promise<void> {
    await this.#tell('DELETE', `/api/searches/${encodeURIComponent(id)}`);
  }

  async retryTask(id: string): Promise<TaskDetail> {
    return (await this.#ask('POST', `/api/tasks/${encodeURIComponent(id)}/retry`, taskDetail)).body;
  }

  /** Replays what a filter fits, or a part of it: go on with `next` as the cursor. */
  async retryTasks(filter: Readonly<Record<string, unknown>>): Promise<Replayed> {
    return (await this.#ask('POST', '/api/tasks/retry', replayed, { body: filter })).body;
  }

  /** Cancels a task and what it has started; `running` when something of it has still to be stopped by its worker. */
  async cancelTask(id: string): Promise<{ task: TaskDetail; running: boolean }> {
    const { status, body } = await this.#ask('DELETE', `/api/tasks/${encodeURIComponent(id)}`, taskDetail);
    return { task: body, running: status === 202 };
  }

  /** Has the tasks of some queues, or of all, published again. Returns how many. */
  async redispatch(queues: readonly string[] | undefined): Promise<number> {
    return (await this.#ask('POST', '/api/tasks/redispatch', redispatched, { body: { queues } })).body.tasks;
  }

  /** Messages that were put aside, the longest there first, and how many there are. */
  async deadLetters(limit: number): Promise<DeadLetters> {
    return (await this.#ask('GET', `/api/dead-letters?limit=${limit}`, deadLetters)).body;
  }

  async showDeadLetter(id: string): Promise<DeadLetter> {
    return (await this.#ask('GET', `/api/dead-letters/${encodeURIComponent(id)}`, deadLetter)).body;
  }

  async requeueDeadLetter(id: string): Promise<void> {
    await this.#ask('POST', `/api/dead-letters/${encodeURIComponent(id)}/requeue`, sortedOut);
  }

  async dropDeadLetter(id: string): Promise<void> {
    await this.#ask('DELETE', `/api/dead-letters/${encodeURIComponent(id)}`, sortedOut);
  }

  /** Requeues or drops what a filter fits, or a part of it: go on with `began` as `before`. */
  async sortOutDeadLetters(
    how: 'requeue' | 'drop',
    filter: Readonly<Record<string, unknown>>,
  ): Promise<{ done: number; kept: number; more: boolean; began: string | undefined }> {
    const { body } = await this.#ask('POST', `/api/dead-letters/${how}`, sortedOut, { body: filter });
    const { requeued, dropped, kept, more, began } = body;
    return { done: requeued + dropped, kept, more, began };
  }

  /** Adds a schedule; `isNew` is false when the same one was there before. */
  async addSchedule(input: {
    name: string;
    task: string;
    cron: string;
    timeZone: string;
    payload: unknown;
  }): Promise<{ schedule: Schedule; isNew: boolean }> {
    const { status, body } = await this.#ask('POST', '/api/schedules', schedule, { body: input });
    return { schedule: body, isNew: status === 201 };
  }

  /** Every schedule of the account, the newest first. */
  schedules(): Promise<Schedule[]> {
    return this.#everything('/api/schedules', schedule);
  }

  /** The schedule of a name, or null when there is none. */
  async findSchedule(name: string): Promise<Schedule | null> {
    const { body } = await this.#ask('GET', `/api/schedules?name=${encodeURIComponent(name)}`, page(schedule));
    return body.items[0] ?? null;
  }

  async changeSchedule(id: string, change: { enabled: boolean }): Promise<Schedule> {
    return (await this.#ask('PATCH', `/api/schedules/${encodeURIComponent(id)}`, schedule, { body: change })).body;
  }

  async removeSchedule(id: string): Promise<void> {
    await this.#tell('DELETE', `/api/schedules/${encodeURIComponent(id)}`);
  }

  /** Every item of a list, page after page. */
  async #everything<Item extends z.ZodType>(path: string, item: Item): Promise<z.output<Item>[]> {
    const all: z.output<Item>[] = [];
    let cursor: string | null = null;
    do {
      const query: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const { body } = await this.#ask('GET', `${path}?limit=200${query}`, page(item));
      all.push(...body.items);
      cursor = body.next;
    } while (cursor !== null);
    return all;
  }

  /** Asks for something that is answered with nothing: status 204. */
  async #tell(method: string, path: string): Promise<void> {
    const answer = await this.#request(method, path, {});
    if (answer.status >= 300) throw this.#refusal(`${method} ${path}`, answer);
    if (answer.status !== 204) throw unknownAnswer(`${method} ${path}`, `status ${answer.status}, and not 204`);
  }

  async #ask<Schema extends z.ZodType>(
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

  async #request(method: string, path: string, { body, form, headers }: Ask): Promise<Answer> {
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
