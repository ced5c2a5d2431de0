import { addColumn, migration, setIndex } from './migration';

/** Tokens that end, sessions of the page, and the log of who did what. */
export const access = migration('0011-access', [
  addColumn('tokens', 'expires_at', 'DATETIME(6) NULL'),
  addColumn('tokens', 'revoked_at', 'DATETIME(6) NULL'),
  addColumn('tokens', 'last_used_at', 'DATETIME(6) NULL'),
  setIndex('tokens', 'tokens_account', ['account_id', 'id']),

  `CREATE TABLE IF NOT EXISTS sessions (
     id           CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
     token_id     CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
     hash         CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
     created_at   DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
     last_used_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
     expires_at   DATETIME(6) NOT NULL,
     UNIQUE KEY sessions_hash (hash),
     KEY sessions_expires (expires_at)
   ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`,

  `CREATE TABLE IF NOT EXISTS audit_log (
     id         CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
     account_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL,
     token_id   CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL,
     session_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL,
     action     VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
     object     VARCHAR(190) NULL,
     outcome    VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
     request_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
     address    VARCHAR(64) NOT NULL,
     created_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
     KEY audit_log_account (account_id, id)
   ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`,
]);
