/** What must never reach a log or a trace, by the name under which it stands and by how it looks. */

/** Keys whose values are left out, however deep they stand. Upper and lower case, `-` and `_` make no difference. */
export const redactedKeys = [
  'token',
  'accessToken',
  'refreshToken',
  'sessionToken',
  'csrfToken',
  'password',
  'passwd',
  'authorization',
  'proxyAuthorization',
  'cookie',
  'setCookie',
  'secret',
  'clientSecret',
  'apiKey',
  'privateKey',
  'databaseUrl',
  'amqpUrl',
] as const;

export const censor = '[redacted]';

const plain = (key: string) => key.replace(/[-_]/g, '').toLowerCase();
const hidden = new Set(redactedKeys.map(plain));

/** Secrets that can be told by their looks, in text that may be JSON: none reaches beyond a quotation mark. */
const looks: readonly [RegExp, string][] = [
  // Up to the last @ before a space: a password that was not encoded may hold one itself.
  [/([a-z][a-z0-9+.-]{0,30}:\/\/[^\s:@/"\\]{0,256}):[^\s"]{1,512}@/gi, `$1:${censor}@`],
  [/\b(?:office|session)_[A-Za-z0-9_-]{16,}/g, censor],
  [/\b(Bearer) +[A-Za-z0-9._~+/=-]+/gi, `$1 ${censor}`],
  [/\b(Basic) +[A-Za-z0-9+/=]{8,}/g, `$1 ${censor}`],
  [/\b((?:proxy-)?authorization|(?:set-)?cookie)((?:\\?["'])?\s*[:=]\s*(?:\\?["'])?)[^"'\\\r\n]+/gi, `$1$2${censor}`],
];

/** Whether it can hold a secret at all: most lines cannot, and pay for nothing more. */
const suspicious = /:\/\/|office_|session_|bearer |basic |authorization|cookie/i;

/** Text without the secrets in it: URLs' passwords, our tokens and sessions, credentials and cookies of HTTP. */
export function redactText(text: string): string {
  if (!suspicious.test(text)) return text;
  return looks.reduce((redacted, [look, instead]) => redacted.replace(look, instead), text);
}

/** How much of a value is looked at; what lies beyond is left out rather than passed on. */
const maxDepth = 8;
const maxValues = 2000;

/** A copy of plain data without the values of {@link redactedKeys}. What is no plain data stays as it is. */
export function redactKeys<T extends object>(value: T): T {
  let left = maxValues;
  const walk = (part: unknown, depth: number): unknown => {
    if (!isPlain(part)) return part;
    if (depth === maxDepth || left <= 0) return '[left out]';
    if (Array.isArray(part)) {
      left -= part.length;
      return part.slice(0, maxValues).map((one) => walk(one, depth + 1));
    }
    const entries = Object.entries(part);
    left -= entries.length;
    return Object.fromEntries(
      entries.map(([key, one]) => [key, hidden.has(plain(key)) ? censor : walk(one, depth + 1)]),
    );
  };
  return walk(value, 0) as T;
}

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return Array.isArray(value) || prototype === Object.prototype || prototype === null;
}
