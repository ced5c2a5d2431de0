import type { UnitOfWork } from '@sorting-office/db';

/**
 * What the tasks of this suite leave behind, beside the migrated schema: a row for each effect, with no key that would refuse a
 * second one; and a few rows to fight over.
 */
export const ledgerTables = [
  `CREATE TABLE fault_ledger (
     id      BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
     task_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
     attempt INT UNSIGNED NOT NULL,
     worker  INT UNSIGNED NOT NULL,
     effect  VARCHAR(64) CHARACTER SET ascii NOT NULL,
     KEY fault_ledger_task (task_id)
   ) ENGINE=InnoDB`,
  `CREATE TABLE fault_rows (id INT UNSIGNED NOT NULL PRIMARY KEY, writes INT UNSIGNED NOT NULL DEFAULT 0) ENGINE=InnoDB`,
  `INSERT INTO fault_rows (id) VALUES (1), (2), (3), (4)`,
] as const;

/** What a user needs to carry out the tasks of this suite. */
export const ledgerGrants = (user: string) => [
  `GRANT INSERT ON fault_ledger TO '${user}'@'%'`,
  `GRANT SELECT, UPDATE ON fault_rows TO '${user}'@'%'`,
];

/** Writes the one effect that an attempt may have. One statement. */
export const writeEffect = (db: UnitOfWork, task: { id: string; attempt: number }, effect: string) =>
  db.execute('INSERT INTO fault_ledger (task_id, attempt, worker, effect) VALUES (?, ?, ?, ?)', [
    task.id,
    task.attempt,
    process.pid,
    effect,
  ]);

/** Adds one to a row that others write too, and holds its lock from then on. One statement, by primary key. */
export const writeRow = (db: UnitOfWork, id: number) =>
  db.execute('UPDATE fault_rows SET writes = writes + 1 WHERE id = ?', [id]);
