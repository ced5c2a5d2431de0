import { type Database, insertTasks, newId, type NewTask, type QueuedTask, type UnitOfWork } from '@sorting-office/db';
import { idOf } from '../large/ids';

/** The large account of the large database, and means to work with it as programs do. */
export interface Office {
  readonly database: Database;
  readonly accountId: string;
  readonly mailboxId: string;
  readonly commit: <T>(work: (db: UnitOfWork) => PromiseLike<T>) => Promise<T>;
  /** Enqueues a task of the account; other values as given. */
  readonly insert: (overrides?: Partial<NewTask>) => Promise<QueuedTask>;
  /** Runs a statement that is the test's own: nobody asks for its plan. */
  readonly prepare: (sql: string, bindings?: readonly unknown[]) => Promise<unknown>;
  /** Rows for the test's own use. */
  readonly look: <Row>(sql: string, bindings?: readonly unknown[]) => Promise<Row[]>;
}

/** @param plain the same database, unobserved. */
export function openOffice(database: Database, plain: Database): Office {
  const accountId = idOf('account', 1);
  return {
    database,
    accountId,
    mailboxId: idOf('mailbox', 1),
    commit: (work) => database.transaction(work),
    insert: async (overrides = {}) => {
      const id = newId();
      const task: NewTask = {
        ...{ id, accountId, rootId: id, name: 'sort_batch', queue: 'bulk', payload: {}, batchId: null, priority: 0 },
        ...{ traceContext: null, maxAttempts: 3, runAt: null, uniqueKey: null, idempotencyKey: null },
        ...overrides,
      };
      await database.transaction((db) => insertTasks(db, [task]));
      return { ...task, attempt: 1 };
    },
    prepare: (sql, bindings = []) => plain.transaction((db) => db.execute(sql, bindings)),
    look: (sql, bindings = []) => plain.read((db) => db.rows(sql, bindings)),
  };
}
