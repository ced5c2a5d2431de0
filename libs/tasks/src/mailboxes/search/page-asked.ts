import type { Conditions } from './conditions';
import type { Cursor } from './cursor';

/** A page of mails, as it is looked for. */
export interface PageAsked {
  conditions: Conditions;
  /** The moment that ages are counted from. */
  now: Date;
  /** The page before; null for the first one. */
  after: Pick<Cursor, 'age' | 'id'> | null;
  /** Mails of a page. */
  limit: number;
}
