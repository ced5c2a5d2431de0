import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Runs a watched process to its end. */
async function run(how: string, frozenFor = 0): Promise<{ code: number | null; signal: string | null; said: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', `${__dirname}/testing/blocked.ts`, how], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  try {
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (said += chunk));
    const exited = once(child, 'exit') as Promise<[number | null, string | null]>;
    await once(child.stdout, 'data');
    if (frozenFor > 0) {
      child.kill('SIGSTOP');
      await new Promise((resolve) => setTimeout(resolve, frozenFor));
      child.kill('SIGCONT');
    }
    const [code, signal] = await exited;
    return { code, signal, said };
  } finally {
    child.kill('SIGKILL');
  }
}

test('a process that can do nothing else any more is ended, and says why', async () => {
  const { signal, said } = await run('blocked');
  expect(signal).toBe('SIGKILL');
  expect(JSON.parse(said)).toMatchObject({
    level: 'fatal',
    msg: 'nothing else could run for 2 s: a task blocks the process, which ends here',
  });
});

test('a process that works is left alone, also when it was frozen in between', async () => {
  // The time that passes is what is tested here: longer than the watchdog's bound.
  expect(await run('busy', 4000)).toEqual({ code: 0, signal: null, said: '' });
});
