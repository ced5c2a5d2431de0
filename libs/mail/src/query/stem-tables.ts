// What the stemmers of @orama/stemmers do not know. Its Ukrainian one takes endings off by a list, without looking at the word: it
// knows no change within a stem (договір, договору), and takes parts of nouns for endings of verbs and adjectives (адреси, умова).
// What a rule here does to a word that it was not made for, it should do to all of that word's forms.

/** An end of a word, and what is put in its place. */
export type Rewrite = readonly [RegExp, string];

/** Words whose stem is not found by rule. */
export const ENGLISH_FORMS: ReadonlyMap<string, string> = new Map([['news', 'news']]);

/** Forms whose stem is not found by rule: an ending is half of the word, or the stem is that of another word. */
export const UKRAINIAN_FORMS: ReadonlyMap<string, string> = formsOf({
  дн: 'день дня дню дневі днем дні днів дням днями днях',
  тижн: 'тиждень тижня тижню тижневі тижнем тижні тижнів тижням тижнями тижнях',
  листя: 'листя листю листям',
});

/** Before the stemmer, one after the other: keeps it from taking what is no ending. */
export const BEFORE: readonly Rewrite[] = [
  [/їв$/, 'єв'], // київ, києва
  [/(?<=^(?:льв|харк|черніг|фаст|кан|борщ|обух|як))ів$/, 'ов'], // львів, львова; also one of WHOLE
  [/си$/, 'са'], // адреси: as if it were reflexive, like -ся
  [/(?<=[^нт])іх$/, 'оха'], // успіх: as if it were an adjective, like останніх
  // The stemmer looks for -ость by a global RegExp's test(), whose lastIndex outlives the call: the word before would decide.
  [/ость+/g, 'ост'],
];

/** Stems that the stemmer takes for something with an ending, with whatever ending they have. */
export const WHOLE = new RegExp(
  '^(' +
    [
      'кредит|візит|транзит|апетит|іспит', // like платити
      'прав|справ|заяв|держав|вистав|страв|застав|підстав|постав', // like писав
      'перспектив|ініціатив|альтернатив|директив', // like платив
      'проблем|систем|схем|теорем|артем', // like синєм
      'максим|вадим', // like новим
      'основ|умов', // like нова
      'метал|канал|матеріал', // like писали
      'память|адресат', // like знать and писати
      'наді|поді', // not над, and not подати
      'львов|харков|чернігов|фастов|канов|борщов|обухов|яков',
      '.+ьов', // ковальов is not коваль
      '(?:іван|петр|павл|степан|сидор|федор|богдан|михайл|тихон)ов(?!і$)', // nor іванов іван; but «іванові» is to him
    ].join('|') +
    ')(?:[аеиіїйоуюя]|[оеє]ю|[аяои]м|[аяи]х|[аяи]ми|ові|ів|ий|ій|ого|ому)?$',
);

/** After the stemmer, one after the other, to every stem. */
export const AFTER: readonly Rewrite[] = [
  [/(?<=^.{3,}|^[аеиіїєоуюя][^аеиіїєоуюя])[аеиіїєоуюя]{1,2}$/, ''], // конференці(єю), конференц(ія); юлі(ї), юл(ія)
  [/(?<=^.{3,})а[тл]$/, ''], // оплат(а), опл(ати); матеріал, матері(али): taken for verbs
  [/([^аеиіїєоуюя])\1$/, '$1'], // стаття, статей; ніччю, ночі
  [/(?<=^.{3,})ов$/, ''], // термінов(ий), термін(ові): taken for a noun's dative
  [/(?<=.)[іе](?=(?:[бвгґджзйклмнпрстфхцчшщ]|ст)$)/, 'о'], // договір, договору; платіж, платежу; вартість, вартості
  [/(?<=^.{2,}[бвгґджзклмнпрстфхцчшщ])о(?=[клнрц]$)/, ''], // рахунок, рахунку; кравець, кравця; сестер, сестра
  [/г$/, 'з'], // книга, книзі
  [/к$/, 'ц'], // рука, руці
  [/х$/, 'с'], // муха, мусі
];

function formsOf(table: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(table).flatMap(([stem, forms]) => forms.split(' ').map((form) => [form, stem] as const)),
  );
}
