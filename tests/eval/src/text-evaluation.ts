// The queries as they are written down, without anybody's ears in between.
import type { MailQuery, Moment, Understood } from '@sorting-office/mail';
import { isExact, measure, type Figures } from './metrics';
import { moment, type SaidQuery } from './query-set';

export type Understand = (text: string, moment: Moment) => Understood;

/** A query that was not understood as it was meant. */
export interface Miss {
  readonly said: string;
  /** What the recogniser made of it, when it was spoken. */
  readonly heard?: string;
  readonly expected: MailQuery;
  readonly got: MailQuery;
}

export interface TextEvaluation {
  readonly figures: Figures;
  readonly misses: readonly Miss[];
}

export function evaluateText(queries: readonly SaidQuery[], understand: Understand): TextEvaluation {
  const understood = queries.map(({ said, query }) => ({ said, expected: query, got: understand(said, moment).query }));
  return { figures: measure(understood), misses: understood.filter((pair) => !isExact(pair)) };
}
