import { addColumn, migration, setIndex } from './migration';

/**
 * What mails are found by: stems under a FULLTEXT index, the few of people and subject once more to be looked through, and dates, states
 * and categories under indexes of their own, each of which has all that mails are chosen by without their words.
 */
export const search = migration('0008-search', [
  `CREATE TABLE IF NOT EXISTS mail_index (
     mail_id        CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
     mailbox_id     CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
     sent_at        DATETIME NOT NULL,
     unread         BOOLEAN NOT NULL,
     flagged        BOOLEAN NOT NULL,
     has_attachment BOOLEAN NOT NULL,
     category       VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL,
     head_tokens    MEDIUMBLOB NOT NULL,
     tokens         MEDIUMTEXT NOT NULL,
     KEY mail_index_sent (mailbox_id, sent_at, mail_id, unread, flagged, has_attachment, category),
     KEY mail_index_unread (mailbox_id, unread, sent_at, mail_id, flagged, has_attachment, category),
     KEY mail_index_flagged (mailbox_id, flagged, sent_at, mail_id, unread, has_attachment, category),
     KEY mail_index_attachment (mailbox_id, has_attachment, sent_at, mail_id, unread, flagged, category),
     KEY mail_index_category (mailbox_id, category, sent_at, mail_id, unread, flagged, has_attachment),
     FULLTEXT KEY mail_index_tokens (tokens)
   ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`,
  addColumn('mails', 'index_version', 'SMALLINT UNSIGNED NOT NULL DEFAULT 0'),
  setIndex('mails', 'mails_index_version', ['mailbox_id', 'index_version']),
  addColumn('mail_texts', 'body', 'MEDIUMTEXT NULL'),
]);
