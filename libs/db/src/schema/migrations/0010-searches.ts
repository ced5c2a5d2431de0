import { migration } from './migration';

/** Searches that are kept for their owner, and recordings on their way to a worker. */
export const searches = migration('0010-searches', [
  `CREATE TABLE IF NOT EXISTS recordings (
     task_id    CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
     account_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
     audio      MEDIUMBLOB NOT NULL,
     created_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6)
   ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`,

  `CREATE TABLE IF NOT EXISTS searches (
     id         CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
     account_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
     mailbox_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
     spoken     BOOLEAN NOT NULL,
     text       TEXT NULL,
     timezone   VARCHAR(64) NOT NULL,
     page_size  SMALLINT UNSIGNED NOT NULL,
     query      JSON NULL,
     total      INT UNSIGNED NULL,
     created_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
     KEY searches_account (account_id, id)
   ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`,
]);
