/** Longest statement that a span bears, in characters: one that inserts 500 rows says no more than its beginning. */
const maxLength = 1000;

/** A statement as a span may show it: without what stands in quotes, since values belong into placeholders and may be anybody's. */
export function maskStatement(sql: string): string {
  const text = sql.length > maxLength ? `${sql.slice(0, maxLength)}…` : sql;
  return /['"]/.test(text) ? text.replace(/'(?:[^'\\]|\\.)*('|$)|"(?:[^"\\]|\\.)*("|$)/gs, '?') : text;
}
