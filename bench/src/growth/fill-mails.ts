// Fills mailboxes with as many mails as are wanted: some are made one by one, and the others are copies of them with ids and times of their
// own, as making a million would take hours.
import type { Database, UnitOfWork } from '@sorting-office/db';
import { makeMailbox } from '../mail-search/mailbox';
import { idSql } from './fill-tasks';

/** Mails that are made one by one, unless somebody says otherwise; of a mailbox with more, they are what is copied. */
const usuallyMade = 10_000;
/**
 * Characters of a mail's text that are kept. It is the number of mails that grows here; a million whole ones take hours, and 15 GB.
 */
const textLength = 100;

const fullText = [
  { table: 'mail_index', index: 'mail_index_tokens', column: 'tokens' },
  { table: 'mail_texts', index: 'mail_texts_words', column: 'words' },
] as const;

/** Mailboxes in one database, of which the largest grows. */
export class FilledMails {
  readonly #database: Database;
  readonly #made: number;
  #mailboxId = '';
  #mails = 0;

  constructor(database: Database, made = usuallyMade) {
    this.#database = database;
    this.#made = made;
  }

  /** The id of a mailbox with so many mails: as many as are made one by one or fewer, or a multiple of that and more than before. */
  async growTo(mails: number): Promise<string> {
    if (mails <= this.#made) {
      this.#mailboxId = await makeMailbox(this.#database, mails, { textLength });
      if (mails === this.#made) await this.#database.transaction((db) => noteOriginals(db, this.#mailboxId));
    } else {
      await this.#copyUpTo(mails);
    }
    this.#mails = mails;
    await this.#database.transaction((db) =>
      db.execute('ANALYZE TABLE mails, mail_texts, mail_index, verdicts, people'),
    );
    return this.#mailboxId;
  }

  /** Full-text indexes are made at once when the rows are there, which is several times as fast. */
  async #copyUpTo(mails: number): Promise<void> {
    const execute = (sql: string) => this.#database.transaction((db) => db.execute(sql));
    for (const { table, index } of fullText) await execute(`ALTER TABLE ${table} DROP INDEX ${index}`);
    for (let from = this.#mails; from < mails; from += this.#made) {
      await this.#database.transaction(async (db) => {
        for (const sql of copies(from)) await db.execute(sql);
      });
    }
    for (const { table, index, column } of fullText)
      await execute(`ALTER TABLE ${table} ADD FULLTEXT INDEX ${index} (${column})`);
  }
}

async function noteOriginals(db: UnitOfWork, mailboxId: string): Promise<void> {
  const id = 'CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY';
  await db.execute(`CREATE TABLE originals (mail_id ${id}, n INT UNSIGNED NOT NULL) ENGINE=InnoDB`);
  await db.execute('INSERT INTO originals SELECT id, ROW_NUMBER() OVER (ORDER BY id) FROM mails WHERE mailbox_id = ?', [
    mailboxId,
  ]);
}

/** A copy of each original: the same words on the same day, at another time of it. @param from makes its id and time differ from other copies' */
function copies(from: number): string[] {
  const id = idSql('1', `n + ${from}`);
  const sentAt = `DATE(sent_at) + INTERVAL ((n + ${from}) * 7919) % 86400 SECOND`;
  return [
    `INSERT INTO mails (id, account_id, mailbox_id, store_key, folder, flags, message_id, from_name, from_address, recipients, subject, snippet,
                        sent_at, size, attachments, problems, index_version)
     SELECT ${id}, account_id, mailbox_id, ${id}, folder, flags, message_id, from_name, from_address, recipients, subject, snippet,
            ${sentAt}, size, attachments, problems, index_version
     FROM originals JOIN mails ON id = mail_id`,
    `INSERT INTO mail_texts (mail_id, mailbox_id, words, body)
     SELECT ${id}, mailbox_id, words, body FROM originals JOIN mail_texts USING (mail_id)`,
    `INSERT INTO verdicts (mail_id, account_id, mailbox_id, run_id, category, confidence, reasons)
     SELECT ${id}, account_id, mailbox_id, run_id, category, confidence, reasons FROM originals JOIN verdicts USING (mail_id)`,
    `INSERT INTO mail_index (mail_id, mailbox_id, sent_at, unread, flagged, has_attachment, category, head_tokens, tokens)
     SELECT ${id}, mailbox_id, ${sentAt}, unread, flagged, has_attachment, category, head_tokens, tokens
     FROM originals JOIN mail_index USING (mail_id)`,
  ];
}
