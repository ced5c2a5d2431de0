import type { UnitOfWork } from '@sorting-office/db';
import { foldText, type MailQuery } from '@sorting-office/mail';

/** A mail as a search shows it. */
export interface FoundMail {
  id: string;
  from: { name: string; address: string };
  subject: string;
  sentAt: string | null;
  folder: string;
  category: string | null;
  snippet: string;
}

/** Words that InnoDB leaves out of a FULLTEXT index, whatever their length (INNODB_FT_DEFAULT_STOPWORD). */
const stopwords = new Set(
  'a about an are as at be by com de en for from how i in is it la of on or that the this to was what when where who will with und www'.split(
    ' ',
  ),
);
/** The shortest word in a FULLTEXT index (innodb_ft_min_token_size). */
const shortestIndexed = 3;

interface Condition {
  sql: string;
  bindings: string[];
}

/** Finds the mails of a mailbox that a query means, the newest first, with how many there are in all. */
export async function searchMails(
  db: UnitOfWork,
  mailboxId: string,
  query: MailQuery,
  limit: number,
): Promise<{ mails: FoundMail[]; total: number }> {
  const conditions = [
    ...words(query.text ?? []),
    ...(query.from ?? []).map((name) =>
      contains(`LOWER(CONCAT(m.from_name, ' ', m.from_address))`, name.toLowerCase()),
    ),
    ...(query.subject ?? []).map((part) => contains('LOWER(m.subject)', part.toLowerCase())),
  ];
  const where = ['t.mailbox_id = ?', ...conditions.map(({ sql }) => sql)].join(' AND ');
  const bindings = [mailboxId, ...conditions.flatMap((condition) => condition.bindings)];
  const from = 'FROM mail_texts t JOIN mails m ON m.id = t.mail_id LEFT JOIN verdicts v ON v.mail_id = m.id';
  const rows = await db.rows<Row>(
    `SELECT m.id, m.from_name, m.from_address, m.subject, m.sent_at, m.folder, m.snippet, v.category ${from}
     WHERE ${where} ORDER BY m.sent_at DESC, m.id DESC LIMIT ?`,
    [...bindings, limit],
  );
  const [all] = await db.rows<{ total: number }>(`SELECT COUNT(*) AS total ${from} WHERE ${where}`, bindings);
  return { mails: rows.map(toFound), total: all?.total ?? 0 };
}

interface Row {
  id: string;
  from_name: string;
  from_address: string;
  subject: string;
  sent_at: Date | null;
  folder: string;
  snippet: string;
  category: string | null;
}

const toFound = ({ id, from_name, from_address, subject, sent_at, folder, snippet, category }: Row): FoundMail => ({
  id,
  from: { name: from_name, address: from_address },
  subject,
  sentAt: sent_at?.toISOString() ?? null,
  folder,
  category,
  snippet,
});

/** Folded words: those in the index by the index, the others and phrases by looking. */
function words(texts: readonly string[]): Condition[] {
  const phrases = texts.map((text) => foldText(text).trim()).filter((text) => text !== '');
  const all = phrases.flatMap((phrase) => phrase.split(' '));
  const indexed = all.filter((word) => word.length >= shortestIndexed && !stopwords.has(word));
  const looked = [
    ...all.filter((word) => !indexed.includes(word)),
    ...phrases.filter((phrase) => phrase.includes(' ')),
  ];
  return [
    // Folding leaves letters, digits and spaces, so no word can hold an operator.
    ...(indexed.length > 0
      ? [
          {
            sql: 'MATCH (t.words) AGAINST (? IN BOOLEAN MODE)',
            bindings: [indexed.map((word) => `+${word}*`).join(' ')],
          },
        ]
      : []),
    ...looked.map((text) => contains(`CONCAT(' ', t.words)`, ` ${text}`)),
  ];
}

function contains(expression: string, text: string): Condition {
  return { sql: `${expression} LIKE ?`, bindings: [`%${text.replaceAll(/[\\%_]/g, '\\$&')}%`] };
}
