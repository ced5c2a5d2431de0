import type { Child } from '../run/child';
import type { Ledger } from './ledger';

/**
 * Somebody who does the same job as everybody else: takes tasks off a queue, inserts one row into `ledger` for each in a database
 * transaction, and ends the task.
 */
export interface Contender {
  readonly name: string;
  /** Whether a task ends in the transaction in which its row is inserted, so that neither can be without the other. */
  readonly atomic: boolean;
  /** Where its rows go. */
  readonly ledger: Ledger;
  /** Puts so many tasks where its worker will find them, each of them safe by then. */
  load(tasks: number): Promise<void>;
  /** Starts its worker, which does so many tasks at a time. */
  start(concurrency: number): Promise<Child>;
  /**
   * Sends tasks one by one; for those whose latency is measured.
   *
   * @returns when it began to send each, in milliseconds since 1970
   */
  trickle?(tasks: Trickle): Promise<number[]>;
  /** Removes whatever it has made. */
  remove(): Promise<void>;
}

/** Tasks that are sent one by one. */
export interface Trickle {
  /** The number of the first; the others have those after it. */
  first: number;
  count: number;
  /** Milliseconds from one to the next. */
  everyMs: number;
}
