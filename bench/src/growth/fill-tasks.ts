// Fills the tables of tasks as years of work would have, with statements that make their rows by themselves: by far the fastest way.
import { Account, type Database, newId } from '@sorting-office/db';

/** Accounts that have tasks; the first of them has most. */
const accounts = 10;
/** Of a hundred tasks, those of the first account. */
const ofTheFirst = 90;
/** Rows of one statement. */
const portion = 20_000;
/** Tasks that are waited for together. */
const batchSize = 100;
/** How far apart tasks were made, in milliseconds; the latest of them an hour ago. */
const apartMs = 1000;
const agoMs = 3_600_000;

/** What has been filled so far. */
export interface FilledTasks {
  /** Has most of the tasks. */
  busiest: string;
  /** Brings the tasks up to this number; they have all ended. */
  growTo: (tasks: number) => Promise<void>;
}

/** Names that tasks have, as often as they stand here. */
export const names = ['insert_row', 'insert_row', 'sort_batch', 'apply_actions', 'voice_search'] as const;

export async function fillTasks(database: Database): Promise<FilledTasks> {
  const owners = Array.from({ length: accounts }, () => newId());
  await database.transaction((db) =>
    db.insertAll(
      Account,
      owners.map((id, n) => ({ id, name: `growth ${n}` })),
    ),
  );
  await makeNumbers(database);
  const newest = Date.now() - agoMs;
  let filled = 0;
  return {
    busiest: owners[0] ?? '',
    growTo: async (tasks) => {
      for (; filled < tasks; filled += portion) {
        const range = { from: filled, to: Math.min(filled + portion, tasks) };
        await database.transaction(async (db) => {
          for (const { sql, bindings } of statements(owners, newest, range)) await db.execute(sql, bindings);
        });
      }
      filled = tasks;
      await database.transaction((db) => db.execute('ANALYZE TABLE tasks, batches, task_attempts'));
    },
  };
}

/** A table of the numbers from 0 up to a portion, for statements to make rows from. */
export async function makeNumbers(database: Database): Promise<void> {
  const digits = Array.from({ length: 10 }, (_, n) => `SELECT ${n} AS n`).join(' UNION ALL ');
  const places = [1, 10, 100, 1000, 10_000];
  const sum = places.map((place, at) => `d${at}.n * ${place}`).join(' + ');
  const from = places.map((_, at) => `(${digits}) AS d${at}`).join(', ');
  await database.transaction(async (db) => {
    await db.execute('CREATE TABLE IF NOT EXISTS numbers (n INT UNSIGNED NOT NULL PRIMARY KEY) ENGINE=InnoDB');
    await db.execute(`INSERT INTO numbers SELECT ${sum} FROM ${from} WHERE ${sum} < ? ORDER BY 1`, [portion]);
  });
}

/** Ids as `newId` makes them, of rows made at the moment `ms`: they sort by time. @param n an expression, whole and different for each */
export const idSql = (ms: string, n: string): string => {
  const time = `LPAD(HEX(${ms}), 12, '0')`;
  return `LOWER(CONCAT(LEFT(${time}, 8), '-', RIGHT(${time}, 4), '-7000-8000-', LPAD(HEX(${n}), 12, '0')))`;
};

function statements(owners: readonly string[], newest: number, { from, to }: { from: number; to: number }) {
  const n = `(n + ${from})`;
  // The later a row is filled the older it is: what lists read first stays where it is.
  const ms = `(${newest} - ${n} * ${apartMs})`;
  const id = idSql(ms, n);
  const batch = `(${n} DIV ${batchSize})`;
  const failed = `${n} % 50 = 7`;
  const whose = `ELT(IF(${n} % 100 < ${ofTheFirst}, 1, 2 + ${n} % ${accounts - 1}), ${owners.map(() => '?').join(', ')})`;
  const at = (moment: string) => `FROM_UNIXTIME(${moment} / 1000)`;
  const error = `'{"code":"BROKEN","message":"it broke"}'`;
  const rows = `FROM numbers WHERE n < ${to - from}`;
  return [
    {
      sql: `INSERT INTO tasks (id, account_id, name, queue, payload, state, max_attempts, root_id, batch_id, result, error, created_at,
                               finished_at)
            SELECT ${id}, ${whose}, ELT(1 + ${n} % ${names.length}, ${names.map(() => '?').join(', ')}), 'default',
                   JSON_OBJECT('n', ${n}), IF(${failed}, 'failed', IF(${n} % 100 = 3, 'cancelled', 'succeeded')), 5, ${id},
                   IF(${batch} % 3 = 0, ${idSql('1', batch)}, NULL), JSON_OBJECT('ok', ${n}), IF(${failed}, ${error}, NULL),
                   ${at(ms)}, ${at(`(${ms} + 900)`)} ${rows}`,
      bindings: [...owners, ...names],
    },
    {
      sql: `INSERT INTO task_attempts (task_id, attempt, error, worker) SELECT ${id}, 1, ${error}, 'host/1' ${rows} AND ${failed}`,
      bindings: [],
    },
    {
      sql: `INSERT INTO batches (id, account_id, task_id, total, pending, finished_at)
            SELECT ${idSql('1', batch)}, ?, ${id}, ${batchSize}, 0, ${at(ms)} ${rows} AND ${n} % ${batchSize} = 0`,
      bindings: [owners[0]],
    },
  ];
}
