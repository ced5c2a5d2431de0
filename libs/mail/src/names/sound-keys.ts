// Spells a word of a name the way it sounds, in the letters a to z, so that one name meets itself in every alphabet and
// spelling: Шевченко, Shevchenko, Szewczenko and Schewtschenko are all `shevchenko`.
import { foldText } from '../query/fold';

/** UTF-16 units of a key: the longest surnames have half as many letters. */
export const MAX_KEY = 40;
/** Letters of a word that are read. */
const MAX_WORD = 60;

/**
 * Letters as Ukrainian passports have them (resolution 55 of the Cabinet of Ministers, 2010), Russian ones among them; й
 * and ї are i like their neighbours, as hardly two spellings agree on those.
 */
const CYRILLIC: Readonly<Record<string, string>> = {
  а: 'a', б: 'b', в: 'v', г: 'h', ґ: 'g', д: 'd', е: 'e', є: 'ie', ё: 'e', ж: 'zh', з: 'z', и: 'i', і: 'i', ї: 'i', й: 'i',
  к: 'k', л: 'l', м: 'm', н: 'n', о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ў: 'u', ф: 'f', х: 'kh', ц: 'ts', ч: 'ch',
  ш: 'sh', щ: 'shch', ъ: '', ы: 'i', ь: '', э: 'e', ю: 'iu', я: 'ia',
}; // prettier-ignore
const CYRILLIC_LETTER = /[а-яєіїґёў]/g;

/** Letters whose marks say how they sound, which folding would take off. Those of Turkish, Polish, Czech, Croatian. */
const MARKED: Readonly<Record<string, string>> = {
  č: 'ch',
  ć: 'ch',
  š: 'sh',
  ş: 'sh',
  ș: 'sh',
  ž: 'zh',
  ż: 'zh',
  ç: 's',
};
const MARKED_LETTER = new RegExp(`[${Object.keys(MARKED).join('')}]`, 'g');

/**
 * What stands for the same sound, each in its own languages, in the order in which it is looked for; over again until nothing is
 * found, so that a key is its own key.
 */
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/schtsch|szcz/g, 'shch'],
  [/tsch|tch|cz/g, 'ch'],
  [/sch|sz/g, 'sh'],
  [/chr/g, 'kr'],
  [/ph/g, 'f'],
  [/th/g, 't'],
  [/gh/g, 'g'],
  [/qu/g, 'kv'],
  [/q/g, 'k'],
  [/x/g, 'ks'],
  [/w/g, 'v'],
  [/tz/g, 'ts'],
  [/c(?=[eiy])/g, 's'],
  [/c(?!h)/g, 'k'],
  // Annie is Anny, Stacey is Stacy.
  [/(?<=.[^aeiou])ie$/, 'i'],
  [/[yij]+/g, 'i'],
  [/ie/g, 'e'],
  // Іванна is not Івана; other letters are doubled as everybody likes.
  [/([a-mo-z])\1+/g, '$1'],
  [/nnn+/g, 'nn'],
  // Сергей is Сергій.
  [/(?<=...)ei$/, 'i'],
  // Зеленская is Зеленська.
  [/skaia$/, 'ska'],
];

/**
 * The keys of a word, at most three. A Cyrillic word has several where alphabets disagree: г is h in Ukrainian and g in
 * Russian, х is kh or h; a word in Latin letters has one. A word in any other script is its own key. One letter has a key
 * too.
 *
 * @param word folded, see `foldText`; only its first 60 letters are read.
 */
export function soundKeys(word: string): string[] {
  const ukrainian = word.slice(0, MAX_WORD);
  const russian = ukrainian.replaceAll('г', 'g');
  const readings = [ukrainian, russian, russian.replace(/х(?=[аеєиіїоуыэюя])/g, 'h')];
  return [...new Set(readings)].map(spell).filter((key, at, keys) => key !== '' && keys.indexOf(key) === at);
}

function spell(reading: string): string {
  let key = reading.replace(CYRILLIC_LETTER, (letter) => CYRILLIC[letter] ?? letter);
  for (let before = ''; before !== key;) {
    before = key;
    for (const [spelling, sound] of SPELLINGS) key = key.replace(spelling, sound);
    key = asKey(key);
  }
  return key;
}

/** As much of something as a key may hold. */
export const asKey = (letters: string): string => letters.slice(0, MAX_KEY).toWellFormed();

/** Consonants that are taken for one another when a name is misheard. */
const ALIKE: Readonly<Record<string, string>> = {
  b: 'p', p: 'p', d: 't', t: 't', g: 'k', k: 'k', h: 'k', v: 'f', f: 'f', z: 's', s: 's', m: 'm', n: 'n', l: 'l', r: 'r',
}; // prettier-ignore

/**
 * What is left of a key when it is misheard: its consonants, those alike as one, so that `petrenka` and `petrenko` meet.
 * '' for words of less than two consonants or four letters, which would meet everybody, and for those in other alphabets.
 */
export function consonantsOf(key: string): string {
  if (!/^[a-z]{4,}$/.test(key)) return '';
  const consonants = key
    .replace(/ts|[sz]h(?:ch)?|ch/g, 's')
    .replace(/kh/g, 'k')
    .replace(/./g, (letter) => ALIKE[letter] ?? '')
    .replace(/(.)\1+/g, '$1');
  return consonants.length < 2 ? '' : consonants;
}

/** UTF-16 units of a name or an address that are read. */
const MAX_TEXT = 400;

/** The words of a name, folded; at most `most` of them. */
export function nameWords(text: string, most: number): string[] {
  const marked = text
    .slice(0, MAX_TEXT)
    .normalize('NFC')
    .toLowerCase()
    .replace(MARKED_LETTER, (letter) => MARKED[letter] ?? letter);
  return foldText(marked)
    .split(' ', most)
    .filter((word) => word !== '');
}
