/** What one check has found. */
export interface Finding {
  readonly name: string;
  /** `skipped`: it could not be looked at, for a reason that is no fault of its own. */
  readonly state: 'ok' | 'wrong' | 'skipped';
  readonly says: string;
  /** What to do about it. */
  readonly remedy?: string;
}

/** How long one check may take, in milliseconds, and what ends all of them. */
export interface Limits {
  readonly ms: number;
  readonly signal: AbortSignal;
}

export const ok = (name: string, says: string): Finding => ({ name, state: 'ok', says });
export const wrong = (name: string, says: string, remedy: string): Finding => ({ name, state: 'wrong', says, remedy });
export const skipped = (name: string, says: string): Finding => ({ name, state: 'skipped', says });

/** Host, port and what is named there, without the password. */
export function placeOf(url: string): string {
  if (!URL.canParse(url)) return 'an address that is none';
  const { host, pathname } = new URL(url);
  return host + (pathname === '/' ? '' : pathname);
}
