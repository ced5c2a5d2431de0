import { addColumn, migration } from './migration';

/** What runs by the clock, and how fast: schedules with their next tick, and the latest slot that each limited task has been given. */
export const schedules = migration('0005-schedules', [
  `CREATE TABLE IF NOT EXISTS schedules (
     id           CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
     account_id   CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
     name         VARCHAR(190) NOT NULL,
     task         VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
     payload      JSON NOT NULL,
     cron         VARCHAR(190) NOT NULL,
     time_zone    VARCHAR(64) NOT NULL,
     enabled      TINYINT UNSIGNED NOT NULL DEFAULT 1,
     next_at      DATETIME(6) NULL,
     last_at      DATETIME(6) NULL,
     last_task_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL,
     last_error   JSON NULL,
     created_at   DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
     KEY schedules_due (enabled, next_at),
     KEY schedules_account (account_id, id),
     UNIQUE KEY schedules_name (account_id, name)
   ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`,

  `CREATE TABLE IF NOT EXISTS rate_limits (
     name         VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
     last_slot_at DATETIME(6) NOT NULL
   ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`,

  addColumn('tasks', 'slot_at', 'DATETIME(6) NULL'),
  addColumn('tasks', 'slot_attempt', 'INT UNSIGNED NULL'),
]);
