import { INBOX } from '@sorting-office/mail';

/** Names of the folder that mail clients keep the owner's own mails in, lower case. */
const sentNames = new Set([
  'sent',
  'sent items',
  'sent messages',
  'sent mail',
  'outbox',
  'надіслані',
  'відправлені',
  'отправленные',
  'gesendet',
]);

/** Whether a folder holds what the owner has written. */
export const isSent = (folder: string): boolean => sentNames.has((folder.split('/').at(-1) ?? folder).toLowerCase());

/** Whether mails of a folder are to be filed: what somebody has put elsewhere stays there. */
export const isFiledFrom = (folder: string): boolean => folder === INBOX;
