// To whom a mail went.
import { longestOf, pattern } from '../grammar/patterns';
import { complete, type Awaited, type Rule } from '../grammar/rule';
import { words } from '../lexicon/words';
import { isCapital } from './names';
import { isAfterMails, peopleAt } from './parts';

const TO_WHOM = 'Mails of yours are found by whom they went to. Say a name: "I sent to Maria".';

/** to Maria, sent to Maria; "tickets to Warsaw" go nowhere. */
export const toSomebody: Rule = (course, at) => {
  const { tokens } = course;
  const to =
    words.to(tokens, at) ?? (isAfterMails(tokens, at) || isCapital(tokens, at + 1) ? words.for(tokens, at) : null);
  if (!to || words.me(tokens, at) || course.mode === 'subject') return null;
  return course.isAfterWord ? null : peopleAt('to', tokens, at, to.next);
};

/** I sent Maria the contract, я писав Марії */
export const iWrote: Rule = (course, at) => {
  const { tokens } = course;
  const found = iSent(tokens, at);
  if (!found || course.mode === 'subject') return null;
  const to = words.to(tokens, found.next);
  const direct = to && !words.me(tokens, found.next) ? peopleAt('to', tokens, at, to.next) : null;
  if (direct) return direct;
  const awaits: Awaited = { field: 'to', first: at, next: found.next, reason: TO_WHOM };
  return { ...complete(found.next, []), awaits };
};
const iSent = longestOf<unknown>([
  pattern('{i} [{did}] {wrote}', words),
  pattern('{did} {i} {write}', words),
  pattern('{wrote} {i}', words),
]);
