// A rule looks at one aspect of a mail and returns what that speaks for. Weights are logarithms of odds: 1 makes a
// category about three times as likely, 3 twenty times; a negative weight speaks against it.
import type { Category } from '../category';
import type { MailView } from './mail-view';

export interface Evidence {
  /** The stable name of what was found. */
  readonly signal: string;
  /** What was found, for the owner. */
  readonly text: string;
  readonly weights: Partial<Readonly<Record<Exclude<Category, 'review'>, number>>>;
  /** Never file the mail away. */
  readonly keep?: true;
}

export type Rule = (view: MailView) => readonly Evidence[] | Evidence | null;

/** `texts` quoted and listed, at most three. */
export const listed = (texts: readonly string[]): string =>
  `${texts
    .slice(0, 3)
    .map((text) => `“${text}”`)
    .join(', ')}${texts.length > 3 ? ' …' : ''}`;

/**
 * The weight of having found `count` things, given the weights of one, two, three … of them; more count as the last.
 */
export const graded = (count: number, weights: readonly number[]): number =>
  count === 0 ? 0 : (weights[Math.min(count, weights.length) - 1] ?? 0);
