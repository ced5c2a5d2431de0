// Adds a task: one file and its test beside it. The registry finds tasks by their files, so nothing else changes.
import { generateFiles, joinPathFragments } from '@nx/devkit';
import { fileURLToPath } from 'node:url';

const templates = fileURLToPath(new URL('files', import.meta.url));
const folder = 'libs/tasks/src/tasks';
const longestName = 64;

/** The task cannot be generated as asked; nothing was written. */
export class GenerateTaskError extends Error {
  /**
   * @param {'TASK_NAME_INVALID' | 'TASK_EXISTS'} code
   * @param {string} message
   */
  constructor(code, message) {
    super(message);
    this.name = 'GenerateTaskError';
    this.code = code;
  }
}

/**
 * @param {import('@nx/devkit').Tree} tree
 * @param {{ name: string, queue: string }} options the name in lower-case words joined by underscores; the queue as schema.json lists them
 * @throws {GenerateTaskError}
 */
export default function generateTask(tree, { name, queue }) {
  if (!/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(name) || name.length > longestName) {
    throw new GenerateTaskError(
      'TASK_NAME_INVALID',
      `"${name}" is no name for a task: use lower-case words joined by underscores, ${longestName} characters at most, such as rename_folder`,
    );
  }
  const fileName = name.replaceAll('_', '-');
  for (const file of [`${fileName}.task.ts`, `${fileName}.integration.test.ts`]) {
    const path = joinPathFragments(folder, file);
    if (tree.exists(path)) {
      throw new GenerateTaskError('TASK_EXISTS', `${path} is there already: choose another name, or delete it first`);
    }
  }
  const description = name[0]?.toUpperCase() + name.slice(1).replaceAll('_', ' ');
  generateFiles(tree, templates, folder, { name, queue, fileName, description });
}
