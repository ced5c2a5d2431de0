// Turns evidence into a decision. The weights for and against a category are added up, and the sums become
// probabilities against a constant one for "nothing is known". What is not likely enough is for the owner to decide.
import type { Category } from '../category';
import type { Evidence } from './evidence';
import type { Reason, Verdict } from './verdict';

export type Guess = Exclude<Category, 'review'>;

/** What knowing nothing about a mail weighs. */
const UNKNOWN = 0.7;
const LIKELY_ENOUGH = 0.55;
/** Calling a good mail spam is worse than asking. */
const SURELY_SPAM = 0.8;
/** Categories that are hard to tell apart, and where that does little harm: together they have to be likely enough. */
const KINDRED: readonly (readonly Guess[])[] = [
  ['newsletter', 'promotion'],
  ['personal', 'action_required', 'important'],
];
const MAX_REASONS = 8;
const MAX_TEXT = 500;

/** The verdict that evidence leads to. `problems`: what could not be read of the mail, in words. */
export function decide(evidence: readonly Evidence[], problems: readonly string[]): Verdict {
  const probabilities = weigh(evidence);
  const best = mostLikely(probabilities);
  const confidence = best === null ? 0 : (probabilities.get(best) ?? 0);
  const keep = evidence.some((each) => each.keep === true);
  const doubt = best === null ? NO_EVIDENCE : whyUnclear(best, probabilities, problems, keep);
  const reasons = [...(doubt ? [doubt] : []), ...reasonsFor(evidence, best)].slice(0, MAX_REASONS);
  return { category: doubt || best === null ? 'review' : best, confidence, reasons, keep };
}

const NO_EVIDENCE: Reason = { signal: 'no-evidence', text: 'Nothing about it tells what it is.' };
const KEPT: Reason = {
  signal: 'kept',
  text: 'It looks like spam, but has a code or a bill, which are never filed away.',
};

function weigh(evidence: readonly Evidence[]): Map<Guess, number> {
  const sums = new Map<Guess, number>();
  for (const { weights } of evidence) {
    for (const [category, weight] of Object.entries(weights) as [Guess, number][]) {
      sums.set(category, (sums.get(category) ?? 0) + weight);
    }
  }
  const odds = [...sums].map(([category, sum]) => [category, Math.exp(sum)] as const);
  const total = odds.reduce((all, [, one]) => all + one, Math.exp(UNKNOWN));
  return new Map(odds.map(([category, one]) => [category, one / total]));
}

function mostLikely(probabilities: ReadonlyMap<Guess, number>): Guess | null {
  let best: Guess | null = null;
  for (const [category, probability] of probabilities) {
    if (best === null || probability > (probabilities.get(best) ?? 0)) best = category;
  }
  return best;
}

function whyUnclear(
  best: Guess,
  probabilities: ReadonlyMap<Guess, number>,
  [problem]: readonly string[],
  keep: boolean,
): Reason | null {
  if (problem !== undefined) return { signal: 'unreadable', text: problem.slice(0, MAX_TEXT) };
  const probability = probabilities.get(best) ?? 0;
  if (best === 'spam') {
    if (keep) return KEPT;
    if (probability >= SURELY_SPAM) return null;
    if (probability >= LIKELY_ENOUGH) {
      return { signal: 'not-surely-spam', text: `It may be spam, but that is only ${percent(probability)} likely.` };
    }
  }
  const kindred = KINDRED.find((group) => group.includes(best)) ?? [best];
  const together = kindred.reduce((sum, category) => sum + (probabilities.get(category) ?? 0), 0);
  return together < LIKELY_ENOUGH
    ? { signal: 'unclear', text: `It looks most like ${best}, but that is only ${percent(probability)} likely.` }
    : null;
}

/** What spoke for a category, the weightiest first. */
function reasonsFor(evidence: readonly Evidence[], category: Guess | null): Reason[] {
  const weightOf = ({ weights }: Evidence): number => (category === null ? 0 : (weights[category] ?? 0));
  return evidence
    .filter((each) => weightOf(each) > 0)
    .sort((a, b) => weightOf(b) - weightOf(a))
    .map(({ signal, text }) => ({ signal, text: text.slice(0, MAX_TEXT) }));
}

const percent = (probability: number): string => `${Math.round(probability * 100)} %`;
