import type { Database } from '@sorting-office/db';
import { understand } from '@sorting-office/mail';
import { findPeople, type FoundPage, type MeantPeople, searchMails } from '@sorting-office/tasks/search';

/** Understands a question and finds one page, as voice_search does in its transaction. */
export async function ask(
  database: Database,
  mailboxId: string,
  said: string,
  cursor: string | null,
): Promise<FoundPage> {
  const { query } = understand(said, { now: new Date(), timeZone: 'Europe/Kyiv' });
  return database.read(async (db) => {
    const lookUp = async (names: readonly string[] = []) => {
      const meant: MeantPeople[] = [];
      for (const name of names) meant.push(await findPeople(db, mailboxId, name));
      return meant;
    };
    const people = { from: await lookUp(query.from), to: await lookUp(query.to) };
    return searchMails(db, { mailboxId, query, ...people, limit: 20, cursor });
  });
}
