export { categories, categoryMeanings, categorySchema, defaultFolders, type Category } from './category';
export { classify } from './classify/classify';
export { reasonSchema, verdictSchema, type Knowledge, type Reason, type Verdict } from './classify/verdict';
export { MailError, type MailErrorCode } from './errors';
export { SHARED_NAMES, atDomain, personKeys, type KnownPerson } from './names/known-person';
export { answers, isSurer, matchPerson, type Answer, type PersonMatch } from './names/match-person';
export { exactLookups, nearLookups, readSaidName, type Lookup, type SaidName } from './names/said-name';
export { parseMail } from './parse/parse-mail';
export type { Attachment, HtmlTraits, MailAddress, ParsedMail } from './parse/parsed-mail';
export { IndexTokens, type IndexedMail } from './query/index-tokens';
export { snippetOf, type Snippet } from './query/snippet';
export { foldText } from './query/fold';
export {
  chipSchema,
  leftoverSchema,
  mailQuerySchema,
  type Chip,
  type Leftover,
  type MailQuery,
  type Moment,
  type Understood,
} from './query/mail-query';
export { searchTokens } from './query/search-tokens';
export { spokenQueries } from './query/spoken-queries';
export { understand } from './query/understand';
export {
  INBOX,
  mailRefSchema,
  storeCursorSchema,
  type MailRef,
  type MailStore,
  type MoveResult,
  type Scan,
  type Skipped,
  type StoreCursor,
} from './store/mail-store';
export { assertMailboxWithin } from './store/maildir/confinement';
export { assertFolderName } from './store/maildir/folder-names';
export { openMaildir } from './store/maildir/maildir';
