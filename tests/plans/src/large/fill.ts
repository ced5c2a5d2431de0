/**
 * What a large installation holds, in proportion: every fifth row belongs to one large account and its one mailbox, the rest to 1999
 * others. Of what is asked for by account, mailbox or run, no answer is more than a fifth of its table.
 */
import { idSql } from './ids';

/** Rows of the largest tables. */
export const mostRows = 20_000;
export const accounts = 2000;

/** Whose the nth row is: of account 1, or of one of the others. */
const ownerOf = (n = 'n') => `IF(${n} % 5 = 0, 1, 2 + ${n} % ${accounts - 1})`;
const accountOf = (n = 'n') => idSql('account', ownerOf(n));
const mailboxOf = (n = 'n') => idSql('mailbox', ownerOf(n));
/** The nth row among those of its account, where that is the large one. */
const among = 'n DIV 5';
/** The run that the nth mail and action belong to: a task of the same account. */
const runOf = idSql('task', 'IF(n % 5 = 0, n DIV 500 * 500, n DIV 500 * 500 + 1)');
const past = (expression: string, unit: string) => `now(6) - INTERVAL (${expression}) ${unit}`;

const numbers = (rows: number) => `FROM numbers WHERE n BETWEEN 1 AND ${rows}`;
const digits = Array.from({ length: 10 }, (_, digit) => `SELECT ${digit} AS d`).join(' UNION ALL ');

/** Statements that fill a database, in their order. The tables `numbers` and `templates` are the test's own. */
export const fillStatements: readonly string[] = [
  'CREATE TABLE numbers (n INT UNSIGNED NOT NULL PRIMARY KEY)',
  `INSERT INTO numbers SELECT 1 + a.d + 10 * b.d + 100 * c.d + 1000 * d.d + 10000 * e.d
   FROM (${digits}) a, (${digits}) b, (${digits}) c, (${digits}) d, (SELECT 0 AS d UNION ALL SELECT 1) e`,

  `INSERT INTO accounts (id, name) SELECT ${idSql('account', 'n')}, CONCAT('account ', n) ${numbers(accounts)}`,
  `INSERT INTO tokens (id, account_id, name, hash, last_used_at, revoked_at)
   SELECT ${idSql('token', 'n')}, ${accountOf()}, CONCAT('token ', n), SHA2(CONCAT('token ', n), 256), ${past('n', 'MINUTE')},
          IF(n % 7 = 3, now(6), NULL) ${numbers(5000)}`,
  `INSERT INTO sessions (id, token_id, hash, expires_at)
   SELECT ${idSql('session', 'n')}, ${idSql('token', '1 + n % 5000')}, SHA2(CONCAT('session ', n), 256),
          IF(n <= 200, ${past('n', 'MINUTE')}, now(6) + INTERVAL n MINUTE) ${numbers(10_000)}`,
  `INSERT INTO audit_log (id, account_id, action, outcome, request_id, address)
   SELECT ${idSql('entry', 'n')}, ${accountOf()}, 'task.enqueue', 'done', ${idSql('entry', 'n')}, '127.0.0.1' ${numbers(mostRows)}`,

  // Of 25 tasks one is queued, one has failed and one was cancelled; half of those queued are due.
  `INSERT INTO tasks (id, account_id, name, queue, payload, state, attempt, max_attempts, publish_at, published_at, priority,
                      unique_key, idempotency_key, root_id, batch_id, error, finished_at)
   SELECT id, account_id, name, queue, payload, state, 1, 5,
          IF(state = 'queued' AND n % 2 = 0, ${past('n', 'SECOND')}, NULL), IF(state = 'queued' AND n % 2 = 1, ${past('n', 'SECOND')}, NULL),
          n % 10, IF(state = 'queued', CONCAT('unique ', n), NULL), IF(n % 2 = 0, CONCAT('key ', n), NULL),
          ${idSql('task', '1 + n DIV 10 * 10')}, IF(n % 500 = 0, NULL, ${idSql('batch', '1 + n DIV 10')}),
          IF(state = 'failed', '{"code": "ON_PURPOSE", "message": "on purpose"}', NULL), IF(state = 'queued', NULL, ${past('n', 'MINUTE')})
   FROM (SELECT n, ${idSql('task', 'n')} AS id, ${accountOf()} AS account_id,
                IF(n % 500 = 0, 'background_sort', ELT(1 + n % 4, 'sort_batch', 'apply_actions', 'voice_search', 'sort_report')) AS name,
                ELT(1 + n % 3, 'interactive', 'default', 'bulk') AS queue,
                IF(n % 1000 = 0, CONCAT('{"mailboxId": "', ${mailboxOf()}, '", "dryRun": true}'),
                                 CONCAT('{"mailboxId": "', ${mailboxOf()}, '"}')) AS payload,
                COALESCE(ELT(${among} % 25, 'queued', 'failed', 'cancelled'), 'succeeded') AS state
         ${numbers(mostRows)}) AS made`,
  `INSERT INTO task_attempts (task_id, attempt, error, worker)
   SELECT ${idSql('task', 'n')}, 1, '{"code": "ON_PURPOSE", "message": "on purpose"}', 'host/1' ${numbers(10_000)}`,
  `INSERT INTO batches (id, account_id, task_id, total, failed, cancelled, pending, continuation, finished_at)
   SELECT ${idSql('batch', 'n')}, ${accountOf('(1 + 10 * n)')}, ${idSql('task', '10 * n')}, 10, 2, 2, IF(n % 20 = 7, 5, 0),
          CONCAT('{"id": "', ${idSql('task', '10 * n')}, '"}'), IF(n % 20 = 7, NULL, now(6)) ${numbers(4000)}`,
  `INSERT INTO schedules (id, account_id, name, task, payload, cron, time_zone, next_at)
   SELECT ${idSql('schedule', 'n')}, ${accountOf()}, CONCAT('schedule ', n), 'background_sort',
          CONCAT('{"mailboxId": "', ${mailboxOf()}, '"}'), '0 7 * * *', 'UTC', IF(n <= 3, ${past('n', 'MINUTE')}, now(6) + INTERVAL n MINUTE)
   ${numbers(5000)}`,
  `INSERT INTO rate_limits (name, last_slot_at) VALUES ('apply_actions', now(6)), ('sort_batch', now(6))`,
  `INSERT INTO recordings (task_id, account_id, audio) SELECT ${idSql('task', 'n')}, ${accountOf()}, 'RIFF' ${numbers(5000)}`,
  `INSERT INTO searches (id, account_id, mailbox_id, spoken, text, timezone, page_size)
   SELECT ${idSql('task', 'n')}, ${accountOf()}, ${mailboxOf()}, 0, 'budget', 'UTC', 20 ${numbers(10_000)}`,

  `INSERT INTO mailboxes (id, account_id, name, kind, location, addresses, folders)
   SELECT ${idSql('mailbox', 'n')}, ${idSql('account', 'n')}, CONCAT('mailbox ', n), 'maildir', CONCAT('/mail/', n), '["me@example.org"]', '{}'
   ${numbers(accounts)}`,
  `INSERT INTO correspondents (mailbox_id, address)
   SELECT ${mailboxOf()}, CONCAT('p', ${among} % 400, IF(n % 5 = 0, '@example.org', CONCAT('@example', n, '.org'))) ${numbers(10_000)}
   ON DUPLICATE KEY UPDATE address = VALUES(address)`,
  // An hour and a half apart in the large mailbox, from now on back.
  `INSERT INTO mails (id, account_id, mailbox_id, store_key, folder, flags, from_name, from_address, recipients, subject, snippet,
                      sent_at, size, attachments, problems, index_version)
   SELECT ${idSql('mail', 'n')}, ${accountOf()}, ${mailboxOf()}, CONCAT('stored', n), 'INBOX', IF(n % 2 = 0, '', 'S'),
          CONCAT('Person ', ${among} % 400), CONCAT('p', ${among} % 400, '@example.org'), '[]', CONCAT('Subject ', n), 'Text',
          ${past(`90 * (${among})`, 'MINUTE')}, 1000, '[]', IF(n % 97 = 0, '["odd"]', '[]'), IF(${among} % 40 = 7, 0, 1) ${numbers(mostRows)}`,
  `INSERT INTO mail_texts (mail_id, mailbox_id, words, body)
   SELECT ${idSql('mail', 'n')}, ${mailboxOf()}, words, 'Report on the budget' FROM numbers JOIN templates ON template = ${among} % 20 AND month = ''
   WHERE n <= ${mostRows}`,
  `INSERT INTO mail_index (mail_id, mailbox_id, sent_at, unread, flagged, has_attachment, category, head_tokens, tokens)
   SELECT mails.id, mails.mailbox_id, mails.sent_at, ${among} % 2 = 0, ${among} % 10 = 3, ${among} % 10 = 5,
          ELT(1 + ${among} % 5, 'personal', 'newsletter', 'promotion', 'forum', 'review'), head, tokens
   FROM numbers JOIN mails ON mails.id = ${idSql('mail', 'n')}
     JOIN templates ON template = ${among} % 20 AND month = DATE_FORMAT(mails.sent_at, '%Y-%m')
   WHERE n <= ${mostRows}`,
  `INSERT INTO verdicts (mail_id, account_id, mailbox_id, run_id, category, confidence, reasons)
   SELECT ${idSql('mail', 'n')}, ${accountOf()}, ${mailboxOf()}, ${runOf},
          ELT(1 + ${among} % 5, 'personal', 'newsletter', 'promotion', 'forum', 'review'), 0.9, '[]' ${numbers(mostRows)}`,
  `INSERT INTO actions (id, account_id, mailbox_id, mail_id, run_id, proposed_by, kind, from_folder, to_folder, state, prior, finished_at)
   SELECT ${idSql('action', 'n')}, ${accountOf()}, ${mailboxOf()}, ${idSql('mail', 'n')}, ${runOf},
          IF(n % 500 >= 250, ${idSql('task', 'n DIV 1000 * 1000')}, NULL), 'move', 'INBOX', 'Lists',
          COALESCE(ELT(${among} % 20, 'proposed', 'planned', 'failed', 'skipped', 'undone'), 'done'),
          CONCAT('{"key": "stored', n, '", "folder": "INBOX", "name": "stored', n, ':2,S", "flags": "S"}'), now(6) ${numbers(mostRows)}`,
  `INSERT INTO people (mailbox_id, address, name)
   SELECT ${mailboxOf()}, CONCAT('q', n, '@example.org'), CONCAT('Somebody ', n) ${numbers(mostRows)} AND n % 5 <> 0`,
  `INSERT INTO person_keys (mailbox_id, name_key, address)
   SELECT ${mailboxOf()}, CONCAT('key', k, n), CONCAT('q', n, '@example.org')
   FROM numbers JOIN (SELECT 1 AS k UNION ALL SELECT 2) AS two WHERE n <= ${mostRows} AND n % 5 <> 0`,
];
