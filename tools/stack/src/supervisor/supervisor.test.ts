import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ManagedProcess } from '../process/managed-process';
import { mark, marked, stopMarked } from '../process/marked';
import { Said } from '../testing/said';
import { until } from '../testing/until';
import { Supervisor } from './supervisor';

describe('the supervisor', () => {
  let folder: string;
  let said: Said;
  let changes: Readonly<Record<string, number | null>>[];
  let supervisor: Supervisor;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'supervisor-'));
    said = new Said();
    changes = [];
    supervisor = new Supervisor(
      { say: said.say, changed: () => changes.push(supervisor.pids) },
      { first: 20, longest: 60_000 },
    );
  });

  afterEach(async () => {
    await stopMarked(folder, 0);
    rmSync(folder, { recursive: true });
  });

  /** Ready when it has printed "up"; ends at once with exit code 5 while the file `broken` exists. */
  function script(name: string, code = ''): ManagedProcess {
    const broken = JSON.stringify(join(folder, 'broken'));
    const output = new Said();
    return new ManagedProcess({
      name,
      file: process.execPath,
      args: [
        '-e',
        `if (fs.existsSync(${broken})) process.exit(5); ${code}; console.log('up', process.pid); setInterval(() => {}, 1000)`,
      ],
      env: mark(folder),
      output: (line) => {
        output.say(line);
        said.say(`[${name}] ${line}`);
      },
      ready: () =>
        output.lines.includes(`up ${String(marked(folder).at(-1))}`)
          ? Promise.resolve()
          : Promise.reject(new Error('not up')),
      readyWithin: 20_000,
      stopWithin: 20_000,
    });
  }

  test('starts again what died, says so, and tells the new process id', async () => {
    const api = script('api');
    await supervisor.start({ api });
    const first = api.pid;
    process.kill(first ?? 0, 'SIGKILL');

    await said.heard(/^api runs again/);

    expect(said.lines).toContain('api died (SIGKILL): starting it again in 0.0 s');
    expect(said.lines).toContain(`api runs again (pid ${String(api.pid)})`);
    expect(api.pid).not.toBe(first);
    expect(changes).toEqual([{ api: null }, { api: api.pid }]);
    await supervisor.stop();
  });

  test('waits longer each time while it cannot be started', async () => {
    const api = script('api');
    await supervisor.start({ api });
    writeFileSync(join(folder, 'broken'), '');
    process.kill(api.pid ?? 0, 'SIGKILL');
    await said.heard(/^api could not be started .*exit code 5.* in 0.2 s$/);
    rmSync(join(folder, 'broken'));

    await said.heard(/^api runs again/);

    const pauses = said.lines.flatMap((line) => /starting it again in (\S+) s$/.exec(line)?.[1] ?? []);
    expect(pauses).toEqual(['0.0', '0.0', '0.1', '0.2']);
    await supervisor.stop();
  });

  test('stops what somebody else runs, and whose end we never learn of', async () => {
    const stop = jest.fn(() => Promise.resolve());
    const never = new Promise<never>(() => undefined);
    await supervisor.start({ database: { pid: undefined, exited: never, start: () => Promise.resolve(), stop } });
    await supervisor.stop();
    expect(stop).toHaveBeenCalled();
  });

  test('waits for a start that is under way before it says that all is gone', async () => {
    let rejected = false;
    const slow = {
      pid: undefined,
      exited: new Promise<never>(() => undefined),
      stop: () => Promise.resolve(),
      start: async (signal: AbortSignal) => {
        await once(signal, 'abort');
        await new Promise(setImmediate);
        rejected = true;
        throw new Error('given up');
      },
    };
    const starting = expect(supervisor.start({ slow })).rejects.toThrow('given up');
    await supervisor.stop();
    expect(rejected).toBe(true);
    await starting;
  });

  test('refuses to come up when something cannot be started the first time', async () => {
    writeFileSync(join(folder, 'broken'), '');
    await expect(supervisor.start({ api: script('api') })).rejects.toMatchObject({ code: 'PROCESS_DIED' });
    await supervisor.stop();
    expect(said.lines).toEqual([]);
  });

  test('stops later groups before earlier ones, and nothing comes back', async () => {
    const onTerm = "process.on('SIGTERM', () => { console.log('down'); process.exit(0) })";
    await supervisor.start({ database: script('database', onTerm) });
    await supervisor.start({ api: script('api', onTerm) });
    await supervisor.stop();
    expect(said.lines.filter((line) => line.endsWith('down'))).toEqual(['[api] down', '[database] down']);
    expect(marked(folder)).toEqual([]);
    expect(supervisor.pids).toEqual({ database: null, api: null });
  });

  test('leaves nothing when it is stopped just while something is being started again', async () => {
    const flag = join(folder, 'second');
    const api = script(
      'api',
      `if (fs.existsSync(${JSON.stringify(flag)})) while (true) fs.writeFileSync(${JSON.stringify(`${flag}-spins`)}, '')`,
    );
    await supervisor.start({ api });
    writeFileSync(flag, '');
    process.kill(api.pid ?? 0, 'SIGKILL');
    await until(() => existsSync(`${flag}-spins`));

    await supervisor.stop();

    expect(marked(folder)).toEqual([]);
    expect(said.lines.filter((line) => line.includes('again'))).toHaveLength(1);
  });

  test('leaves nothing when it is stopped while the first start is under way, and starts nothing afterwards', async () => {
    const starting = supervisor.start({ api: script('api', 'while (true);') });
    await until(() => marked(folder).length > 0);
    await Promise.all([expect(starting).rejects.toMatchObject({ code: 'INTERRUPTED' }), supervisor.stop()]);
    expect(marked(folder)).toEqual([]);
    await expect(supervisor.start({ worker: script('worker') })).rejects.toMatchObject({ code: 'INTERRUPTED' });
  });
});
