// Brings the forms of a word together, in mails and in what is looked for: рахунок and рахунків, книга and книзі, invoice and
// invoices. A stem is no word; that two words have the same one is all that it says.
import { stemmer as english } from '@orama/stemmers/english';
import { stemmer as ukrainian } from '@orama/stemmers/ukrainian';

const ENGLISH = /^[a-z]{3,}$/;
const UKRAINIAN = /^[\p{Script=Cyrillic}]{3,}$/u;
/** Letters of a word that count: no word is longer, and a stemmer's time grows with them. */
const MAX_WORD = 64;
/** Words of so few letters have no endings to take off, and stems are no shorter than one less. */
const SHORT = 3;

/** Nouns so short that an ending is half of them. */
const IRREGULAR: Readonly<Record<string, string>> = Object.fromEntries(
  'день дня дню днем дні днів дням днями днях'.split(' ').map((form) => [form, 'дн']),
);

/**
 * What the stemmer leaves of Ukrainian forms that differ within the stem, as rewrites of its end, applied one after the other to every
 * stem: what a rule does to a word that it was not made for, it does to all of that word's forms.
 */
const UKRAINIAN_ENDS: readonly (readonly [RegExp, string])[] = [
  [/ь$/, ''], // князь, князя
  [/(?<=^.{3,})[аеиіїєоуюя]{1,2}$/, ''], // конференці(єю), конференц(ія)
  [/(?<=^.{3,})ат$/, ''], // оплат(а), опл(ати): taken for a verb
  [/(?<=.)[іе](?=[бвгґджзйклмнпрстфхцчшщ]$)/, 'о'], // договір, договору; платіж, платежу
  [/(?<=^.{2,}[бвгґджзклмнпрстфхцчшщ])о(?=[клнрц]$)/, ''], // рахунок, рахунку; кравець, кравця; сестер, сестра
  [/г$/, 'з'], // книга, книзі
  [/к$/, 'ц'], // рука, руці
  [/х$/, 'с'], // муха, мусі
];

/**
 * The stem of a word; the word itself where it has digits, is of no alphabet that has a stemmer here, or of less than three letters.
 *
 * @param word folded by `foldText`, without spaces.
 */
export function stemWord(word: string): string {
  const known = word.slice(0, MAX_WORD);
  if (ENGLISH.test(known)) return english(known) || known;
  if (!UKRAINIAN.test(known)) return known;
  const irregular = Object.hasOwn(IRREGULAR, known) ? IRREGULAR[known] : undefined;
  // київ, києва: the stemmer takes all of the ending, and the city with it.
  return irregular ?? UKRAINIAN_ENDS.reduce(rewrite, stemOf(known.replace(/їв$/, 'єв')));
}

function stemOf(word: string): string {
  const stem = word.length > SHORT ? ukrainian(word) : word;
  return stem.length < SHORT - 1 ? word : stem;
}

const rewrite = (stem: string, [end, put]: readonly [RegExp, string]): string => stem.replace(end, put);
