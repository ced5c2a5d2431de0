/** The search without its task, for whoever measures it. */
export { type IndexableMail, indexMails, indexVersion } from './mailboxes/index-mails';
export { findPeople } from './mailboxes/people';
export { type FoundPage, searchMails } from './mailboxes/search/search-mails';
export type { MeantPeople, WantedMails } from './mailboxes/wanted-mails';
