/** Finds every task by its file: whatever ends in `.task.ts` beside this module is one. Nothing lists them. */
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { TaskDefinition } from './define/define-task';

/** A task's name is not one of this build's. */
export class TaskUnknownError extends Error {
  readonly code = 'TASK_UNKNOWN';
  readonly retryable = false;
  constructor(name: string, known: readonly string[]) {
    super(`there is no task named "${name}": there are ${known.join(', ')}`);
    this.name = 'TaskUnknownError';
  }
}

export class TaskRegistry {
  readonly #tasks: ReadonlyMap<string, TaskDefinition>;

  /** @throws TypeError when two tasks have the same name. */
  constructor(tasks: readonly TaskDefinition[]) {
    this.#tasks = new Map(tasks.map((task) => [task.name, task]));
    const twice = tasks.find((task) => this.#tasks.get(task.name) !== task);
    if (twice) throw new TypeError(`two tasks are named ${twice.name}`);
  }

  /** Every task, by name. */
  all(): TaskDefinition[] {
    return [...this.#tasks.values()].sort((a, b) => a.name.localeCompare(b.name));
  }

  find(name: string): TaskDefinition | undefined {
    return this.#tasks.get(name);
  }

  /** @throws TaskUnknownError */
  get(name: string): TaskDefinition {
    const task = this.#tasks.get(name);
    if (!task) throw new TaskUnknownError(name, [...this.#tasks.keys()].sort());
    return task;
  }
}

/** In the source tree as in a built app, where the build puts each task's file beside the app's main one. */
const tasksFolder = new URL('./tasks/', import.meta.url);

/**
 * Loads every task of this build.
 *
 * @throws TypeError when a file does not default-export a task.
 */
export async function loadTasks(): Promise<TaskRegistry> {
  const files = (await readdir(fileURLToPath(tasksFolder))).filter((file) => /\.task\.[jt]s$/.test(file)).sort();
  return new TaskRegistry(await Promise.all(files.map(loadTask)));
}

async function loadTask(file: string): Promise<TaskDefinition> {
  const { default: task } = (await import(fileURLToPath(new URL(file, tasksFolder)))) as {
    default?: Partial<TaskDefinition>;
  };
  if (typeof task?.name !== 'string' || typeof task.run !== 'function') {
    throw new TypeError(`${file} must default-export what defineTask returns`);
  }
  return task as TaskDefinition;
}
