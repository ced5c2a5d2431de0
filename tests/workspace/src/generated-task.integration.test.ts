/** A task that the generator has made needs nothing further to be a task of this workspace. */
import { testServers } from '@sorting-office/stack';
import { type Outcome, WorkspaceCopy } from './testing/workspace-copy';

const name = 'rename_folder';
const files = ['rename-folder.integration.test.ts', 'rename-folder.task.ts'].map(
  (file) => `libs/tasks/src/tasks/${file}`,
);

jest.setTimeout(180_000);

let copy: WorkspaceCopy;
let before: string[];
beforeAll(async () => {
  copy = new WorkspaceCopy();
  before = copy.files();
  expect(await generate(name, '--queue=bulk')).toMatchObject({ code: 0 });
});
afterAll(() => copy.remove());

const generate = (...options: string[]): Promise<Outcome> =>
  copy.run('nx', ['generate', '@sorting-office/generators:task', ...options]);

test('it is two files', () => {
  const there = new Set(before);
  expect(copy.files().filter((file) => !there.has(file))).toEqual(files);
});

test('it has the right types', async () => {
  await copy.succeed('tsc', ['--build', 'libs/tasks']);
});

test('it passes lint and is formatted', async () => {
  await copy.succeed('eslint', files);
  await copy.succeed('prettier', ['--check', ...files]);
});

test('its test passes', async () => {
  const { databaseUrl, amqpUrl, managementUrl } = testServers();
  const servers = { DATABASE_URL: databaseUrl, AMQP_URL: amqpUrl, MANAGEMENT_URL: managementUrl };
  const report = await copy.succeed('jest', ['--rootDir', 'libs/tasks', '--json', 'rename-folder'], servers);
  expect(JSON.parse(report)).toMatchObject({ numTotalTests: 2, numPassedTests: 2 });
});

test('the registry finds it', async () => {
  const script = `import('@sorting-office/tasks')
    .then(({ loadTasks }) => loadTasks())
    .then((registry) => process.stdout.write(registry.get('${name}').queue))`;
  expect(await copy.succeed('tsx', ['--eval', script])).toBe('bulk');
});

test.each([
  ['a name that is taken', [name], 'rename-folder.task.ts is there already'],
  ['what is no name', ['RenameFolder'], '"RenameFolder" is no name for a task'],
  ['what is no queue', ['rename_label', '--queue=slow'], "'slow'"],
])('%s is refused, and the reason said', async (_, options, reason) => {
  const there = copy.files();
  expect(await generate(...options)).toMatchObject({ code: 1, stderr: expect.stringContaining(reason) as string });
  expect(copy.files()).toEqual(there);
});
