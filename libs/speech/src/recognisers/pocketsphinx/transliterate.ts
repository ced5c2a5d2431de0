// Cyrillic names in Latin letters, so that an English recogniser can hear them: «Петренко» is "petrenko".

/** Ukraine's official table (Cabinet of Ministers, resolution 55 of 2010), and the letters that only Russian has. */
const LETTERS: Readonly<Record<string, string>> = {
  а: 'a', б: 'b', в: 'v', г: 'h', ґ: 'g', д: 'd', е: 'e', є: 'ie', ж: 'zh', з: 'z', и: 'y', і: 'i', ї: 'i', й: 'i',
  к: 'k', л: 'l', м: 'm', н: 'n', о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'kh', ц: 'ts', ч: 'ch',
  ш: 'sh', щ: 'shch', ь: '', ю: 'iu', я: 'ia', ё: 'io', ъ: '', ы: 'y', э: 'e',
}; // prettier-ignore
const AT_THE_START: Readonly<Record<string, string>> = { є: 'ye', ї: 'yi', й: 'y', ю: 'yu', я: 'ya' };
const APOSTROPHE = /(?<=\p{Script=Cyrillic})['’ʼ](?=\p{Script=Cyrillic})/gu;
const CYRILLIC_WORD = /\p{Script=Cyrillic}+/gu;

/** Lower case is expected; other scripts are left as they are. */
export function transliterate(text: string): string {
  return text.replace(APOSTROPHE, '').replace(CYRILLIC_WORD, (word) =>
    word
      .replace(/зг/g, 'zgh')
      .replace(/^./u, (letter) => AT_THE_START[letter] ?? letter)
      .replace(/\p{Script=Cyrillic}/gu, (letter) => LETTERS[letter] ?? letter),
  );
}
