// What a mail is like: with attachments, unread, starred, a receipt.
import { categories, type Category } from '../../category';
import { valueSlot, words } from '../lexicon/words';
import { isContent } from '../people/names';
import { meaning, pattern, type Slot, type Tokens } from '../grammar/patterns';
import { complete, type FlagField, type Meaning, type Rule } from '../grammar/rule';

const flag = (field: FlagField, value: boolean) => (): Meaning => ({ field, value });

const categoryNoun = valueSlot<Category>(({ categoryNouns }) => categories.map((name) => [categoryNouns[name], name]));
const categoryAdjective = valueSlot<Category>(({ categoryAdjectives }) =>
  categories.map((name) => [categoryAdjectives[name] ?? '', name]),
);

/** An adjective that describes mails, and nothing else: "personal emails", but not "personal finance". */
const categoryOfMails: Slot<Category> = (tokens, at) => {
  const found = categoryAdjective(tokens, at);
  return found && !isContent(tokens, found.next) ? found : null;
};

const slots = { ...words, categoryNoun, categoryOfMails };

const flags: readonly Slot<Meaning>[] = [
  meaning(pattern('{without} [{attached}] {attachment}', slots), flag('hasAttachment', false)),
  meaning(pattern('{without} {file}', slots), flag('hasAttachment', false)),
  meaning(pattern('[{with}] [{article}] {attachment} [{attached}]', slots), flag('hasAttachment', true)),
  meaning(pattern('{with} [{article}] {file} [{attached}]', slots), flag('hasAttachment', true)),
  meaning(pattern('{attached}', slots), flag('hasAttachment', true)),
  meaning(pattern('[{marked}] {unread}', slots), flag('unread', true)),
  meaning(pattern('[{marked}] {read}', slots), flag('unread', false)),
  meaning(pattern('{marked} {readOne}', slots), flag('unread', false)),
  meaning(pattern('{readOne} {mails}', slots), flag('unread', false)),
  meaning(pattern('{notFlagged}', slots), flag('flagged', false)),
  meaning(pattern('{flagged}', slots), flag('flagged', true)),
];

const kinds: readonly Slot<Meaning>[] = [
  meaning(pattern('[{inFolder}] [{marked}] {categoryNoun} [{folder}]', slots), (found) => ({
    field: 'category',
    value: found.categoryNoun,
  })),
  meaning(pattern('[{inFolder}] [{marked}] {categoryOfMails} [{folder}]', slots), (found) => ({
    field: 'category',
    value: found.categoryOfMails,
  })),
];

const ruleOf =
  (states: readonly Slot<Meaning>[]): Rule =>
  ({ tokens }, at) => {
    for (const state of states) {
      const found = state(tokens, at);
      if (found) return complete(found.next, [{ first: at, next: found.next, meaning: found.value }]);
    }
    return null;
  };

const flagRule = ruleOf(flags);
const kindRule = ruleOf(kinds);

/** Of what mails are about, and in their subject, a receipt is a word like any other. */
export const stateRules: readonly Rule[] = [
  (course, at) => (course.mode === 'subject' ? null : flagRule(course, at)),
  (course, at) => (course.mode === 'free' ? kindRule(course, at) : null),
];

/** The category that a name or word means. */
export const categoryCalled = (tokens: Tokens): Category | null => {
  const found = categoryNoun(tokens, 0) ?? categoryAdjective(tokens, 0);
  return found?.next === tokens.length ? found.value : null;
};
