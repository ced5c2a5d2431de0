import { readdirSync } from 'node:fs';
import { z } from 'zod';
import { defineTask } from './define/define-task';
import { done } from './define/outcome';
import { loadTasks, TaskRegistry, TaskUnknownError } from './registry';

test('every task file is found, and has a name that its file says', async () => {
  const files = readdirSync(`${__dirname}/tasks`).filter((file) => file.endsWith('.task.ts'));
  const registry = await loadTasks();
  const named = registry.all().map(({ name }) => `${name.replaceAll('_', '-')}.task.ts`);
  expect(named.sort()).toEqual(files.sort());
  expect(registry.find('background_sort')?.queue).toBe('default');
  expect(registry.find('voice_search')?.queue).toBe('interactive');
});

test('a name that no task has is refused with those there are', () => {
  const task = defineTask({
    name: 'one',
    description: 'One',
    payload: z.object({}),
    result: z.void(),
    queue: 'default',
    run: () => Promise.resolve(done()),
  });
  const registry = new TaskRegistry([task]);
  expect(() => registry.get('two')).toThrow(TaskUnknownError);
  expect(() => registry.get('two')).toThrow(/there is no task named "two": there are one/);
  expect(() => new TaskRegistry([task, { ...task }])).toThrow(/two tasks are named one/);
});
