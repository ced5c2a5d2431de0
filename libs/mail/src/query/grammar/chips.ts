// Writes what was understood as typed operators (see operators.ts, which reads them).
import type { Calendar } from '../dates/calendar';
import type { Meaning } from './rule';

const BARE = /^[\p{L}\p{N}][\p{L}\p{N}\p{M}@.’ʼ'_+-]*$/u;

const quoted = (entry: string): string => (BARE.test(entry) ? entry : `"${entry}"`);

/** The typed operators of the same meaning. */
export function operatorsFor(meaning: Exclude<Meaning, { field: null }>, calendar: Calendar): string {
  switch (meaning.field) {
    case 'text':
    case 'from':
    case 'to':
    case 'subject':
      return `${meaning.field}:${quoted(meaning.entry)}`;
    case 'date': {
      const { after, before } = meaning.interval;
      return [after && `after:${calendar.describe(after)}`, before && `before:${calendar.describe(before)}`]
        .filter(Boolean)
        .join(' ');
    }
    case 'unread':
      return meaning.value ? 'is:unread' : 'is:read';
    case 'flagged':
      return meaning.value ? 'is:starred' : 'is:unstarred';
    case 'hasAttachment':
      return meaning.value ? 'has:attachment' : 'no:attachment';
    case 'category':
      return `category:${meaning.value}`;
  }
}
