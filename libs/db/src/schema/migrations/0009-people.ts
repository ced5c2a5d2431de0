import { migration } from './migration';

/** Whom a mailbox's mails are from or to, and the keys that their names are found by. */
export const people = migration('0009-people', [
  `CREATE TABLE IF NOT EXISTS people (
     mailbox_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
     address    VARCHAR(320) NOT NULL,
     name       VARCHAR(255) NOT NULL,
     PRIMARY KEY (mailbox_id, address, name)
   ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`,

  `CREATE TABLE IF NOT EXISTS person_keys (
     mailbox_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
     name_key   VARCHAR(40) NOT NULL,
     address    VARCHAR(320) NOT NULL,
     PRIMARY KEY (mailbox_id, name_key, address)
   ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`,
]);
