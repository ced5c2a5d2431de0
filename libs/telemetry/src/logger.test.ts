import { createLogger } from './logger';
import { redactedKeys } from './redact';

const log = () => {
  const lines: string[] = [];
  return { lines, logger: createLogger({ service: 'api', destination: { write: (line) => lines.push(line) } }) };
};
const logged = (fields: object, message = 'said') => {
  const { lines, logger } = log();
  logger.info(fields, message);
  return lines.join('');
};

test.each(redactedKeys)('a %s never reaches the log, however deep it stands and however it is written', (key) => {
  const snake = key.replace(/[A-Z]/g, (letter) => `_${letter}`);
  const kebab = snake.replaceAll('_', '-').toLowerCase();
  const error = Object.assign(new Error('no'), { config: { headers: { [kebab]: 'hush' } } });
  const deep = { a: [{ b: { c: { [snake.toUpperCase()]: 'hush' } } }] };
  const text = logged({ [key]: 'hush', inner: { [key]: ['hush'] }, deep, err: error });
  expect(text).toContain('said');
  expect(text).not.toContain('hush');
});

test.each([
  ['a URL with a password', 'cannot reach mysql://office:hush@db:3306/office now', 'mysql://office:[redacted]@db:3306'],
  ['a password that was not encoded', 'bad URL amqps://u:hu@sh/hush@mq/vhost', 'amqps://u:[redacted]@mq/vhost'],
  ['a URL without a user', 'redis://:hush@cache', 'redis://:[redacted]@cache'],
  ['one of our tokens', 'no such token office_hush-hush_hush0123456789', 'no such token [redacted]'],
  ['a session', 'sent __Host-office_session=session_hush-hush_hush0123456789', 'sent __Host-office_session=[redacted]'],
  ['a bearer token', 'sent Authorization: Bearer hush.hush-hush', 'Authorization: [redacted]'],
  ['a bearer token by itself', 'refused "bearer hush"', 'bearer [redacted]'],
  ['credentials', 'used Basic aHVzaDpodXNo for it', 'Basic [redacted]'],
  ['cookies', 'Set-Cookie: session=hush; Path=/', 'Set-Cookie: [redacted]'],
])('%s is left out of messages, fields, errors, stacks, causes and what a child logger adds', (_, text, shown) => {
  const error = new Error(text, { cause: new Error(text) });
  const { lines, logger } = log();
  logger.child({ about: text }).error({ err: error, list: [{ text }] }, text);
  const [line = ''] = lines;
  expect(line).not.toMatch(/hush(?!ed)|aHVza/);
  expect((JSON.parse(line) as { msg: string }).msg).toContain(shown);
  expect((JSON.parse(line) as { err: { stack: string } }).err.stack).toContain('logger.test');
});

test.each(['http://localhost:8080/api', 'see https://example.org/@somebody', 'office_tasks_total', 'a bearer'])(
  'what is no secret stays: %s',
  (text) => {
    expect((JSON.parse(logged({}, text)) as { msg: string }).msg).toBe(text);
  },
);

test('what goes round in circles or has no end is cut, and the line is written', () => {
  const circle: Record<string, unknown> = { password: 'hush' };
  circle['self'] = circle;
  const text = logged({ circle, long: Array.from({ length: 5000 }, (_, n) => ({ secret: 'hush', n })) });
  expect(JSON.parse(text)).toMatchObject({ msg: 'said' });
  expect(text).not.toContain('hush');
});

test('what is no plain data is written as it always is', () => {
  const at = new Date(0);
  expect(JSON.parse(logged({ at, some: { at }, id: null }))).toMatchObject({
    at: at.toJSON(),
    some: { at: at.toJSON() },
    id: null,
  });
});

test('a line is one JSON object that names its service, level and time', () => {
  const line = JSON.parse(logged({ task: 't1' })) as object;
  expect(line).toMatchObject({
    service: 'api',
    level: 'info',
    msg: 'said',
    task: 't1',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as string,
  });
  expect(line).not.toHaveProperty('trace_id');
});
