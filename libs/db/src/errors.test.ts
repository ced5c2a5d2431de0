import { DBError } from 'objection';
import { databaseErrorKind, isDuplicateKey } from './errors';

const fromServer = (errno: number) => Object.assign(new Error('said the server'), { errno, sqlState: 'HY000' });
const fromDriver = (code: string, fatal = true) => Object.assign(new Error('said the driver'), { code, fatal });

test.each([
  [fromServer(1213), 'conflict'],
  [fromServer(1205), 'conflict'],
  [fromServer(3572), 'conflict'],
  [fromServer(1146), 'schema'],
  [fromServer(1054), 'schema'],
  [fromServer(1040), 'unavailable'],
  [fromServer(1290), 'unavailable'],
  [fromServer(1836), 'unavailable'],
  [fromServer(1927), 'unavailable'],
  [fromDriver('PROTOCOL_CONNECTION_LOST'), 'unavailable'],
  [fromDriver('ECONNREFUSED'), 'unavailable'],
  [Object.assign(new Error(), { name: 'KnexTimeoutError' }), 'unavailable'],
  [fromServer(1062), 'other'],
  [fromServer(1064), 'other'],
  [fromServer(1792), 'other'],
  [new Error('a task threw'), 'other'],
  ['not even an error', 'other'],
] as const)('%s is %s', (error, kind) => {
  expect(databaseErrorKind(error)).toBe(kind);
});

test("a socket error of somebody else's connection is no outage of the database", () => {
  expect(databaseErrorKind(fromDriver('ECONNREFUSED', false))).toBe('other');
});

test('the cause counts, however deep', () => {
  expect(databaseErrorKind(new Error('outer', { cause: new Error('inner', { cause: fromServer(1146) }) }))).toBe(
    'schema',
  );
});

test("Objection's errors are what the server said", () => {
  const wrapped = (errno: number) => new DBError({ nativeError: fromServer(errno), client: 'mysql' } as never);
  expect(databaseErrorKind(wrapped(1146))).toBe('schema');
  expect(isDuplicateKey(wrapped(1062))).toBe(true);
  expect(isDuplicateKey(wrapped(1146))).toBe(false);
});
