import { migration } from './migration';

export const tasks = migration('0002-tasks', [
  `CREATE TABLE IF NOT EXISTS tasks (
     id              CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
     account_id      CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
     name            VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
     queue           ENUM('interactive', 'default', 'bulk') NOT NULL,
     payload         JSON NOT NULL,
     state           ENUM('queued', 'succeeded', 'failed', 'cancelled') NOT NULL DEFAULT 'queued',
     attempt         SMALLINT UNSIGNED NOT NULL DEFAULT 1,
     max_attempts    SMALLINT UNSIGNED NOT NULL,
     publish_at      DATETIME(6) NULL,
     priority        TINYINT UNSIGNED NOT NULL DEFAULT 0,
     unique_key      VARCHAR(190) NULL,
     idempotency_key VARCHAR(190) NULL,
     root_id         CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
     batch_id        CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL,
     progress        JSON NULL,
     result          JSON NULL,
     error           JSON NULL,
     crash_count     SMALLINT UNSIGNED NOT NULL DEFAULT 0,
     trace_context   JSON NULL,
     created_at      DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
     finished_at     DATETIME(6) NULL,
     KEY tasks_outbox (publish_at),
     KEY tasks_state (state, account_id, id),
     KEY tasks_name (account_id, name, id),
     KEY tasks_account (account_id, id),
     KEY tasks_batch (batch_id, name),
     UNIQUE KEY tasks_unique (account_id, name, unique_key),
     UNIQUE KEY tasks_idempotency (account_id, idempotency_key)
   ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`,

  `CREATE TABLE IF NOT EXISTS task_attempts (
     task_id   CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
     attempt   SMALLINT UNSIGNED NOT NULL,
     error     JSON NOT NULL,
     worker    VARCHAR(190) NOT NULL,
     failed_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
     PRIMARY KEY (task_id, attempt)
   ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`,

  `CREATE TABLE IF NOT EXISTS batches (
     id           CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
     account_id   CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
     task_id      CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
     total        INT UNSIGNED NOT NULL,
     pending      INT UNSIGNED NOT NULL,
     failed       INT UNSIGNED NOT NULL DEFAULT 0,
     cancelled    INT UNSIGNED NOT NULL DEFAULT 0,
     continuation JSON NULL,
     created_at   DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
     finished_at  DATETIME(6) NULL,
     KEY batches_task (task_id)
   ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`,
]);
