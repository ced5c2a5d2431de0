import type { UnitOfWork } from '@sorting-office/db';
import type { Speech } from '@sorting-office/speech';
import type { EnqueueManyOptions, EnqueueOptions } from './new-task';
import type { TaskDefinition } from './define-task';

/** Which task this is, for whom, and in whose family. */
export interface TaskIdentity {
  readonly id: string;
  readonly attempt: number;
  readonly accountId: string;
  /** The task that started it all; this one's own id when it is the first. */
  readonly rootId: string;
}

/** Says one line with its fields; pino's call. */
export interface TaskLog {
  info(fields: object, line: string): void;
  warn(fields: object, line: string): void;
}

interface AnyContext {
  readonly task: TaskIdentity;
  /** Aborted when the task is cancelled, its time is up or the worker must stop: stop soon, whatever is thrown is ignored. */
  readonly signal: AbortSignal;
  readonly log: TaskLog;
  /** The folder that mailboxes must be in; null for anywhere. */
  readonly mailboxRoot: string | null;
}

/** What a task may use before its transaction begins. */
export interface PrepareContext extends AnyContext {
  /** Reads from the database in a unit of work of its own. */
  readonly read: <T>(work: (db: UnitOfWork) => PromiseLike<T>) => Promise<T>;
  /** Turns recordings into words. */
  readonly speech: Speech;
}

/** What a task may use inside its transaction. */
export interface TaskContext<Prepared = undefined> extends AnyContext {
  /** The transaction that this attempt runs in: `db(Mail)` queries a model. Over once `run` has returned. */
  readonly db: UnitOfWork;
  /** What `prepare` returned. */
  readonly prepared: Prepared;
  /** Enqueues a task, published if and only if this one commits. Returns its id. */
  readonly enqueue: <P>(
    definition: TaskDefinition<P>,
    payload: NoInfer<P>,
    options?: EnqueueOptions,
  ) => Promise<string>;
  /**
   * Enqueues a task for each payload as `enqueue` would, 500 with a statement, all of them with the same options. Returns their ids, in the
   * order of the payloads.
   */
  readonly enqueueMany: <P>(
    definition: TaskDefinition<P>,
    payloads: readonly NoInfer<P>[],
    options?: EnqueueManyOptions,
  ) => Promise<string[]>;
  /** Enqueues children and, once all of them have ended, a continuation. Returns the batch's id. */
  readonly openBatch: <C>(batch: {
    children: readonly TaskCall[];
    continuation: { task: TaskDefinition<C>; payload: NoInfer<C> };
    /** The batch's id, where the continuation's payload must know it. */
    id?: string;
  }) => Promise<string>;
  /** Enqueues tasks beside this one in its batch, whose continuation waits for them too; on their own where there is none. */
  readonly join: (children: readonly TaskCall[]) => Promise<void>;
}

/** A task with its payload, made by {@link call} so that the two match. */
export interface TaskCall {
  readonly task: TaskDefinition;
  readonly payload: unknown;
}

/** Pairs a task with its payload. */
export function call<P>(task: TaskDefinition<P>, payload: NoInfer<P>): TaskCall {
  return { task, payload };
}
