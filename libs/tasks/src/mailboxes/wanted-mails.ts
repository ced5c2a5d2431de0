import type { MailQuery } from '@sorting-office/mail';

/** Somebody whom the mailbox's mails are from or to. */
export interface Person {
  /** Lower case. */
  address: string;
  /** As the mails call them; empty when they only have an address. */
  name: string;
  /** How many mails there are with them, at most `mailsCounted`. */
  mails: number;
}

/** A name as it was said, and everybody whom it may mean, the likeliest first. */
export interface MeantPeople {
  said: string;
  people: Person[];
}

/** What a search looks for in a mailbox: the query, with its people looked up. */
export interface WantedMails {
  mailboxId: string;
  query: MailQuery;
  /** One entry for each of the query's senders: mails from anybody of anyone of them. */
  from: readonly MeantPeople[];
  to: readonly MeantPeople[];
  /** How many mails to list. */
  limit: number;
  /** Where the page before ended; null for the first one. */
  cursor: string | null;
}
