// not from Ivan, except newsletters, крім спаму: a query says what is to be found, not what is not.
import { words } from '../lexicon/words';
import { isNameable } from './names';
import { complete, type Rule } from './rule';

export const NO_NEGATION = 'What is not to be found cannot be said. Leave it out, or say what is to be found.';

/** A negation takes with it what any of these rules finds after it, or one word. */
export const negation =
  (rules: readonly Rule[]): Rule =>
  (course, at) => {
    const { tokens, mode } = course;
    const except = words.except(tokens, at);
    const not = except ?? words.not(tokens, at);
    if (!not || mode !== 'free') return null;
    const next = negated(course, not.next) ?? (except && isNameable(tokens, not.next) ? not.next + 1 : null);
    return next === null ? null : complete(next, [{ first: at, next, meaning: { field: null, reason: NO_NEGATION } }]);

    function negated(...place: Parameters<Rule>): number | null {
      for (const rule of rules) {
        const reading = rule(...place);
        if (reading && reading.parts.length > 0) return reading.next;
      }
      return null;
    }
  };
