/**
 * The name by which the IANA's database knows a time zone, or null when it is none. Offsets such as +03:00 are none: Node
 * understands them, yet they know nothing of summer.
 */
export function canonicalTimeZone(name: string): string | null {
  if (!/^[a-z]/i.test(name)) return null;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
