// Who wrote a mail.
import { longestOf, pattern, type Tokens } from '../grammar/patterns';
import { complete, silent, type Awaited, type Rule } from '../grammar/rule';
import { words } from '../lexicon/words';
import { isCyrillic, isInstrumental } from './endings';
import { isCapital, isContent, nameAt, namesAt } from './names';
import { asParts, endOf, isAfterMails, peopleAt, saidAt } from './parts';

const WHO = 'Whose mails is not said. Say a name after it: "from Ivan".';

/** from Ivan, by Ivan, від Івана; "by" means many things, but "from" without anybody is a slip. */
export const fromSomebody: Rule = ({ tokens }, at) => {
  const from = words.from(tokens, at);
  const trigger = from ?? words.by(tokens, at);
  const people = trigger && peopleAt('from', tokens, at, trigger.next);
  if (people || !from) return people;
  return complete(from.next, [{ first: at, next: from.next, meaning: { field: null, reason: WHO } }]);
};

/** листи з банку; but «листи з фотографіями» come with photos. */
export const fromSomewhere: Rule = (course, at) => {
  const { tokens } = course;
  const outOf = words.outOf(tokens, at);
  if (!outOf || course.isAfterWord || course.mode !== 'free') return null;
  const name = nameAt(tokens, outOf.next);
  if (!name || isInstrumental(saidAt(tokens, name.first))) return null;
  return peopleAt('from', tokens, at, outOf.next);
};

/** anyone at example.com */
export const fromDomain: Rule = ({ tokens }, at) =>
  words.anyoneAt(tokens, at) ? peopleAt('from', tokens, at, at) : null;

/** Ivan's emails, the wedding photographer's latest email */
export const owner: Rule = (course, at) => {
  const { tokens } = course;
  if (course.mode === 'subject') return null;
  const name = nameAt(tokens, at, course.isAfterWord ? 1 : 2);
  const last = name && tokens[name.next - 1];
  if (!name || last?.kind !== 'word' || last.owner === null) return null;
  const next = words.filler(tokens, name.next)?.next ?? name.next;
  return (words.mails(tokens, name.next) ?? words.mails(tokens, next))
    ? complete(name.next, asParts('from', [name], at))
    : null;
};

/** who sent me …, did anyone write …, хто писав … */
export const whoever: Rule = ({ tokens }, at) => {
  const found = whoWrote(tokens, at);
  return found && silent(found.next);
};
const whoWrote = longestOf<unknown>([
  pattern('{who} [{did}] [{me}] {wrote} [{me}]', words),
  pattern('{did} {who} {write} [{me}]', words),
]);

/** what did Ivan and Maria write */
export const didWrite: Rule = (course, at) => {
  const { tokens } = course;
  const did = words.did(tokens, at);
  const names = did ? namesAt(tokens, did.next) : [];
  const wrote = names.length > 0 ? (words.write(tokens, endOf(names)) ?? words.wrote(tokens, endOf(names))) : null;
  return did && wrote && complete(wrote.next, asParts('from', names, did.next));
};

/** Ivan sent, that Ivan and Maria have sent, Петро надіслав */
export const wroteThem: Rule = (course, at) => {
  const { tokens } = course;
  if (course.mode === 'subject') return null;
  const isRelative =
    at > 0 &&
    (isAfterRelative(tokens, at) || (words.article(tokens, at - 1) !== null && isAfterRelative(tokens, at - 1)));
  const names = namesAt(tokens, at, isRelative ? 2 : 1);
  const [name] = names;
  if (!name || tokens[name.first]?.kind !== 'word') return null;
  const found = haveSent(tokens, endOf(names));
  if (!found) return null;
  const isCertain =
    isRelative || isCapital(tokens, name.first) || isAfterMails(tokens, at) || words.me(tokens, found.next);
  // "photos sent" need not be that photos sent something.
  if (!isCertain && words.participle(tokens, found.next - 1)) return null;
  const awaits: Awaited = { field: 'to', first: found.next, next: found.next, reason: null };
  return { ...complete(found.next, asParts('from', names, at)), awaits };
};
const haveSent = pattern('[{did}] {wrote}', words);
const isAfterRelative = (tokens: Tokens, at: number): boolean =>
  words.relative(tokens, at - 1)?.next === at || words.relative(tokens, at - 2)?.next === at;

/** що писав Петро: the name comes after the verb. */
export const wroteSomebody: Rule = (course, at) => {
  const { tokens } = course;
  const wrote = words.wrote(tokens, at);
  if (!wrote || !isCyrillic(saidAt(tokens, at)) || course.mode !== 'free') return null;
  return { ...complete(wrote.next, []), awaits: { field: 'from', first: at, next: wrote.next, reason: null } };
};

/** чеки Сільпо: the receipts of a shop. */
export const kindOf: Rule = ({ tokens, parts }, at) => {
  const last = parts.at(-1);
  const isOfKind = last?.next === at && last.meaning.field === 'category';
  return isOfKind && isCapital(tokens, at) && isCyrillic(saidAt(tokens, at)) ? peopleAt('from', tokens, at, at) : null;
};

/** у якому Руслан дякує: somebody with a capital does something in a mail. */
export const whereSomebody: Rule = (course, at) => {
  const { tokens } = course;
  const where = words.whereIn(tokens, at);
  if (!where || !isCapital(tokens, where.next)) return null;
  const name = nameAt(tokens, where.next);
  const isActing =
    name && isContent(tokens, name.next) && tokens[name.next]?.kind !== 'phrase' && !isCapital(tokens, name.next);
  return isActing ? complete(name.next, asParts('from', [name], name.first)) : null;
};
