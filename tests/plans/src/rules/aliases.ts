const word = '`?(\\w+)`?';
const named = new RegExp(`(?:\\b|_)(?:from|join|update|into)\\s+${word}(?=(?:\\s+(?:as\\s+)?${word})?)`, 'gi');
const derived = new RegExp(`\\)\\s*(?:as\\s+)?${word}`, 'gi');
/** What comes after a table's name and is no other name for it. */
const keywords = /^(?:force|where|set|on|order|limit|left|join|straight_join|for|values|select|group|union|using)$/i;

/** The tables that a statement reads by the names that it gives them, in lower case; null for one that it makes itself. */
export function aliases(sql: string): ReadonlyMap<string, string | null> {
  const found = new Map<string, string | null>();
  for (const [, name = ''] of sql.matchAll(derived)) found.set(name.toLowerCase(), null);
  for (const [, table = '', alias = ''] of sql.matchAll(named)) {
    found.set(table.toLowerCase(), table);
    if (alias !== '' && !keywords.test(alias)) found.set(alias.toLowerCase(), table);
  }
  return found;
}
