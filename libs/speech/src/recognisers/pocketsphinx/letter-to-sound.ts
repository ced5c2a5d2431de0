// Guesses how a word that is in no dictionary is pronounced, in the phones of CMU's dictionary (ARPAbet). Mostly these are
// names, and people say those in two ways: as they are written in most of Europe ("Olena" is oh-LEH-nah), and as if they
// were English ("Jane" rhymes with "rain"), the first with its weak vowels full or dull. All ways are given. At each place
// the first rule that fits is taken.

export const PHONES = [
  'AA', 'AE', 'AH', 'AO', 'AW', 'AY', 'B', 'CH', 'D', 'DH', 'EH', 'ER', 'EY', 'F', 'G', 'HH', 'IH', 'IY', 'JH', 'K', 'L',
  'M', 'N', 'NG', 'OW', 'OY', 'P', 'R', 'S', 'SH', 'T', 'TH', 'UH', 'UW', 'V', 'W', 'Y', 'Z', 'ZH',
] as const; // prettier-ignore
export type Phone = (typeof PHONES)[number];

const VOWEL = /^[AEIOU]/;

interface Rule {
  /** Matches letters from the place on; looks behind and ahead as far as it needs. */
  readonly letters: RegExp;
  readonly phones: readonly Phone[];
}

/** Letters, then phones; one rule on a line. */
function rules(table: string): readonly Rule[] {
  return table
    .trim()
    .split('\n')
    .map((line) => {
      const [letters = '', ...phones] = line.trim().split(/\s+/);
      return { letters: new RegExp(letters, 'y'), phones: phones.map(phone) };
    });
}

function phone(name: string): Phone {
  const found = PHONES.find((one) => one === name);
  if (!found) throw new TypeError(`${name} is no phone`);
  return found;
}

const GROUPS = rules(`
  shch        SH CH
  sch         SH
  tsch        CH
  tch         CH
  zgh         Z G
  zh          ZH
  kh          HH
  ch          CH
  sh          SH
  ts          T S
  tz          T S
  ph          F
  th          TH
  gh(?=[aeiouy])  G
  ck          K
  qu          K W
  wh          W
  wr          R
  ^kn         N
  ^x          Z
  x           K S
  dzh         JH
  dj          JH
  dg(?=[ei])  JH
  cc(?=[eiy])  K S
  c(?=[eiy])  S
  ng(?![aeiou])  NG
  nk          NG K
  mb$         M
`);

const LETTERS = rules(`
  bb?         B
  cc?         K
  dd?         D
  ff?         F
  gg?         G
  h           HH
  kk?         K
  ll?         L
  mm?         M
  nn?         N
  pp?         P
  q           K
  rr?         R
  ss?         S
  tt?         T
  vv?         V
  zz?         Z
`);

const EUROPEAN = rules(`
  ie          Y EH
  ia$         IY AH
  ya          Y AA
  ye          Y EH
  yi          Y IY
  yo          Y OW
  yu          Y UW
  iu          Y UW
  ia          Y AA
  io          Y OW
  [iy][iy]+   IY
  [aeo]i      EY
  [ae]y       EY
  oy          OY
  au          AW
  eu          Y UW
  ou          UW
  [ao]o       UW
  (?<=[a-z].*)a$  AH
  aa?         AA
  ee?         EH
  i           IY
  o(?=[^aeiouy]?[aeiouy]|$)  OW
  o           AO
  uu?         UW
  y           IY
  j           Y
  w           V
`);

const ENGLISH = rules(`
  tion        SH AH N
  igh         AY
  eau         OW
  ough        AO
  augh        AO
  ee          IY
  ea          IY
  ai          EY
  ay          EY
  ei          EY
  ey$         IY
  ey          EY
  oa          OW
  oo          UW
  ou          AW
  ow          OW
  oi          OY
  oy          OY
  au          AO
  aw          AO
  ew          UW
  ue$         UW
  ie$         IY
  ie          IY
  ar(?![aeiouy])  AA R
  or(?![aeiouy])  AO R
  [eiu]r(?![aeiouy])  ER
  a(?=[^aeiouyx]e$)  EY
  e(?=[^aeiouyx]e$)  IY
  i(?=[^aeiouyx]e$)  AY
  o(?=[^aeiouyx]e$)  OW
  u(?=[^aeiouyx]e$)  UW
  (?<=[aeiouy].*)e$
  h(?![aeiouy])
  a$          AH
  a           AE
  e           EH
  i$          IY
  i           IH
  o$          OW
  o           AA
  u           AH
  ^y          Y
  y$          IY
  y(?=[aeou])  Y
  y           IH
  j           JH
  g(?=e$)     JH
  w           W
`);

/**
 * @param word letters a to z and apostrophes
 * @returns one to three pronunciations; none when there is nothing to pronounce
 */
export function guessPronunciations(word: string): Phone[][] {
  const letters = word.replace(/[^a-z]/g, '');
  const european = apply([...GROUPS, ...EUROPEAN, ...LETTERS], letters);
  const guesses = [european, dull(european), apply([...GROUPS, ...ENGLISH, ...LETTERS], letters)];
  return guesses.filter(
    (guess, at) => guess.length > 0 && guesses.findIndex((other) => other.join() === guess.join()) === at,
  );
}

/** With all its vowels dull but the last two: most names of three syllables and more are stressed on the last but one. */
function dull(phones: readonly Phone[]): Phone[] {
  const vowels = phones.flatMap((one, at) => (VOWEL.test(one) ? [at] : []));
  const weak = new Set(vowels.slice(0, -2));
  return phones.map((one, at) => (weak.has(at) ? 'AH' : one));
}

function apply(table: readonly Rule[], letters: string): Phone[] {
  const phones: Phone[] = [];
  for (let at = 0; at < letters.length;) {
    let taken = 1;
    for (const rule of table) {
      rule.letters.lastIndex = at;
      const found = rule.letters.exec(letters);
      if (!found) continue;
      phones.push(...rule.phones);
      taken = found[0].length;
      break;
    }
    at += taken;
  }
  return phones;
}
