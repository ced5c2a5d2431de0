import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../testing/until';
import { type ProgramOptions, runProgram } from './run-program';

describe('running a program', () => {
  let folder: string;
  let ending: AbortController;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'run-program-'));
    ending = new AbortController();
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  const node = (script: string, options: Partial<ProgramOptions> = {}) =>
    runProgram(process.execPath, ['-e', script], {
      maxOutput: 10_000,
      timeoutMs: 20_000,
      signal: ending.signal,
      folder,
      ...options,
    });

  /** A program that writes its id and its child's into files, and never ends. */
  const family = `
    const child = require('child_process').spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000)'], { stdio: 'inherit' });
    require('fs').writeFileSync('pids.part', process.pid + ' ' + child.pid);
    require('fs').renameSync('pids.part', 'pids');`;
  const forever = `${family} process.on('SIGTERM', () => 0); setInterval(() => 0, 1000);`;
  const pids = async (): Promise<number[]> => {
    const text = await until(() => readFileSync(join(folder, 'pids'), 'utf8'));
    return text.split(' ').map(Number);
  };
  const isGone = (pid: number): void => {
    const stat = ((): string => {
      try {
        return readFileSync(`/proc/${pid}/stat`, 'utf8');
      } catch {
        return 'gone Z';
      }
    })();
    expect(stat).toMatch(/ Z/); // Nobody in a container may reap an orphan.
  };

  test('gives back what it printed', async () => {
    const end = await node('process.stdin.pipe(process.stdout)', { input: Buffer.from([0, 255, 10]) });
    expect(end).toEqual({ how: 'well', output: Buffer.from([0, 255, 10]), complaint: '', status: 'exit code 0' });
  });

  test('a failure comes with the beginning of what was said of it', async () => {
    const end = await node('console.error("no such " + "model ".repeat(10_000)); process.exitCode = 3');
    expect(end).toMatchObject({ how: 'failed', status: 'exit code 3' });
    expect(end.complaint).toMatch(/^no such model/);
    expect(end.complaint.length).toBeLessThanOrEqual(2_000);
  });

  test('a crash is named by its signal', async () => {
    expect(await node('process.kill(process.pid, "SIGSEGV")')).toMatchObject({ how: 'failed', status: 'SIGSEGV' });
  });

  test('what is not there is not found', async () => {
    const options = { maxOutput: 1, timeoutMs: 1_000, signal: ending.signal };
    expect(await runProgram('/nowhere/whisper', [], options)).toMatchObject({ how: 'not found' });
  });

  test('a program that does not read what it is given is no error', async () => {
    const end = await node('console.log("done")', { input: Buffer.alloc(3_000_000) });
    expect(end).toMatchObject({ how: 'well', output: Buffer.from('done\n') });
  });

  test('one that says too much is ended', async () => {
    const end = await node('for (;;) require("fs").writeSync(1, "x".repeat(1_000))');
    expect(end.how).toBe('too much output');
    expect(end.output.length).toBeLessThanOrEqual(10_000);
  });

  test('one that takes too long is ended with all that it has started', async () => {
    const [end, all] = await Promise.all([node(forever, { timeoutMs: 2_000 }), pids()]);
    expect(end.how).toBe('too slow');
    await until(() => all.forEach(isGone));
  });

  test('when the signal aborts it is ended with all that it has started, and the reason thrown', async () => {
    const run = node(forever);
    const all = await pids();
    const reason = new Error('enough');
    ending.abort(reason);
    await expect(run).rejects.toBe(reason);
    await until(() => all.forEach(isGone));
  });

  test('what it leaves behind is ended too', async () => {
    const run = node(`${family.replace("'inherit'", "'ignore'")} process.exit(0)`);
    const all = await pids();
    expect((await run).how).toBe('well');
    await until(() => all.forEach(isGone));
  });

  test('nothing is started once the signal has aborted', async () => {
    ending.abort(new Error('enough'));
    await expect(node(family)).rejects.toThrow('enough');
    expect(() => readFileSync(join(folder, 'pids'))).toThrow('ENOENT');
  });

  test('the environment is the one that is given, and nothing else', async () => {
    const end = await node('console.log(JSON.stringify(process.env))', { env: { PATH: '/bin', ONE: '1' } });
    expect(JSON.parse(end.output.toString())).toEqual({ PATH: '/bin', ONE: '1' });
  });
});
