/** What one check has found. */
export interface Finding {
  readonly name: string;
  /** `skipped`: it could not be looked at, for a reason that is no fault of its own. */
  readonly state: 'ok' | 'wrong' | 'skipped';
  readonly says: string;
  /** What to do about it. */
  readonly remedy?: string;
  /** The error's, for programs. */
  readonly code?: string;
}

/** How long one check may take, in milliseconds, and what ends all of them. */
export interface Limits {
  readonly ms: number;
  readonly signal: AbortSignal;
}

export const ok = (name: string, says: string): Finding => ({ name, state: 'ok', says });
export const wrong = (name: string, says: string, remedy: string): Finding => ({ name, state: 'wrong', says, remedy });
export const skipped = (name: string, says: string): Finding => ({ name, state: 'skipped', says });

/** A server that is not spoken to, or must not be, as it is set up. */
export const untrusted = (name: string, { code, message }: { code: string; message: string }, variable: string) => ({
  ...wrong(
    name,
    message,
    `Look at ${variable}_URL, ${variable}_TLS and ${variable}_CA_FILE, and at the server's certificate.`,
  ),
  code,
});

/** Host, port and what is named there, without the password. */
export function placeOf(url: string): string {
  if (!URL.canParse(url)) return 'an address that is none';
  const { host, pathname } = new URL(url);
  return host + (pathname === '/' ? '' : pathname);
}
