// The statements that find mails and people: libs/tasks/src/mailboxes/search, libs/tasks/src/mailboxes/people.
import type { MailQuery } from '@sorting-office/mail';
import { findPeople, searchMails } from '@sorting-office/tasks/search';
import type { Office } from './office';
import { subsets } from './subsets';

const day = 24 * 3_600_000;
const ago = (days: number) => new Date(Date.now() - days * day).toISOString();

/** What may be asked for beside words, each alone and all together. */
const states: MailQuery[] = [
  { unread: true },
  { unread: false },
  { flagged: true },
  { flagged: false },
  { hasAttachment: true },
  { hasAttachment: false },
  { category: 'newsletter' },
  { unread: true, flagged: true, hasAttachment: true, category: 'forum' },
];
const dates: MailQuery[] = subsets({ after: ago(200), before: ago(10), unread: false }).filter(
  ({ after, before }) => after ?? before,
);

/**
 * Words by how many mails have them, as the search goes another way for each (see `findHits`): all of them, a fifth, a tenth, a
 * twentieth, none; a phrase, a beginning, and of the subject.
 */
const words: MailQuery[] = [
  {},
  { text: ['report'] },
  { text: ['budget'] },
  { text: ['invoice'] },
  { text: ['quarterly'] },
  { text: ['quarterly figures'] },
  { text: ['report budget'] },
  { text: ['quart'] },
  { text: ['nowhere'] },
  { subject: ['budget'] },
];

/** Those that are looked for in each state and between dates. */
const combined: MailQuery[] = [{}, { text: ['report'] }, { text: ['invoice'] }, { text: ['quarterly figures'] }];

/** Two pages of words, alone and with each of the states and dates. */
export async function searchStatements({ database, mailboxId }: Office): Promise<void> {
  const find = (query: MailQuery, cursor: string | null) =>
    database.read((db) => searchMails(db, { mailboxId, query, from: [], to: [], limit: 100, cursor }));
  const always = words.map((said) => ({ said, also: {} }));
  const inAllStates = combined.flatMap((said) => [...states, ...dates].map((also) => ({ said, also })));
  for (const { said, also } of [...always, ...inAllStates]) {
    const { next } = await find({ ...said, ...also }, null);
    if (next !== null) await find({ ...said, ...also }, next);
  }
}

/** Names that one has, that many have and that nobody has, addresses, domains and the owner; and mails from them. */
export async function peopleStatements({ database, mailboxId }: Office): Promise<void> {
  for (const said of [
    ...['Guest7 Bondar7', 'Ivan', 'Ivan Petrenko20', 'Petrenko', 'Petrenk', 'Nobody Atall', 'Vania'],
    ...['p7@example.org', 'stranger@example.org', 'example.org', 'nowhere.example', 'me'],
  ]) {
    const meant = await database.read((db) => findPeople(db, mailboxId, said));
    for (const role of ['from', 'to'] as const)
      for (const query of [{}, { text: ['report'] }])
        await database.read((db) =>
          searchMails(db, { mailboxId, query, from: [], to: [], [role]: [meant], limit: 20, cursor: null }),
        );
  }
}
