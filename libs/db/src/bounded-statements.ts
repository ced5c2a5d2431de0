import type { Duplex } from 'node:stream';
import type { Connection, QueryValues } from 'mysql2';

/**
 * Statements that end in bounded time, whatever became of the server: one that has vanished without a word (no FIN, no RST) would
 * otherwise be waited for until the operating system gives up, which takes a quarter of an hour.
 *
 * ```
 *   query --answered in time--> result or error
 *     \--silence for the bound, or interrupt()--> the connection is dropped, and every statement on it fails (ETIMEDOUT, fatal)
 * ```
 */
export class BoundedConnection {
  readonly #connection: Connection;
  #inFlight = 0;

  constructor(connection: Connection, seconds: number) {
    this.#connection = connection;
    const query = connection.query.bind(connection) as (...call: unknown[]) => unknown;
    const bounded = (...call: unknown[]) => {
      const done = call.at(-1);
      if (typeof done !== 'function') return query(...call);
      this.#inFlight++;
      const timer = setTimeout(() => this.interrupt(`no answer within ${seconds} s`), seconds * 1000);
      return query(...call.slice(0, -1), (...answer: unknown[]) => {
        clearTimeout(timer);
        this.#inFlight--;
        (done as (...answer: unknown[]) => void)(...answer);
      });
    };
    Object.assign(connection, { query: bounded });
  }

  /** Runs one statement: the driver's answer, and the columns if it has any. Its error begins with the statement, without its values. */
  query(sql: string, values?: readonly unknown[]): Promise<readonly [unknown, unknown]> {
    return new Promise((resolve, reject) => {
      // The driver only reads the values.
      this.#connection.query(sql, values as QueryValues, (error, answer, columns) => {
        if (error === null) {
          resolve([answer, columns]);
          return;
        }
        error.message = `${sql} - ${error.message}`;
        reject(error);
      });
    });
  }

  /** Whether a statement has been sent that the server has not answered. */
  get busy(): boolean {
    return this.#inFlight > 0;
  }

  /** What the server calls the session: `KILL` takes it. */
  get sessionId(): number {
    return this.#connection.threadId;
  }

  /** Drops the connection at once. The server rolls back when it notices, which it may do only after the statement it is running. */
  interrupt(reason: string): void {
    const error = Object.assign(new Error(`the database connection was dropped: ${reason}`), { code: 'ETIMEDOUT' });
    // mysql2 tells waiting statements of an error of its stream; its own `destroy` leaves them waiting.
    (this.#connection as unknown as { stream: Duplex }).stream.destroy(error);
  }
}
