import { type Connection, createConnection, type RowDataPacket } from 'mysql2/promise';

/** How long the server may take to let us in, and to answer, in milliseconds. */
const connectMs = 5000;
const answerMs = 60_000;

/** Whoever runs the database server: may do everything, and comes past every proxy. Each statement has a connection of its own. */
export class Admin {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  /** One statement; errors of the server, and of its absence, are passed on. */
  rows<Row>(sql: string, values: unknown[] = []): Promise<Row[]> {
    return this.#connected(async (connection) => {
      const [rows] = await connection.query<RowDataPacket[]>({ sql, values, timeout: answerMs });
      return rows as Row[];
    });
  }

  /** Several statements, one after the other. */
  async execute(...statements: string[]): Promise<void> {
    await this.#connected(async (connection) => {
      for (const sql of statements) await connection.query({ sql, timeout: answerMs });
    });
  }

  async #connected<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    const connection = await createConnection({ uri: this.#url, connectTimeout: connectMs });
    // Said by the statement that fails, too.
    connection.on('error', () => undefined);
    try {
      return await work(connection);
    } finally {
      connection.destroy();
    }
  }
}
