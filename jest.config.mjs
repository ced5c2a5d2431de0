// One configuration for every project: `jest --rootDir PROJECT`. Files named *.integration.test.ts need real servers; the
// global setup starts private ones when the project has any and DATABASE_URL / AMQP_URL do not name some already.
import { mkdirSync } from 'node:fs';

const workspace = import.meta.dirname;
// Where each project's results go, for `npm test` to count; jest makes no folders.
mkdirSync(`${workspace}/dist/test-results`, { recursive: true });

/** @type {import('jest').Config} */
export default {
  testMatch: ['<rootDir>/src/**/*.test.ts'],
  transform: {
    '\\.[cm]?[jt]s$': [
      '@swc/jest',
      { jsc: { target: 'es2023', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
    ],
  },
  transformIgnorePatterns: [],
  resolver: `${workspace}/tools/jest-resolver.cjs`,
  globalSetup: `${workspace}/tools/stack/src/testing/global-setup.ts`,
  globalTeardown: `${workspace}/tools/stack/src/testing/global-teardown.ts`,
  testTimeout: 30_000,
  maxWorkers: 2,
  passWithNoTests: false,
  errorOnDeprecated: true,
};
