#!/usr/bin/env node
// `office` in a source tree: runs the TypeScript as it is, so that it is never older than its source.
try {
  const { register } = await import('tsx/esm/api');
  // The tsconfig.json of whatever folder the user is in is not about us.
  register({ tsconfig: false });
} catch (error) {
  if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
  process.stderr.write('office needs its packages: run `npm ci` in the folder it was cloned to\n');
  process.exit(2);
}
await import('../src/main.ts');
