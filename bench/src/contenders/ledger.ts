import { createConnection, type RowDataPacket } from 'mysql2/promise';

/** The rows that a contender's tasks insert: what they say is what was committed, whoever did it. */
export interface Ledger {
  /** How many there are. */
  count(): Promise<number>;
  /** When each was inserted, in milliseconds by the database's clock, and of how many tasks they are. */
  read(): Promise<{ moments: number[]; tasks: number }>;
}

/** A task's row; the time is the database's own, so that no contender has to send one. */
export const ledgerTable = `CREATE TABLE IF NOT EXISTS ledger (
  id         BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  task_id    CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  n          INT UNSIGNED NOT NULL,
  created_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6)
) ENGINE=InnoDB`;

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
        'SELECT task_id AS task, TIMESTAMPDIFF(MICROSECOND, (SELECT MIN(created_at) FROM ledger), created_at) / 1000 AS ms FROM ledger',
      )) as { task: string; ms: string }[];
      return { moments: rows.map(({ ms }) => Number(ms)), tasks: new Set(rows.map(({ task }) => task)).size };
    },
  };
}
