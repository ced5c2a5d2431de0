import { createLogger } from './logger';
import { redactedKeys } from './redact';

const logged = (fields: object) => {
  const lines: string[] = [];
  createLogger({ service: 'api', destination: { write: (line) => lines.push(line) } }).info(fields, 'said');
  return lines.join('');
};

test.each(redactedKeys)('a %s never reaches the log, at the top or one level down', (key) => {
  const text = logged({ [key]: 'hush', inner: { [key]: 'hush' } });
  expect(text).toContain('said');
  expect(text).not.toContain('hush');
});

test('a line is one JSON object that names its service, level and time', () => {
  expect(JSON.parse(logged({ task: 't1' }))).toMatchObject({
    service: 'api',
    level: 'info',
    msg: 'said',
    task: 't1',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as string,
  });
});
