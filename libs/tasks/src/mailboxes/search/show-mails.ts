import type { UnitOfWork } from '@sorting-office/db';
import { IndexTokens, snippetOf } from '@sorting-office/mail';
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

function show(row: Row, isHit: (word: string) => boolean): FoundMail {
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

/** Whether a folded word is one that is looked for. */
function hitBy({ mailboxId, tokens }: Conditions): (word: string) => boolean {
  const index = new IndexTokens(mailboxId);
  const wanted = new Set(tokens.flat());
  const beginnings = [...wanted].filter((token) => token.endsWith('*')).map((token) => token.slice(0, -1));
  if (wanted.size === 0) return () => false;
  return (folded) =>
    folded.split(' ').some((word) => {
      if (wanted.has(index.word(word))) return true;
      const whole = index.beginning(word);
      return beginnings.some((beginning) => whole.startsWith(beginning));
    });
}
