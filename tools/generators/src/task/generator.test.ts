import type { Tree } from '@nx/devkit';
import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';
import { taskQueue } from '@sorting-office/db';
import generateTask, { GenerateTaskError } from './generator.mjs';
import schema from './schema.json';

const folder = 'libs/tasks/src/tasks';
const queue = 'bulk';

let tree: Tree;
let before: string[];
beforeEach(() => {
  tree = createTreeWithEmptyWorkspace();
  before = changes();
});

const changes = () => tree.listChanges().map(({ path, type }) => `${type} ${path}`);
const newChanges = () => changes().filter((change) => !before.includes(change));

test('a task is its file and its test, and nothing else changes', () => {
  generateTask(tree, { name: 'rename_folder', queue });
  expect(newChanges().sort()).toEqual([
    `CREATE ${folder}/rename-folder.integration.test.ts`,
    `CREATE ${folder}/rename-folder.task.ts`,
  ]);
});

test('the file names the task and its queue, and the test imports the file', () => {
  generateTask(tree, { name: 'rename_folder', queue });
  const task = tree.read(`${folder}/rename-folder.task.ts`, 'utf8');
  expect(task).toContain("name: 'rename_folder'");
  expect(task).toContain("description: 'Rename folder'");
  expect(task).toContain("queue: 'bulk'");
  expect(tree.read(`${folder}/rename-folder.integration.test.ts`, 'utf8')).toContain("from './rename-folder.task'");
});

test.each(['RenameFolder', 'rename-folder', 'rename folder', '../up', '_rename', 'a__b', '1st', '', 'x'.repeat(65)])(
  '"%s" is refused with what a name is',
  (name) => {
    const generate = () => generateTask(tree, { name, queue });
    expect(generate).toThrow(GenerateTaskError);
    expect(generate).toThrow(`"${name}" is no name for a task: use lower-case words joined by underscores`);
    expect(newChanges()).toEqual([]);
  },
);

test.each(['rename-folder.task.ts', 'rename-folder.integration.test.ts'])('%s is never overwritten', (file) => {
  tree.write(`${folder}/${file}`, '// somebody has worked on this');
  const generate = () => generateTask(tree, { name: 'rename_folder', queue });
  expect(generate).toThrow(GenerateTaskError);
  expect(generate).toThrow(`${folder}/${file} is there already`);
  expect(newChanges()).toEqual([`CREATE ${folder}/${file}`]);
});

test('the queues to choose from are those there are', () => {
  expect(schema.properties.queue.enum).toEqual(taskQueue.options);
  expect(taskQueue.options).toContain(schema.properties.queue.default);
});
