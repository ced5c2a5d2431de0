/** The release before runs on the newest schema: what checks it, and the check itself as soon as there is a release. */
import { execFile, execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { workspace } from './overlays';

const run = promisify(execFile);
const script = join(workspace, 'tools/release/check-previous.mjs');

describe('checking the release before', () => {
  let clone: string;
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], {
      cwd: clone,
      stdio: 'pipe',
    });

  /** Commits a test that prints which version it is of and with what it would migrate, and fails with an exit code. */
  function commit(version: string, exitCode: number): void {
    writeFileSync(
      join(clone, 'test.js'),
      `console.log(JSON.stringify(['${version}', process.env.MIGRATE_WITH])); process.exitCode = ${exitCode};`,
    );
    git('add', '--all');
    git('commit', '--message', version);
  }

  const check = () =>
    run(process.execPath, [script, '--install', 'echo installed', '--test', 'node test.js'], { cwd: clone });

  beforeEach(() => {
    clone = realpathSync(mkdtempSync(join(tmpdir(), 'release-')));
    mkdirSync(join(clone, 'apps/worker/dist'), { recursive: true });
    cpSync(__filename, join(clone, 'apps/worker/dist/main.js'));
    git('init', '--quiet');
  });

  afterEach(() => rmSync(clone, { recursive: true }));

  test('runs the tests of the latest tag with the worker of this build, and leaves nothing behind', async () => {
    commit('old', 0);
    git('tag', 'v0.9.0');
    commit('previous', 0);
    git('tag', 'v0.10.0');
    commit('newest', 1);
    const { stdout } = await check();
    expect(stdout).toContain(JSON.stringify(['previous', join(clone, 'apps/worker/dist/main.js')]));
    expect(stdout).toContain('installed\n');
    expect(git('worktree', 'list').toString().trim().split('\n')).toHaveLength(1);
  });

  test('fails when they do', async () => {
    commit('previous', 3);
    git('tag', 'v1.0.0');
    commit('newest', 0);
    await expect(check()).rejects.toMatchObject({ code: 1 });
    expect(git('worktree', 'list').toString().trim().split('\n')).toHaveLength(1);
  });

  test('a folder that is no clone knows of none', async () => {
    rmSync(join(clone, '.git'), { recursive: true });
    expect((await check()).stdout).toContain('no release to check: git knows no clone here');
  });

  test('a tag on this very commit is no release before it', async () => {
    commit('newest', 3);
    git('tag', 'v1.0.0');
    expect((await check()).stdout).toContain('no release to check');
  });
});

test('the release before passes its tests on the newest schema, if there is one', async () => {
  const { stdout } = await run(process.execPath, [script], { cwd: workspace, maxBuffer: 2 ** 26 });
  expect(stdout).toMatch(/^(no release to check|the tests of v)/);
}, 600_000);
