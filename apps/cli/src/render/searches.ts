import type { KeptSearch } from '../api/schemas';
import type { Style } from './style';
import { table } from './table';
import { moment } from './text';

/** Searches, a line each. */
export function renderSearches(items: readonly KeptSearch[], style: Style): string {
  if (items.length === 0) return 'There are no searches: `office search` makes one.';
  return table(
    [{ title: 'id' }, { title: 'when' }, { title: 'found', align: 'right' }, { title: 'by' }, { title: 'what' }],
    items.map(({ id, createdAt, total, state, spoken, text, error }) => [
      id,
      moment(createdAt),
      total === null ? (state ?? '-') : String(total),
      spoken ? 'voice' : 'text',
      error ? `${text ?? ''} (${error.message})`.trim() : (text ?? '-'),
    ]),
    style,
  );
}
