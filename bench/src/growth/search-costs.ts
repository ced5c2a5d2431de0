// What searches take in a mailbox that is as large as it is.
import type { Database } from '@sorting-office/db';
import { ask } from '../mail-search/ask';
import type { Latency } from '../run/statistics';
import { timed } from './timing';

/** What is asked, by how common it is: one mail in so many has the marker words, whatever the size. */
const questions = {
  'search every 10th': 'everytenth',
  'search every 1,000th': 'everythousandth',
  'search every 10,000th': 'everytenthousandth',
  'search two common words': 'everytenth linux',
  'search a phrase': '"linux kernel"',
  'search by sender': 'from:person7@host7.example.org',
  'search by name and word': 'from Ivan about linux',
  'search by date': 'last month',
  'search unread': 'unread emails',
  'search nothing': 'xyzzyplughxyzzy',
} as const;

/** The costs of the first page and of the one after it, in milliseconds. */
export async function searchCosts(
  database: Database,
  mailboxId: string,
  times: number,
): Promise<Record<string, Latency>> {
  const costs: Record<string, Latency> = {};
  for (const [what, said] of Object.entries(questions)) {
    const { next } = await ask(database, mailboxId, said, null);
    costs[what] = await timed(times, () => ask(database, mailboxId, said, null));
    if (next !== null) costs[`${what}, page 2`] = await timed(times, () => ask(database, mailboxId, said, next));
  }
  return costs;
}
