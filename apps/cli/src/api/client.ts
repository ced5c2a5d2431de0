import { AccessApi } from './access';
import { OfficeError } from '../errors';
import { Exchange, type OfficeApiOptions } from './exchange';
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

/** Which mailbox is searched, how many mails are to be listed, and where "yesterday" is said. */
export interface SearchTerms {
  readonly mailboxId: string;
  readonly limit: number;
  readonly timezone: string;
  /** `next` of the page before. */
  readonly cursor?: string;
}

/** How long the API is to wait for a search, in seconds; within the time that a request may take. */
const searchSeconds = 5;

/**
 * The API's routes as functions, each with one request. All of them throw OfficeError: `API_AWAY` (as ApiAwayError) when asking
 * again later may help, `ANSWER_UNKNOWN`, or the code of the problem that the API answers with.
 */
export class OfficeApi {
  readonly #exchange: Exchange;
  /** Tokens, and who did what. */
  readonly access: AccessApi;

  constructor(options: OfficeApiOptions) {
    this.#exchange = new Exchange(options);
    this.access = new AccessApi(this.#exchange);
  }

  /** Connects a Maildir; one that was connected before stays as it is. */
  async connectMailbox(input: {
    name: string;
    path: string;
    addresses: readonly string[];
  }): Promise<{ mailbox: Mailbox; isNew: boolean }> {
    const { status, body } = await this.#exchange.ask('POST', '/api/mailboxes', mailbox, { body: input });
    return { mailbox: body, isNew: status === 201 };
  }

  /** Every mailbox of the account, the newest first. */
  mailboxes(): Promise<Mailbox[]> {
    return this.#exchange.everything('/api/mailboxes', mailbox);
  }

  /**
   * Enqueues a task. Asking again with the same key is harmless; `isNew` is false when it, or the same work, was queued before.
   */
  async enqueue(name: string, payload: unknown, key: string): Promise<{ task: TaskDetail; isNew: boolean }> {
    const { status, body } = await this.#exchange.ask('POST', `/api/tasks/${encodeURIComponent(name)}`, taskDetail, {
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
    return (await this.#exchange.ask('GET', `/api/tasks/${encodeURIComponent(id)}`, taskDetail)).body;
  }

  async showMail(id: string): Promise<Mail> {
    return (await this.#exchange.ask('GET', `/api/mails/${encodeURIComponent(id)}`, mail)).body;
  }

  /** Tasks, the newest first; `next` is null when there are no more than these. */
  async listTasks(query: Readonly<Record<string, string>>): Promise<{ items: Task[]; next: string | null }> {
    const parameters = new URLSearchParams(query).toString();
    return (await this.#exchange.ask('GET', `/api/tasks?${parameters}`, page(task))).body;
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
      return (await this.#exchange.ask('POST', path, searchAnswer, { body: { ...terms, ...what }, headers })).body;
    const form = new FormData();
    for (const [name, value] of Object.entries(terms)) form.set(name, String(value));
    form.set('audio', new Blob([what.audio]), 'recording');
    return (await this.#exchange.ask('POST', path, searchAnswer, { form, headers })).body;
  }

  /** Asks the words of a search again, as a new one. */
  async repeatSearch(id: string, key: string): Promise<SearchAnswer> {
    const path = `/api/searches/${encodeURIComponent(id)}/repeat?wait=${searchSeconds}`;
    return (await this.#exchange.ask('POST', path, searchAnswer, { headers: { 'idempotency-key': key } })).body;
  }

  /** The searches that are kept, the newest first; `next` is null when there are no more than these. */
  async listSearches(limit: number): Promise<{ items: KeptSearch[]; next: string | null }> {
    return (await this.#exchange.ask('GET', `/api/searches?limit=${limit}`, page(keptSearch))).body;
  }

  async forgetSearch(id: string): Promise<void> {
    await this.#exchange.tell('DELETE', `/api/searches/${encodeURIComponent(id)}`);
  }

  async retryTask(id: string): Promise<TaskDetail> {
    return (await this.#exchange.ask('POST', `/api/tasks/${encodeURIComponent(id)}/retry`, taskDetail)).body;
  }

  /** Replays what a filter fits, or a part of it: go on with `next` as the cursor. */
  async retryTasks(filter: Readonly<Record<string, unknown>>): Promise<Replayed> {
    return (await this.#exchange.ask('POST', '/api/tasks/retry', replayed, { body: filter })).body;
  }

  /** Cancels a task and what it has started; `running` when something of it has still to be stopped by its worker. */
  async cancelTask(id: string): Promise<{ task: TaskDetail; running: boolean }> {
    const { status, body } = await this.#exchange.ask('DELETE', `/api/tasks/${encodeURIComponent(id)}`, taskDetail);
    return { task: body, running: status === 202 };
  }

  /** Has the tasks of some queues, or of all, published again. Returns how many. */
  async redispatch(queues: readonly string[] | undefined): Promise<number> {
    return (await this.#exchange.ask('POST', '/api/tasks/redispatch', redispatched, { body: { queues } })).body.tasks;
  }

  /** Messages that were put aside, the longest there first, and how many there are. */
  async deadLetters(limit: number): Promise<DeadLetters> {
    return (await this.#exchange.ask('GET', `/api/dead-letters?limit=${limit}`, deadLetters)).body;
  }

  async showDeadLetter(id: string): Promise<DeadLetter> {
    return (await this.#exchange.ask('GET', `/api/dead-letters/${encodeURIComponent(id)}`, deadLetter)).body;
  }

  async requeueDeadLetter(id: string): Promise<void> {
    await this.#exchange.ask('POST', `/api/dead-letters/${encodeURIComponent(id)}/requeue`, sortedOut);
  }

  async dropDeadLetter(id: string): Promise<void> {
    await this.#exchange.ask('DELETE', `/api/dead-letters/${encodeURIComponent(id)}`, sortedOut);
  }

  /** Requeues or drops what a filter fits, or a part of it: go on with `began` as `before`. */
  async sortOutDeadLetters(
    how: 'requeue' | 'drop',
    filter: Readonly<Record<string, unknown>>,
  ): Promise<{ done: number; kept: number; more: boolean; began: string | undefined }> {
    const { body } = await this.#exchange.ask('POST', `/api/dead-letters/${how}`, sortedOut, { body: filter });
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
    const { status, body } = await this.#exchange.ask('POST', '/api/schedules', schedule, { body: input });
    return { schedule: body, isNew: status === 201 };
  }

  /** Every schedule of the account, the newest first. */
  schedules(): Promise<Schedule[]> {
    return this.#exchange.everything('/api/schedules', schedule);
  }

  /** The schedule of a name, or null when there is none. */
  async findSchedule(name: string): Promise<Schedule | null> {
    const { body } = await this.#exchange.ask('GET', `/api/schedules?name=${encodeURIComponent(name)}`, page(schedule));
    return body.items[0] ?? null;
  }

  async changeSchedule(id: string, change: { enabled: boolean }): Promise<Schedule> {
    return (await this.#exchange.ask('PATCH', `/api/schedules/${encodeURIComponent(id)}`, schedule, { body: change }))
      .body;
  }

  async removeSchedule(id: string): Promise<void> {
    await this.#exchange.tell('DELETE', `/api/schedules/${encodeURIComponent(id)}`);
  }
}
