// What a name may be when nobody speaks of it: «від Івана» is of Іван, «Ользі» for Ольга. Endings alone do not tell a man in
// the genitive from a woman (Олександра), so all that a form may stand for is offered.

/**
 * Endings of a case and what they are instead of: [ending, nominative endings]. Of Ukrainian first, then those that Russian
 * has besides. й, ь and nothing are written alike where keys are alike (see sound-keys.ts).
 */
const ENDINGS: readonly (readonly [string, ...string[]])[] = [
  // Іван, Петро, Олена, Наталя
  ['а', '', 'о'],
  ['у', '', 'о', 'а'],
  ['ові', '', 'о'],
  ['ом', '', 'о'],
  ['е', '', 'о', 'а'],
  ['і', '', 'о', 'а', 'я'],
  ['и', 'а', 'я'],
  ['о', 'а'],
  ['ою', 'а'],
  ['ею', 'а', 'я'],
  // Василь, Андрій, Марія, Любов
  ['я', '', 'й'],
  ['ю', '', 'й', 'я'],
  ['еві', '', 'й'],
  ['єві', 'й'],
  ['ем', '', 'й'],
  ['єм', 'й'],
  ['ї', 'я', 'й'],
  ['є', 'я'],
  ['єю', 'я'],
  // Зеленський, Зеленська, Бондарева, Задорожній
  ['ого', 'ий'],
  ['ому', 'ий'],
  ['им', 'ий', ''],
  ['ої', 'а'],
  ['ій', 'а', 'я'],
  ['ього', 'ій'],
  ['ьому', 'ій'],
  ['ім', 'ій'],
  ['ьої', 'я'],
  // Ольга – Ользі, Оленка – Оленці, Олег – Олеже
  ['зі', 'га'],
  ['ці', 'ка'],
  ['сі', 'ха'],
  ['же', 'г'],
  // Коломієць – Коломійця, Кравець – Кравця, Дячок – Дячка
  ...['ця', 'цю', 'цем', 'цеві'].flatMap((ending) => [[`й${ending}`, 'єць'] as const, [ending, 'ець'] as const]),
  ...['ка', 'ку', 'ком', 'кові'].map((ending) => [ending, 'ок'] as const),
  // Сергея, Екатерины, Зеленского
  ['ы', 'а'],
  ['ой', 'а'],
  ['ей', 'а', 'я'],
  ['его', 'ий'],
  ['ему', 'ий'],
  ['ым', 'ий', ''],
  ['ую', 'а'],
];

const CYRILLIC = /^[а-яєіїґёў]+$/;
const SHORTEST_STEM = 2;
/** Федора is of Федір, Якова of Яків: a syllable that closes turns о and е into і. */
const CLOSED_SYLLABLE = /[ое](?=[бвгґджзйклмнпрстфхцчшщ]$)/;

/**
 * The word itself and every nominative that it may be a case of, in Ukrainian or Russian, the word first; at most 20. Most
 * of them are no names: they are for looking up.
 *
 * @param word folded. One that is not wholly Cyrillic is declined in no language known here, and stays alone.
 */
export function baseForms(word: string): string[] {
  if (!CYRILLIC.test(word) || word.length > 40) return [word];
  const forms = ENDINGS.filter(
    ([ending]) => word.endsWith(ending) && word.length - ending.length >= SHORTEST_STEM,
  ).flatMap(([ending, ...nominatives]) => {
    const stem = word.slice(0, word.length - ending.length);
    return nominatives.flatMap((nominative) =>
      nominative === '' && CLOSED_SYLLABLE.test(stem)
        ? [stem, stem.replace(CLOSED_SYLLABLE, 'і')]
        : [`${stem}${nominative}`],
    );
  });
  return [...new Set([word, ...forms])];
}
