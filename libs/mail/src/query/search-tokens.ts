// The text under which a mail is found.
import type { ParsedMail } from '../parse/parsed-mail';
import { foldText } from './fold';

/** UTF-16 units. */
const MAX_TOKENS = 64 * 1024;

/** Sender, subject and text of a mail, folded as `foldText` folds the words of a query; at most 65,536 UTF-16 units. */
export function searchTokens(mail: ParsedMail): string {
  const { name = '', address = '' } = mail.from ?? {};
  const folded = foldText([name, address, mail.subject, mail.text.slice(0, MAX_TOKENS)].join('\n'));
  if (folded.length <= MAX_TOKENS) return folded;
  return folded.slice(0, folded.lastIndexOf(' ', MAX_TOKENS));
}
