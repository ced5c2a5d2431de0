/** What Node, drivers and fetch put into their errors. */
interface ErrorFields {
  readonly name?: unknown;
  readonly code?: unknown;
  readonly message?: unknown;
  readonly cause?: unknown;
  readonly errors?: unknown;
}

const fieldsOf = (error: unknown): ErrorFields => (typeof error === 'object' && error !== null ? error : {});

/** The code of an error, such as `ENOENT`; undefined when it has none. */
export function codeOf(error: unknown): string | undefined {
  const { code } = fieldsOf(error);
  return typeof code === 'string' ? code : undefined;
}

const inWords: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'the connection was lost',
  UND_ERR_SOCKET: 'the connection was lost',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'its name cannot be looked up',
  EHOSTUNREACH: 'there is no way to its host',
  ENETUNREACH: 'there is no way to its network',
  ETIMEDOUT: 'no answer in time',
};

/**
 * Why something failed, in words. Node's fetch keeps the reason in its error's cause, a host of several addresses one for each,
 * and drivers leave some messages empty.
 */
export function reasonOf(error: unknown): string {
  const { name, message, cause, errors } = fieldsOf(error);
  if (name === 'TimeoutError') return 'no answer in time';
  if (Array.isArray(errors) && errors.length > 0) return reasonOf(errors[0]);
  const code = codeOf(error);
  const words = code === undefined ? undefined : inWords[code];
  if (words !== undefined) return words;
  if (cause !== undefined) return reasonOf(cause);
  return typeof message === 'string' && message !== '' ? message : (code ?? String(error));
}
