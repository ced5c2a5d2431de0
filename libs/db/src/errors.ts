/**
 * What a database error means for the task that met it.
 *
 * - `conflict`: two transactions were in each other's way; running again is the cure.
 * - `unavailable`: the database cannot be used right now (gone, restarting, full, read-only); waiting is the cure.
 * - `schema`: it does not hold what this build needs; a migration is the cure.
 * - `other`: the statement itself is wrong; only its author can cure it.
 */
export type DatabaseErrorKind = 'conflict' | 'unavailable' | 'schema' | 'other';

/** Server error numbers; https://dev.mysql.com/doc/mysql-errors/9.1/en/server-error-reference.html and MariaDB's own above 1900. */
const numbers: Record<Exclude<DatabaseErrorKind, 'other'>, readonly number[]> = {
  // lock wait timeout, deadlock, record changed since last read, table definition changed, NOWAIT refused
  conflict: [1205, 1213, 1020, 1412, 3572],
  unavailable: [
    1021,
    1037,
    1041,
    1114,
    1135, // disk, memory, table space or threads exhausted
    1040,
    1203,
    1226, // too many connections: server, user, account limit
    1044,
    1045,
    1129,
    1130,
    1227, // access denied or taken away
    1053,
    1077,
    1079,
    1080,
    1152,
    1158,
    1159,
    1160,
    1161,
    1184,
    1927,
    3169,
    4031, // shutdown, connection aborted or killed
    1290,
    1836,
    3100, // read-only server, replication hook refused
    1317, // statement interrupted (KILL QUERY)
    1180,
    1181, // commit or rollback failed for reasons of the server's own
  ],
  // Of a table that is not there, or not granted yet, a user who may not make one is told that it is denied (1142, 1143).
  schema: [1049, 1051, 1054, 1109, 1142, 1143, 1146, 1305, 1932],
};

const kindOfNumber = new Map<number, DatabaseErrorKind>(
  Object.entries(numbers).flatMap(([kind, list]) => list.map((number) => [number, kind as DatabaseErrorKind] as const)),
);

/** The driver's and Node's codes for a connection that is not, or no longer, there. */
const connectionCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENOENT',
  'PROTOCOL_CONNECTION_LOST',
  'PROTOCOL_SEQUENCE_TIMEOUT',
  'HANDSHAKE_NO_SSL_SUPPORT',
  'HANDSHAKE_SSL_ERROR',
]);

/** What the driver, the server and Node put into their errors. */
interface ErrorFields {
  name?: unknown;
  message?: unknown;
  errno?: unknown;
  code?: unknown;
  fatal?: unknown;
  cause?: unknown;
  nativeError?: unknown;
}

/** Classifies an error thrown by a unit of work. Errors that do not come from the database are `other`. */
export function databaseErrorKind(error: unknown): DatabaseErrorKind {
  for (const one of chainOf(error)) {
    const kind = kindOfOne(one);
    if (kind !== 'other') return kind;
  }
  return 'other';
}

/** Whether an error says that a unique key is taken. The statement has had no effect; its transaction can go on. */
export function isDuplicateKey(error: unknown): boolean {
  return chainOf(error).some(({ errno }) => errno === 1062);
}

const deepestChain = 8;

/** An error and what it was made from, outermost first. Objection keeps the driver's error as `nativeError`. */
function chainOf(error: unknown): ErrorFields[] {
  const chain: ErrorFields[] = [];
  let one = error;
  while (typeof one === 'object' && one !== null && chain.length < deepestChain) {
    const fields: ErrorFields = one;
    chain.push(fields);
    one = fields.nativeError ?? fields.cause;
  }
  return chain;
}

function kindOfOne({ name, message, errno, code, fatal }: ErrorFields): DatabaseErrorKind {
  // The pool gave up waiting for a connection; knex says so with a class of its own, a lost one inside a transaction in words.
  if (
    name === 'KnexTimeoutError' ||
    String(message).includes("Can't add new command when connection is in closed state")
  ) {
    return 'unavailable';
  }
  if (typeof errno === 'number' && errno > 0) return kindOfNumber.get(errno) ?? 'other';
  // mysql2 marks the errors of a dead connection as fatal; Node's own socket errors of other parts (a mail server, say) are not.
  return fatal === true && connectionCodes.has(String(code)) ? 'unavailable' : 'other';
}
