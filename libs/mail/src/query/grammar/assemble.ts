// Puts what the parts of a text mean together into one query, and sets aside what does not go with the rest.
import type { Calendar } from '../dates/calendar';
import { MAX_ENTRIES, type Chip, type Leftover, type MailQuery, type Understood } from '../mail-query';
import { operatorsFor } from './chips';
import type { Tokens } from './patterns';
import type { EntryField, Meaning, Part } from './rule';

type Draft = { -readonly [Field in keyof MailQuery]: MailQuery[Field] };

const entryCounts: Readonly<Record<EntryField, string>> = {
  from: 'senders',
  to: 'recipients',
  subject: 'words of the subject',
  text: 'words',
};

/** The query that the parts of a text make, in their order; each is a chip or left over. */
export function assemble(parts: readonly Part[], tokens: Tokens, text: string, calendar: Calendar): Understood {
  const query: Draft = {};
  const chips: Chip[] = [];
  const notUnderstood: Leftover[] = [];
  for (const { first, next, meaning } of parts) {
    const start = tokens[first]?.start ?? 0;
    const end = tokens[next - 1]?.end ?? start;
    const place = { said: text.slice(start, end), start, end };
    const reason = meaning.field === null ? meaning.reason : add(query, meaning);
    if (reason !== null) notUnderstood.push({ ...place, reason });
    else if (meaning.field !== null)
      chips.push({ ...place, field: meaning.field, operator: operatorsFor(meaning, calendar) });
  }
  return { query, chips, notUnderstood };
}

/** Adds to a query what it does not contradict; otherwise says why not. */
function add(query: Draft, meaning: Exclude<Meaning, { field: null }>): string | null {
  switch (meaning.field) {
    case 'from':
    case 'to':
    case 'subject':
    case 'text':
      return addEntry(query, meaning.field, meaning.entry);
    case 'date': {
      const after = latest(query.after, meaning.interval.after);
      const before = earliest(query.before, meaning.interval.before);
      if (after && before && after >= before)
        return 'No day is in this and in the dates before it. Say only one of them.';
      if (after) query.after = after;
      if (before) query.before = before;
      return null;
    }
    case 'category':
      if (query.category && query.category !== meaning.value) return 'A mail has one category. Say only one of them.';
      query.category = meaning.value;
      return null;
    default:
      if ((query[meaning.field] ?? meaning.value) !== meaning.value)
        return 'This is the opposite of what was said before it. Say only one of them.';
      query[meaning.field] = meaning.value;
      return null;
  }
}

function addEntry(query: Draft, field: EntryField, entry: string): string | null {
  const entries = query[field] ?? [];
  if (entries.includes(entry)) return null;
  if (entries.length === MAX_ENTRIES) return `There are more than ${MAX_ENTRIES} ${entryCounts[field]}. Say fewer.`;
  query[field] = [...entries, entry];
  return null;
}

const latest = (one: string | undefined, other: string | undefined): string | undefined =>
  one === undefined || (other !== undefined && other > one) ? other : one;
const earliest = (one: string | undefined, other: string | undefined): string | undefined =>
  one === undefined || (other !== undefined && other < one) ? other : one;
