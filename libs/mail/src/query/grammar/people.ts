// Who wrote a mail, and to whom.
//
//     from Ivan and Maria     what did Ivan write     Ivan's emails     emails Ivan sent me      senders
//     to Maria                I sent Maria            я писав Марії     листи Олені              recipients
import { words } from '../lexicon/words';
import { isCapital, isContent, isNameable, nameAt, namesAt, type Name } from './names';
import { pattern, type Tokens } from './patterns';
import { complete, silent, type Awaited, type Course, type Part, type Reading, type Rule } from './rule';

type Field = 'from' | 'to';

const WHO = 'Whose mails is not said. Say a name after it: "from Ivan".';
const TO_WHOM = 'Mails of yours are found by whom they went to. Say a name: "I sent to Maria".';

const CYRILLIC = /^[\p{Script=Cyrillic}'’ʼ-]+$/u;
/** Endings that Ukrainian nouns have of whom a letter is, to whom it goes, and with what it comes. */
const GENITIVE = /[аяиії]$/iu;
const DATIVE = /(?:ові|еві|єві|ам|ям)$/iu;
const ANY_DATIVE = /[уюії]$/iu;
const INSTRUMENTAL = /(?:ом|ем|єм|им|ім|ою|ею|єю|ами|ями|ими|іми)$/iu;

const saidAt = (tokens: Tokens, at: number): string => {
  const token = tokens[at];
  return token?.kind === 'word' ? token.said : '';
};

/** The first of the names has the words before it in its part. */
const asParts = (field: Field, names: readonly Name[], first: number): Part[] =>
  names.map((name, index) => ({
    first: index === 0 ? first : name.first,
    next: name.next,
    meaning: { field, entry: name.entry },
  }));

const endOf = (names: readonly Name[]): number => names.at(-1)?.next ?? 0;

const peopleAt = (
  field: Field,
  tokens: Tokens,
  first: number,
  at: number,
  then: Partial<Reading> = {},
): Reading | null => {
  const names = namesAt(tokens, at);
  return names.length > 0 ? { ...complete(endOf(names), asParts(field, names, first)), ...then } : null;
};

const afterWord = (course: Course, at: number): boolean => course.isAfterWord && at > 0;

/** from Ivan, by Ivan, від Івана */
const fromSomebody: Rule = ({ tokens }, at) => {
  const from = words.from(tokens, at);
  if (!from) return null;
  const people = peopleAt('from', tokens, at, from.next);
  if (people || words.function(tokens, at)?.next !== from.next || !isMeant(tokens, at)) return people;
  return complete(from.next, [{ first: at, next: from.next, meaning: { field: null, reason: WHO } }]);
};

/** "by" and the like mean many things; "from" without anybody is a slip. */
const isMeant = (tokens: Tokens, at: number): boolean =>
  ['from', 'від', 'од'].includes(saidAt(tokens, at).toLowerCase());

/** листи з банку; but «листи з фотографіями» come with photos. */
const fromSomewhere: Rule = (course, at) => {
  const { tokens } = course;
  const outOf = words.outOf(tokens, at);
  if (!outOf || afterWord(course, at) || course.mode !== 'free') return null;
  const name = nameAt(tokens, outOf.next);
  if (!name || INSTRUMENTAL.test(saidAt(tokens, name.first))) return null;
  return peopleAt('from', tokens, at, outOf.next);
};

/** anyone at example.com */
const fromDomain: Rule = ({ tokens }, at) => (words.anyoneAt(tokens, at) ? peopleAt('from', tokens, at, at) : null);

/** Ivan's emails, the wedding photographer's latest email */
const owner: Rule = (course, at) => {
  const { tokens } = course;
  if (course.mode === 'subject') return null;
  const name = nameAt(tokens, at, afterWord(course, at) ? 1 : 2);
  const last = name && tokens[name.next - 1];
  if (!name || last?.kind !== 'word' || last.owner === null) return null;
  const next = words.filler(tokens, name.next)?.next ?? name.next;
  return (words.mails(tokens, name.next) ?? words.mails(tokens, next))
    ? complete(name.next, asParts('from', [name], at))
    : null;
};

/** to Maria, sent to Maria; "tickets to Warsaw" go nowhere. */
const toSomebody: Rule = (course, at) => {
  const { tokens } = course;
  const to =
    words.to(tokens, at) ?? (isAfterMails(tokens, at) || isCapital(tokens, at + 1) ? words.for(tokens, at) : null);
  if (!to || words.me(tokens, at) || course.mode === 'subject') return null;
  return afterWord(course, at) ? null : peopleAt('to', tokens, at, to.next);
};

const isAfterMails = (tokens: Tokens, at: number): boolean => at > 0 && words.mails(tokens, at - 1)?.next === at;

/** who sent me …, хто писав … */
const whoever: Rule = ({ tokens }, at) => {
  const found = whoWrote(tokens, at);
  return found && silent(found.next);
};
const whoWrote = pattern('{who} [{did}] [{me}] {wrote} [{me}]', words);

/** I sent Maria the contract, я писав Марії */
const iWrote: Rule = (course, at) => {
  const { tokens } = course;
  const found = iSent(tokens, at);
  if (!found || course.mode === 'subject') return null;
  const to = words.to(tokens, found.next);
  const direct = to && !words.me(tokens, found.next) ? peopleAt('to', tokens, at, to.next) : null;
  if (direct) return direct;
  const awaits: Awaited = { field: 'to', first: at, next: found.next, reason: TO_WHOM };
  return { ...complete(found.next, []), awaits };
};
const iSent = pattern('{i} [{did}] {wrote}', words);

/** what did Ivan and Maria write */
const didWrite: Rule = (course, at) => {
  const { tokens } = course;
  const did = words.did(tokens, at);
  const names = did ? namesAt(tokens, did.next) : [];
  const wrote = names.length > 0 ? (words.write(tokens, endOf(names)) ?? words.wrote(tokens, endOf(names))) : null;
  return did && wrote && complete(wrote.next, asParts('from', names, did.next));
};

/** Ivan sent, that Ivan and Maria have sent, Петро надіслав */
const wroteThem: Rule = (course, at) => {
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
  if (!isCertain && isParticiple(tokens, found.next - 1)) return null;
  const awaits: Awaited = { field: 'to', first: found.next, next: found.next, reason: null };
  return { ...complete(found.next, asParts('from', names, at)), awaits };
};
const haveSent = pattern('[{did}] {wrote}', words);
const isAfterRelative = (tokens: Tokens, at: number): boolean =>
  words.relative(tokens, at - 1)?.next === at || words.relative(tokens, at - 2)?.next === at;
/** "photos sent" may be that somebody sent them. */
const isParticiple = (tokens: Tokens, at: number): boolean =>
  ['sent', 'forwarded', 'mentioned'].includes(saidAt(tokens, at).toLowerCase());

/** що писав Петро: the name comes after the verb. */
const wroteSomebody: Rule = (course, at) => {
  const { tokens } = course;
  const wrote = words.wrote(tokens, at);
  if (!wrote || !CYRILLIC.test(saidAt(tokens, at)) || course.mode !== 'free') return null;
  return { ...complete(wrote.next, []), awaits: { field: 'from', first: at, next: wrote.next, reason: null } };
};

/** надіслані Петром, надіслані Марії */
const sentBySomebody: Rule = (course, at) => {
  const { tokens } = course;
  const sent = words.sentParticiple(tokens, at);
  const place = sent && (words.me(tokens, sent.next)?.next ?? sent.next);
  if (place === null || !isNameable(tokens, place)) return null;
  return peopleAt(INSTRUMENTAL.test(saidAt(tokens, place)) ? 'from' : 'to', tokens, at, place);
};

/** листи Олени, листи Степанові, мої листи Олені */
const lettersOf: Rule = (course, at) => {
  const { tokens } = course;
  const letters = words.mails(tokens, at);
  if (!letters || course.mode !== 'free' || !isNameable(tokens, letters.next)) return null;
  const said = saidAt(tokens, letters.next);
  if (!CYRILLIC.test(said)) return null;
  const isMine = at > 0 && words.mine(tokens, at - 1) !== null;
  if (isMine ? ANY_DATIVE.test(said) : DATIVE.test(said) && !isCapital(tokens, letters.next))
    return peopleAt('to', tokens, letters.next, letters.next);
  if (!GENITIVE.test(said)) return null;
  return peopleAt('from', tokens, letters.next, letters.next);
};

/** чеки Сільпо: the receipts of a shop. */
const kindOf: Rule = ({ tokens, parts }, at) => {
  const last = parts.at(-1);
  const isOfKind = last?.next === at && last.meaning.field === 'category';
  return isOfKind && isCapital(tokens, at) && CYRILLIC.test(saidAt(tokens, at))
    ? peopleAt('from', tokens, at, at)
    : null;
};

/** у якому Руслан дякує: somebody with a capital does something in a mail. */
const whereSomebody: Rule = (course, at) => {
  const { tokens } = course;
  const where = words.whereIn(tokens, at);
  if (!where || !isCapital(tokens, where.next)) return null;
  const name = nameAt(tokens, where.next);
  const isActing =
    name && isContent(tokens, name.next) && tokens[name.next]?.kind !== 'phrase' && !isCapital(tokens, name.next);
  return isActing ? complete(name.next, asParts('from', [name], name.first)) : null;
};

/** The name that words before it announced. */
const awaited: Rule = (course, at) => {
  const { tokens, awaits } = course;
  if (!awaits || awaits.field === 'subject' || !fits(course, awaits, at)) return null;
  const first = awaits.field === 'to' && awaits.reason === null ? at : at;
  return peopleAt(awaits.field, tokens, first, at);
};

function fits({ tokens }: Course, { field, first, next }: Awaited, at: number): boolean {
  if (tokens[at]?.kind === 'phrase' || !isNameable(tokens, at)) return false;
  if (field === 'from' || isCapital(tokens, at)) return true;
  const said = saidAt(tokens, at);
  const isGivenSomething =
    at === next && (words.article(tokens, at + 1) !== null || words.wroteTo(tokens, next - 1) !== null);
  return isGivenSomething || (CYRILLIC.test(said) && (first < next ? ANY_DATIVE : DATIVE).test(said));
}

/** The most telling come first. */
export const peopleRules: readonly Rule[] = [
  whoever,
  iWrote,
  didWrite,
  fromDomain,
  fromSomebody,
  fromSomewhere,
  owner,
  toSomebody,
  sentBySomebody,
  lettersOf,
  kindOf,
  wroteThem,
  wroteSomebody,
  whereSomebody,
  awaited,
];
