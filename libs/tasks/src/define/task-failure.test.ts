import { PayloadInvalidError } from './new-task';
import { describeFailure, isRetryable, TaskFailure } from './task-failure';

test('what a task means is kept: code, message and safe details, never a stack', () => {
  const failure = new TaskFailure('NO_SUCH_THING', 'there is no such thing', {
    details: { thing: 7 },
    cause: new Error('inner'),
  });
  expect(describeFailure(failure)).toEqual({
    code: 'NO_SUCH_THING',
    message: 'there is no such thing',
    details: { thing: 7 },
  });
});

test('whatever else is thrown has a code too, and a message of bounded length', () => {
  expect(describeFailure(new Error('x'.repeat(5000))).message).toHaveLength(2000);
  expect(describeFailure('a string')).toEqual({ code: 'TASK_THREW', message: 'a string' });
  expect(describeFailure(Object.assign(new Error('gone'), { code: 'ENOENT' }))).toEqual({
    code: 'ENOENT',
    message: 'gone',
  });
});

test('a meant failure is final unless it says otherwise; anything else is tried again', () => {
  expect(isRetryable(new TaskFailure('A', 'a'))).toBe(false);
  expect(isRetryable(new TaskFailure('A', 'a', { retryable: true }))).toBe(true);
  expect(isRetryable(new PayloadInvalidError('t', []))).toBe(false);
  expect(isRetryable(new Error('who knows'))).toBe(true);
  expect(isRetryable('who knows')).toBe(true);
});
