import { createConnection, type RowDataPacket } from 'mysql2/promise';

/** The rows that a contender's tasks insert: what they say is what was committed, whoever did it. */
export interface Ledger {
  /** How many there are. */
  count(): Promise<number>;
  read(): Promise<LedgerRows>;
}

export interface LedgerRows {
  /** When each was inserted, in milliseconds since 1970 by the database's clock. */
  moments: number[];
  /** The number of each one's task, in the same order. */
  numbers: number[];
  /** Of how many tasks they are. */
  tasks: number;
}

/** A task's row; the time is the database's own, so that no contender has to send one. */
export const ledgerTable = `CREATE TABLE IF NOT EXISTS ledger (
  id         BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  task_id    CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  n          INT UNSIGNED NOT NULL,
  created_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6)
) ENGINE=InnoDB`;

/** What a ledger's query says of a row. */
export interface LedgerEntry {
  task: string;
  n: number;
  ms: number | string;
}

export const ledgerRows = (rows: readonly LedgerEntry[]): LedgerRows => ({
  moments: rows.map(({ ms }) => Number(ms)),
  numbers: rows.map(({ n }) => n),
  tasks: new Set(rows.map(({ task }) => task)).size,
});

/** A ledger in MySQL or MariaDB. */
export function mysqlLedger(url: string): Ledger {
  const ask = async (sql: string) => {
    const connection = await createConnection(url);
    try {
      const [rows] = await connection.query<RowDataPacket[]>(sql);
      return rows;
    } finally {
      await connection.end();
    }
  };
  return {
    count: async () => Number((await ask('SELECT COUNT(*) AS count FROM ledger'))[0]?.['count']),
    read: async () => {
      const rows = (await ask(
        'SELECT task_id AS task, n, UNIX_TIMESTAMP(created_at) * 1000 AS ms FROM ledger',
      )) as LedgerEntry[];
      return ledgerRows(rows);
    },
  };
}
