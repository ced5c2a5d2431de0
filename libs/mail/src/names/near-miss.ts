// Whether one word may be what was heard when another one was said.
import { distance } from 'fastest-levenshtein';
import { isGivenName } from './same-names';
import { consonantsOf } from './sound-keys';

/** From so many letters on a word may be misheard in consonants, too, if it begins alike. */
const LONG = 7;
const BEGINNING = 4;

/**
 * How near two keys are: 0 when neither is a mishearing of the other, and always less than 1. One letter may differ in words
 * of four letters or more, two from eight on, if the consonants sound alike or a long word begins the same, and if the ends
 * sound alike: Зеленська is not Зеленський. Two given names are two people.
 */
export function nearness(one: string, other: string): number {
  const length = Math.max(one.length, other.length);
  const allowed = lettersMisheard(length);
  if (Math.abs(one.length - other.length) > allowed || !endAlike(one, other)) return 0;
  if (!haveConsonantsAlike(one, other) && !(length >= LONG && one.slice(0, BEGINNING) === other.slice(0, BEGINNING)))
    return 0;
  const apart = distance(one, other);
  return apart > allowed ? 0 : (length - apart) / (length + 1);
}

const lettersMisheard = (length: number): number => (length < 4 ? 0 : length < 8 ? 1 : 2);

function endAlike(one: string, other: string): boolean {
  const [isGiven, isOtherGiven] = [isGivenName(one), isGivenName(other)];
  if (isGiven && isOtherGiven) return false;
  const [end, otherEnd] = [endVowel(one), endVowel(other)];
  return isGiven || isOtherGiven ? end === otherEnd : end.replace('o', 'a') === otherEnd.replace('o', 'a');
}

const endVowel = (key: string): string => /[aeiou]$/.exec(key)?.[0] ?? '';

function haveConsonantsAlike(one: string, other: string): boolean {
  const sound = consonantsOf(one);
  return sound !== '' && sound === consonantsOf(other);
}
