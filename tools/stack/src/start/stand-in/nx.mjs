// Stands in for Nx in tests: notes what it was asked, writes a test result, and ends as it is told.
import { mkdirSync, writeFileSync } from 'node:fs';

const { DATABASE_URL, AMQP_URL, MANAGEMENT_URL, STACK_VERSIONS, NX_EXIT_CODE } = process.env;
writeFileSync(
  'nx.json',
  JSON.stringify({ args: process.argv.slice(2), env: { DATABASE_URL, AMQP_URL, MANAGEMENT_URL, STACK_VERSIONS } }),
);
if (process.argv.includes('test')) {
  mkdirSync('dist/test-results', { recursive: true });
  writeFileSync(
    'dist/test-results/db.json',
    JSON.stringify({ numPassedTests: 3, numFailedTests: 1, numRuntimeErrorTestSuites: 0 }),
  );
}
if (process.argv.includes('--hang')) {
  process.on('SIGTERM', () => process.stdout.write('not yet\n'));
  process.stdout.write('hanging\n');
  setInterval(() => undefined, 1000);
} else {
  process.exitCode = Number(NX_EXIT_CODE ?? 0);
}
