/** Who may import whom, as lint says it: every rule is broken once, in a copy of the workspace. */
import type { ProjectGraph } from '@nx/devkit';
import type { ESLint } from 'eslint';
import { WorkspaceCopy } from './testing/workspace-copy';

const rule = '@nx/enforce-module-boundaries';

/** Files of a project, and what one of them imports. */
type Import = readonly [importers: string, imported: string];

const againstTheLayers: readonly Import[] = [
  ['libs/tasks/src/*.ts', '@sorting-office/broker'],
  ['libs/tasks/src/*.ts', '@sorting-office/stack'],
  ['libs/db/src/*.ts', '@sorting-office/broker'],
  ['libs/db/src/*.ts', '@sorting-office/tasks'],
  ['libs/db/src/*.ts', '@sorting-office/mail'],
  ['libs/db/src/*.ts', '@sorting-office/telemetry'],
  ['libs/db/src/*.ts', '@sorting-office/stack'],
  ['libs/mail/src/*.ts', '@sorting-office/db'],
  ['libs/broker/src/*.ts', '@sorting-office/tasks'],
  ['libs/broker/src/*.ts', '@sorting-office/mail'],
  ['libs/telemetry/src/*.ts', '@sorting-office/db'],
  ['apps/worker/src/*.ts', '@sorting-office/stack'],
  ['tools/stack/src/*.ts', '@sorting-office/tasks'],
  ['libs/mail/src/*.ts', '@sorting-office/worker/testing'],
  ['apps/api/src/*.ts', '@sorting-office/worker/testing'],
  ['libs/tasks/src/*.ts', '@sorting-office/api/config'],
  ['apps/worker/src/*.ts', '@sorting-office/api/config'],
];

const byRelativePath: readonly Import[] = [
  ['libs/tasks/src/*.ts', '../../../apps/api/src/app'],
  ['libs/db/src/*.ts', '../../mail/src/category'],
  ['apps/api/src/*.ts', '../../worker/src/worker'],
];

const bannedPackages: readonly Import[] = [
  ['libs/tasks/src/*.ts', 'express'],
  ['libs/tasks/src/*.ts', 'amqplib'],
  ['libs/db/src/*.ts', 'amqplib'],
  ['libs/mail/src/*.ts', 'knex'],
  ['libs/broker/src/*.ts', 'express'],
];

const allowed: readonly Import[] = [
  ['apps/api/src/*.ts', '@sorting-office/tasks'],
  ['apps/worker/src/*.ts', '@sorting-office/broker'],
  ['apps/worker/src/*.ts', '@sorting-office/telemetry'],
  ['libs/tasks/src/*.ts', '@sorting-office/mail'],
  ['libs/tasks/src/*.ts', '@sorting-office/db'],
  ['libs/broker/src/*.ts', '@sorting-office/db'],
  ['libs/broker/src/*.ts', 'amqplib'],
  ['libs/tasks/src/*.test.ts', '@sorting-office/stack'],
  ['libs/broker/src/*.test.ts', '@sorting-office/stack'],
];

jest.setTimeout(120_000);

let copy: WorkspaceCopy;
beforeAll(() => {
  copy = new WorkspaceCopy();
});
afterAll(() => copy.remove());

describe('the import rules apply however lint is started', () => {
  beforeAll(() => copy.write('tools/generators/src/offence.ts', "import '@sorting-office/mail';\n"));

  test('by ESLint itself, before Nx has run at all', async () => {
    const { code, stdout } = await copy.run('eslint', ['tools/generators']);
    expect(stdout).toContain(rule);
    expect(code).toBe(1);
  });

  test('by Nx', async () => {
    const { code, stdout } = await copy.run('nx', ['lint', 'generators']);
    expect(stdout).toContain(rule);
    expect(code).toBe(1);
  });
});

describe('of what one project imports of another', () => {
  let objections: Map<string, string[]>;
  beforeAll(async () => {
    objections = await lintAll([...againstTheLayers, ...byRelativePath, ...bannedPackages, ...allowed]);
  });
  const objectionsTo = (...each: Import) => objections.get(each.join());

  test.each(againstTheLayers)('%s may not import %s: its layer does not list it', (...each) => {
    expect(objectionsTo(...each)).toEqual([expect.stringMatching(/^(emptyO|o)nlyTagsConstraintViolation$/)]);
  });

  test.each(byRelativePath)('%s may not import %s: packages have names', (...each) => {
    expect(objectionsTo(...each)).toEqual(['noRelativeOrAbsoluteImportsAcrossLibraries']);
  });

  test.each(bannedPackages)("%s may not import %s: it is another layer's business", (...each) => {
    expect(objectionsTo(...each)).toEqual(['bannedExternalImportsViolation']);
  });

  test.each(allowed)('%s may import %s', (...each) => {
    expect(objectionsTo(...each)).toEqual([]);
  });
});

/** Lints a file for each import, all in one go. Resolves with the ids of the rule's objections to each. */
async function lintAll(imports: readonly Import[]): Promise<Map<string, string[]>> {
  await graphWithoutDependencies();
  const files = imports.map(([importers], index) => importers.replace('*', `import-${index}`));
  for (const [index, [, imported]] of imports.entries()) copy.write(files[index] ?? '', `import '${imported}';\n`);
  // Told that Nx has started it, ESLint leaves the graph as it is.
  const { stdout } = await copy.run('eslint', ['--format=json', ...files], { NX_TASK_TARGET_PROJECT: 'workspace' });
  const results = JSON.parse(stdout) as ESLint.LintResult[];
  return new Map(
    imports.map((each, index) => {
      const messages = results.find(({ filePath }) => filePath.endsWith(`/${files[index]}`))?.messages;
      const ours = messages?.filter(({ ruleId, fatal }) => ruleId === rule || fatal);
      return [each.join(), ours?.map(({ messageId, message }) => messageId ?? message) ?? ['not linted']];
    }),
  );
}

/** The rule objects to a circle before it looks at the layers. Where no project is known to depend on another there is none, and they must do. */
async function graphWithoutDependencies(): Promise<void> {
  await copy.succeed('nx', ['graph', '--file=graph.json']);
  const cached = '.nx/workspace-data/project-graph.json';
  const graph = JSON.parse(copy.read(cached)) as ProjectGraph;
  copy.write(cached, JSON.stringify({ ...graph, dependencies: {} }));
}
