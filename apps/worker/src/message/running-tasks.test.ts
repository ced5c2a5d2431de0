import { setTimeout as sleep } from 'node:timers/promises';
import { isTimedOut, RunningTasks, TaskCancelledError } from './running-tasks';

const task = { id: 'a', name: 'test', attempt: 1 };
const never = () => new Promise<never>(() => undefined);

test('only the time that the task itself takes counts', async () => {
  const running = new RunningTasks();
  // The database takes longer than the limit before the task begins, and again after it.
  const result = running.run(task, 0.05, async (_stop, within) => {
    await sleep(100);
    expect(await within(Promise.resolve('quick'))).toBe('quick');
    await sleep(100);
    expect(running.overdueMs).toBe(0);
    return within(Promise.resolve('done'));
  });
  expect(await result).toBe('done');
});

test('the time of all its parts counts together', async () => {
  const running = new RunningTasks();
  const attempt = running.run(task, 0.05, async (_stop, within) => {
    await within(sleep(40));
    await within(sleep(40));
    await within(sleep(40));
  });
  const error: unknown = await attempt.catch((one: unknown) => one);
  expect(isTimedOut(error)).toBe(true);
  expect(running.count).toBe(0);
});

test('a task that does not heed its signal is given up, and told of', async () => {
  const ignored: string[] = [];
  const running = new RunningTasks(({ name }) => ignored.push(name));
  let letGo: () => void = () => undefined;
  const work = new Promise<void>((resolve) => (letGo = resolve));
  const attempt = running.run(task, 60, (_stop, within) => within(work));
  running.cancel(task.id);
  await expect(attempt).rejects.toBeInstanceOf(TaskCancelledError);
  while (ignored.length === 0) await new Promise((resolve) => setImmediate(resolve));
  expect([ignored, running.givenUp]).toEqual([['test'], ['test']]);
  letGo();
  while (running.givenUp.length > 0) await new Promise((resolve) => setImmediate(resolve));
});

test('one that should have ended and cannot be rolled back is overdue', async () => {
  const running = new RunningTasks();
  void running.run(task, 0.01, async ({ signal }, within) => {
    await within(never()).catch(() => undefined);
    expect(signal.aborted).toBe(true);
    await never();
  });
  while (running.overdueMs === 0) await new Promise((resolve) => setImmediate(resolve));
  expect(running.count).toBe(1);
});
