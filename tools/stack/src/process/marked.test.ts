import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mark, marked, stopMarked } from './marked';

const code = (onTerm: string) =>
  `process.on('SIGTERM', () => ${onTerm}); console.log('up'); setInterval(() => {}, 1000)`;

describe('marked processes', () => {
  const folder = `/a folder of/${process.pid}`;

  async function started(script: string, env: NodeJS.ProcessEnv) {
    const child = spawn(process.execPath, ['-e', script], {
      env,
      detached: true,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    return child;
  }

  test('are found and ended, stubborn ones too; those of other folders are not touched', async () => {
    const obedient = await started(code('process.exit(0)'), mark(folder));
    const stubborn = await started(code('0'), mark(folder));
    const foreign = await started(code('process.exit(0)'), mark(`${folder}0`));
    expect(marked(folder).toSorted()).toEqual([obedient.pid, stubborn.pid].toSorted());

    expect(await stopMarked(folder, 300)).toBe(2);

    expect([obedient.exitCode, stubborn.signalCode, foreign.exitCode]).toEqual([0, 'SIGKILL', null]);
    foreign.kill();
  });

  test('of a stack within a stack bear both marks, and end with the outer one', async () => {
    process.env['SORTING_OFFICE_STACK'] = folder;
    const inner = mark(`${folder}/inner`);
    delete process.env['SORTING_OFFICE_STACK'];
    const child = await started(code('process.exit(0)'), inner);
    expect([marked(folder), marked(`${folder}/inner`), marked(`${folder}/other`)]).toEqual([
      [child.pid],
      [child.pid],
      [],
    ]);
    expect(await stopMarked(folder, 300)).toBe(1);
  });
});
