import { z } from 'zod';
import { defineTask, slotIntervalMicroseconds } from './define-task';
import { done } from './outcome';
import { maxPayloadBytes, newTask, PayloadInvalidError } from './new-task';

const greet = defineTask({
  name: 'greet',
  description: 'Greet somebody',
  payload: z.object({ who: z.object({ name: z.string().min(1) }), loud: z.boolean().default(false) }),
  result: z.void(),
  queue: 'bulk',
  unique: ({ who }) => who.name,
  run: () => Promise.resolve(done()),
});
const origin = { accountId: 'a', traceContext: null };

test('a task takes its defaults from its definition and its payload from the schema', () => {
  const task = newTask(greet, { who: { name: 'Ivan' }, unknown: 1 }, origin);
  expect(task).toMatchObject({
    name: 'greet',
    queue: 'bulk',
    payload: { who: { name: 'Ivan' }, loud: false },
    maxAttempts: 5,
    runAt: null,
    uniqueKey: 'Ivan',
    rootId: task.id,
  });
  expect(task.payload).not.toHaveProperty('unknown');
});

test('a child belongs to the family of its parent', () => {
  expect(newTask(greet, { who: { name: 'x' } }, { ...origin, rootId: 'root', batchId: 'batch' })).toMatchObject({
    rootId: 'root',
    batchId: 'batch',
  });
});

test('a payload that is not valid says where and why', () => {
  expect(() => newTask(greet, { who: { name: '' } }, origin)).toThrow(PayloadInvalidError);
  expect(() => newTask(greet, { who: { name: '' } }, origin)).toThrow(/payload of greet is not valid: who\.name: /);
});

test('a payload that is too large says so', () => {
  expect(() => newTask(greet, { who: { name: 'x'.repeat(maxPayloadBytes) } }, origin)).toThrow(
    /bytes of JSON are more than/,
  );
});

test.each([
  [0, 1],
  [1.5, 1],
  [1, 0],
  [1, Number.POSITIVE_INFINITY],
])('%d tasks per %d seconds is no rate limit', (tasks, perSeconds) => {
  expect(() => defineTask({ ...greet, rateLimit: { tasks, perSeconds } })).toThrow(/is no rate limit/);
});

test('slots of a limited task lie so far apart that no window has more of them than it may', () => {
  expect(slotIntervalMicroseconds({ tasks: 60, perSeconds: 3600 })).toBe(60_000_000);
  expect(slotIntervalMicroseconds({ tasks: 3, perSeconds: 1 })).toBe(333_334);
});

test.each(['Greet', 'greet-somebody', '1st', 'a__b', 'x'.repeat(65)])('"%s" is no name for a task', (name) => {
  expect(() => defineTask({ ...greet, name })).toThrow(/is no name for a task/);
});
