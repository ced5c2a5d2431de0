import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { Said } from '../testing/said';

const LOCKFILE = '{ "packages": { "": {}, "node_modules/tsx": { "version": "1.0.0" } } }';

/** Stands in for what run.mjs starts: says what happens to it. */
const MAIN = `
  process.on('SIGINT', () => { console.log('interrupted'); setTimeout(() => process.exit(5), 100); });
  process.on('disconnect', () => { console.log('orphaned'); process.exit(0); });
  console.log('args ' + process.argv.slice(2).join(' '), process.pid);
  if (process.argv[2] === 'fail') process.exit(4);
  setInterval(() => {}, 1000);
`;

/** Stands in for npm: installs after a moment. */
const NPM = `#!/bin/sh
echo "npm $*"
echo x >> installs
sleep 0.3
cp package-lock.json node_modules/.package-lock.json
`;

describe('run.mjs', () => {
  let workspace: string;
  const children: ChildProcess[] = [];

  beforeEach(() => {
    workspace = mkdtempSync(join(tmpdir(), 'run-'));
    mkdirSync(join(workspace, 'tools/stack/src'), { recursive: true });
    mkdirSync(join(workspace, 'node_modules'));
    mkdirSync(join(workspace, 'bin'));
    cpSync(join(__dirname, '../../../run.mjs'), join(workspace, 'tools/run.mjs'));
    cpSync(__dirname, join(workspace, 'tools/stack/src/bootstrap'), { recursive: true });
    symlinkSync(dirname(require.resolve('tsx/package.json')), join(workspace, 'node_modules/tsx'));
    writeFileSync(join(workspace, 'tools/stack/src/main.ts'), MAIN);
    writeFileSync(join(workspace, 'package-lock.json'), LOCKFILE);
    writeFileSync(join(workspace, 'bin/npm'), NPM, { mode: 0o755 });
  });

  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    rmSync(workspace, { recursive: true });
  });

  function run(...args: readonly string[]) {
    const said = new Said();
    const child = spawn(process.execPath, [join(workspace, 'tools/run.mjs'), ...args], {
      cwd: tmpdir(),
      env: { PATH: `${join(workspace, 'bin')}:${process.env['PATH'] ?? ''}` },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    children.push(child);
    for (const input of [child.stdout, child.stderr]) createInterface({ input }).on('line', said.say);
    return { said, child, ended: once(child, 'close').then(([code]) => code as number) };
  }

  const installed = () => writeFileSync(join(workspace, 'node_modules/.package-lock.json'), LOCKFILE);

  test('installs what is missing, says why, and goes on with the command', async () => {
    const { said, ended } = run('fail', 'now');
    expect(await ended).toBe(4);
    expect(said.lines[0]).toBe('node_modules is missing or incomplete: running npm ci (about half a minute)');
    expect(said.lines[1]).toMatch(/^npm ci/);
    expect(said.lines[2]).toMatch(/^args fail now/);
  });

  test('installs nothing when all is there', async () => {
    installed();
    const { said, ended } = run('fail');
    expect(await ended).toBe(4);
    expect(said.lines).toEqual([expect.stringMatching(/^args fail/)]);
  });

  test('installs once for two that start at the same time', async () => {
    const both = [run('fail'), run('fail')];
    expect(await Promise.all(both.map(({ ended }) => ended))).toEqual([4, 4]);
    expect(readFileSync(join(workspace, 'installs'), 'utf8')).toBe('x\n');
  });

  test('fails with npm', async () => {
    writeFileSync(join(workspace, 'bin/npm'), '#!/bin/sh\nexit 3\n', { mode: 0o755 });
    const { said, ended } = run('fail');
    expect(await ended).toBe(1);
    expect(said.lines.at(-1)).toBe('npm ci failed (exit code 3)');
  });

  test('hands signals on, any number of them, and ends with the exit code of what it started', async () => {
    installed();
    const { said, child, ended } = run('go');
    const pid = Number((await said.heard(/^args/)).split(' ').at(-1));
    process.kill(pid, 'SIGINT'); // As a terminal does.
    child.kill('SIGINT');
    await said.heard(/^interrupted/);
    child.kill('SIGINT');
    expect(await ended).toBe(5);
  });

  test('is missed when it is killed, so that nothing stays behind', async () => {
    installed();
    const { said, child, ended } = run('go');
    await said.heard(/^args/);
    child.kill('SIGKILL');
    await ended;
    expect(said.lines).toContain('orphaned');
  });
});
