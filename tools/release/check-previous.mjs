// Expand, then contract: the release before must work on the newest schema, since its workers go on while the new ones roll out.
// So the latest tag's own tests are run against databases that this build has migrated.
//
//   node tools/release/check-previous.mjs [--install COMMAND] [--test COMMAND]
//
// In a clone without tags there is nothing to check, and it says so. MIGRATE_WITH names this build's worker for the tests' helper
// that makes databases (libs/db/src/testing.ts).
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const { values: options } = parseArgs({
  options: {
    install: { type: 'string', default: 'npm ci --ignore-scripts' },
    test: { type: 'string', default: 'npx jest --rootDir apps/worker' },
  },
});
const git = (...args) => execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();

/** The latest release before what is checked out; undefined when this clone knows of none. */
function previousRelease() {
  const [tag] = git('tag', '--list', 'v*', '--no-contains', 'HEAD', '--sort=-version:refname').split('\n');
  return tag || undefined;
}

/** Runs a command line there. @returns whether it has succeeded */
function succeeds(command, cwd, env) {
  process.stdout.write(`${command}\n`);
  return spawnSync(command, { cwd, env: { ...process.env, ...env }, shell: true, stdio: 'inherit' }).status === 0;
}

function nothingToCheck(why) {
  process.stdout.write(`no release to check: ${why}\n`);
  process.exit(0);
}

const clone = spawnSync('git', ['rev-parse', '--git-dir'], { encoding: 'utf8' });
if (clone.status !== 0) nothingToCheck(`git knows no clone here (${clone.stderr?.trim()})`);
const tag = previousRelease();
if (tag === undefined) nothingToCheck('there is no tag v* before this commit');
const worker = join(git('rev-parse', '--show-toplevel'), 'apps/worker/dist/main.js');
if (!existsSync(worker)) throw new Error(`${worker} is missing: npx nx build worker`);
const checkout = mkdtempSync(join(tmpdir(), 'previous-release-'));
try {
  git('worktree', 'add', '--detach', checkout, tag);
  process.stdout.write(`the tests of ${tag}, on the schema of ${git('rev-parse', '--short', 'HEAD')}\n`);
  const good = succeeds(options.install, checkout, {}) && succeeds(options.test, checkout, { MIGRATE_WITH: worker });
  if (!good) process.exitCode = 1;
} finally {
  git('worktree', 'remove', '--force', checkout);
  rmSync(checkout, { recursive: true, force: true });
}
