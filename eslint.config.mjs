import { createProjectGraphAsync } from '@nx/devkit';
import nx from '@nx/eslint-plugin';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

/** Who may import whom (docs/architecture.md). A project's layer is its Nx tag; what is not listed is forbidden. */
const layers = {
  app: ['tasks', 'speech', 'broker', 'data', 'telemetry'],
  tasks: ['mail', 'speech', 'data', 'telemetry'],
  broker: ['data', 'telemetry'],
  data: [],
  mail: [],
  speech: [],
  telemetry: [],
  tool: ['tool'],
  e2e: ['tasks', 'broker', 'data', 'telemetry', 'tool'],
  faults: ['app', 'tasks', 'broker', 'data', 'telemetry', 'tool'],
  k8s: ['app', 'broker', 'data', 'telemetry', 'tool'],
  deploy: ['tasks', 'data', 'tool'],
  plans: ['app', 'tasks', 'mail', 'speech', 'broker', 'data', 'telemetry', 'tool'],
  eval: ['mail', 'speech', 'tool'],
  bench: ['app', 'tasks', 'mail', 'speech', 'broker', 'data', 'telemetry', 'tool'],
};

/** npm packages that would drag a layer into another one's business. */
const banned = {
  tasks: ['express', 'amqplib', 'better-sse'],
  data: ['express', 'amqplib', 'better-sse'],
  mail: ['express', 'amqplib', 'knex', 'objection', 'mysql2'],
  speech: ['express', 'amqplib', 'knex', 'objection', 'mysql2'],
  broker: ['express', 'better-sse'],
};

const moduleBoundaries = (extra = []) => [
  'error',
  {
    enforceBuildableLibDependency: false,
    allowCircularSelfDependency: false,
    checkDynamicDependenciesExceptions: [],
    depConstraints: Object.entries(layers).map(([layer, allowed]) => ({
      sourceTag: `layer:${layer}`,
      onlyDependOnLibsWithTags: [...allowed, ...extra].map((name) => `layer:${name}`),
      ...(banned[layer] && { bannedExternalImports: banned[layer] }),
    })),
  },
];

// The import rules read the project graph that Nx keeps, and let everything pass when there is none. Before one of its own tasks
// Nx has made it; ESLint by itself, or in an editor, has to ask for it.
if (!process.env.NX_TASK_TARGET_PROJECT) await createProjectGraphAsync();

export default tseslint.config(
  { ignores: ['**/dist', '**/.types', '**/node_modules', '**/.stack'] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { '@nx': nx },
    rules: {
      '@nx/enforce-module-boundaries': moduleBoundaries(),
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      'no-console': 'error',
      'no-restricted-imports': [
        'error',
        { patterns: [{ group: ['@sorting-office/*/testing'], message: 'Only tests may use what is made for tests.' }] },
      ],
      'max-lines': ['error', { max: 320, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ['**/*.test.ts', '**/testing/**/*.ts', '**/testing.ts'],
    rules: { '@nx/enforce-module-boundaries': moduleBoundaries(['tool', 'data']), 'no-restricted-imports': 'off' },
  },
  // The fault suite, and that of the plans, are made of tests and of what they start; benchmarks measure the worker with tasks of their own.
  { files: ['tests/{faults,plans}/**/*.ts', 'bench/**/*.ts'], rules: { 'no-restricted-imports': 'off' } },
  { files: ['**/*.mjs', '**/*.cjs', '**/*.js'], ...tseslint.configs.disableTypeChecked },
  prettier,
);
