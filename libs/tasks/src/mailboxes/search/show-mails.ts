import type { UnitOfWork } from '@sorting-office/db';
import { foldText, IndexTokens, snippetOf } from '@sorting-office/mail';
import type { Conditions } from './conditions';

/** A mail as a search shows it. */
export interface FoundMail {
  id: string;
  from: { name: string; address: string };
  subject: string;
  sentAt: string | null;
  folder: string;
  category: string | null;
  snippet: string;
  hits: [number, number][];
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
  body: string | null;
}

/** Mails with the part of each that was hit, in the order of their ids. One statement, by primary keys. */
export async function showMails(db: UnitOfWork, conditions: Conditions, ids: readonly string[]): Promise<FoundMail[]> {
  const rows = await db.rows<Row>(
    `SELECT m.id, m.from_name, m.from_address, m.subject, m.sent_at, m.folder, m.snippet, v.category, t.body
     FROM mails m LEFT JOIN verdicts v ON v.mail_id = m.id LEFT JOIN mail_texts t ON t.mail_id = m.id
     WHERE m.id IN (${ids.map(() => '?').join(', ')})`,
    ids,
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  const isHit = hitBy(conditions);
  return ids.flatMap((id) => {
    const row = byId.get(id);
    return row ? show(row, isHit) : [];
  });
}

function show(row: Row, isHit: ((word: string) => boolean) | null): FoundMail {
  const { id, from_name: name, from_address: address, subject, sent_at: sentAt, folder, category } = row;
  const { text, hits } = snippetOf(row.body ?? row.snippet, isHit);
  return {
    id,
    from: { name, address },
    subject,
    sentAt: sentAt?.toISOString() ?? null,
    folder,
    category,
    snippet: text,
    hits,
  };
}

/** Whether a word is one that is looked for; null when no words are. Mails of a page have many words in common: each is looked at once. */
function hitBy({ mailboxId, words }: Conditions): ((word: string) => boolean) | null {
  if (words.length === 0) return null;
  const index = new IndexTokens(mailboxId);
  const wanted = new Set(words);
  const beginnings = words.filter((token) => token.endsWith('*')).map((token) => token.slice(0, -1));
  const isWanted = (word: string): boolean => {
    if (wanted.has(index.word(word))) return true;
    const whole = index.beginning(word);
    return beginnings.some((beginning) => whole.startsWith(beginning));
  };
  const known = new Map<string, boolean>();
  return (word) => {
    const before = known.get(word);
    if (before !== undefined) return before;
    const isHit = foldText(word).split(' ').some(isWanted);
    known.set(word, isHit);
    return isHit;
  };
}
