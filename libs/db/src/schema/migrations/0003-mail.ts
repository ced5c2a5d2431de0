import { migration } from './migration';

export const mail = migration('0003-mail', [
  `CREATE TABLE IF NOT EXISTS mailboxes (
     id           CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
     account_id   CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
     name         VARCHAR(190) NOT NULL,
     kind         ENUM('maildir') NOT NULL,
     location     VARCHAR(512) NOT NULL,
     addresses    JSON NOT NULL,
     folders      JSON NOT NULL,
     scan_cursor  JSON NULL,
     scan_pending JSON NULL,
     created_at   DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
     UNIQUE KEY mailboxes_location (account_id, location)
   ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`,

  `CREATE TABLE IF NOT EXISTS correspondents (
     mailbox_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
     address    VARCHAR(320) NOT NULL,
     PRIMARY KEY (mailbox_id, address)
   ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`,

  `CREATE TABLE IF NOT EXISTS mails (
     id           CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
     account_id   CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
     mailbox_id   CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
     store_key    VARCHAR(300) NOT NULL,
     folder       VARCHAR(255) NOT NULL,
     flags        VARCHAR(32) NOT NULL,
     message_id   VARCHAR(512) NULL,
     from_name    VARCHAR(255) NOT NULL,
     from_address VARCHAR(320) NOT NULL,
     recipients   JSON NOT NULL,
     subject      VARCHAR(998) NOT NULL,
     snippet      VARCHAR(255) NOT NULL,
     sent_at      DATETIME NULL,
     size         INT UNSIGNED NOT NULL,
     attachments  JSON NOT NULL,
     problems     JSON NOT NULL,
     created_at   DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
     UNIQUE KEY mails_store (mailbox_id, store_key),
     KEY mails_sent (mailbox_id, sent_at, id)
   ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`,

  `CREATE TABLE IF NOT EXISTS mail_texts (
     mail_id    CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
     mailbox_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
     words      MEDIUMTEXT NOT NULL,
     KEY mail_texts_mailbox (mailbox_id),
     FULLTEXT KEY mail_texts_words (words)
   ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`,

  `CREATE TABLE IF NOT EXISTS verdicts (
     mail_id    CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
     account_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
     mailbox_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
     run_id     CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
     category   VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
     confidence DOUBLE NOT NULL,
     reasons    JSON NOT NULL,
     KEY verdicts_category (mailbox_id, category, mail_id),
     KEY verdicts_run (run_id, category)
   ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`,

  `CREATE TABLE IF NOT EXISTS actions (
     id          CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
     account_id  CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
     mailbox_id  CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
     mail_id     CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
     run_id      CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
     kind        ENUM('move') NOT NULL,
     from_folder VARCHAR(255) NOT NULL,
     to_folder   VARCHAR(255) NOT NULL,
     state       ENUM('proposed', 'planned', 'done', 'skipped', 'failed') NOT NULL,
     reason      VARCHAR(512) NULL,
     prior       JSON NOT NULL,
     created_at  DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
     finished_at DATETIME(6) NULL,
     KEY actions_run (run_id, state),
     KEY actions_mailbox (mailbox_id, state, id),
     KEY actions_mail (mail_id)
   ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`,
]);
