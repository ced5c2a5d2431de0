import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Said } from '../testing/said';
import { until } from '../testing/until';
import { type Command, ManagedProcess } from './managed-process';
import { mark, marked, stopMarked } from './marked';

const never = new AbortController().signal;

describe('a managed process', () => {
  let folder: string;
  let said: Said;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'process-'));
    said = new Said();
  });

  afterEach(async () => {
    await stopMarked(folder, 0);
    rmSync(folder, { recursive: true });
  });

  /** A Node process that prints "up" first; ready as soon as that was heard. */
  function script(code: string, overrides: Partial<Command> = {}): ManagedProcess {
    return new ManagedProcess({
      name: 'script',
      file: process.execPath,
      args: ['-e', `${code}; console.log('up', process.pid); setInterval(() => {}, 1000);`],
      env: mark(folder),
      output: said.say,
      ready: () => said.heard(/^up/),
      readyWithin: 20_000,
      stopWithin: 20_000,
      ...overrides,
    });
  }

  test('is asked to stop by the signal that it wants', async () => {
    const process = script(`process.on('SIGTERM', () => {}); process.on('SIGINT', () => process.exit(7))`, {
      stopSignal: 'SIGINT',
    });
    await process.start(never);
    await process.stop();
    expect(await process.exited).toEqual({ code: 7, signal: null });
  });

  test('starts, stops on SIGTERM and starts again', async () => {
    const managed = script("process.on('SIGTERM', () => process.exit(7))");
    await managed.start(never);
    expect(said.lines).toEqual([`up ${String(managed.pid)}`]);
    await managed.stop();
    expect(await managed.exited).toEqual({ code: 7, signal: null });
    expect(managed.pid).toBeUndefined();
    await managed.start(never);
    expect(marked(folder)).toEqual([managed.pid]);
    await managed.stop();
  });

  test('is killed when it does not care about SIGTERM', async () => {
    const managed = script("process.on('SIGTERM', () => console.log('no'))", { stopWithin: 100 });
    await managed.start(never);
    await managed.stop();
    expect(await managed.exited).toEqual({ code: null, signal: 'SIGKILL' });
    expect(said.lines).toContain('no');
  });

  test('takes what it has started with it, also when it is killed', async () => {
    const managed = script("require('child_process').spawn('sleep', ['600'])");
    await managed.start(never);
    expect(marked(folder)).toHaveLength(2);
    process.kill(managed.pid ?? 0, 'SIGKILL');
    await managed.exited;
    await until(() => marked(folder).length === 0);
  });

  test('that ends before it is ready is an error with the end of its log', async () => {
    const log = join(folder, 'log', 'script.log');
    const managed = script("console.error('no such table'); process.exit(3)", {
      output: log,
      ready: () => Promise.reject(new Error('not yet')),
    });
    await expect(managed.start(never)).rejects.toMatchObject({
      code: 'PROCESS_DIED',
      message: expect.stringMatching(
        /script ended before it was ready \(exit code 3\).*script\.log:\n +no such table/,
      ) as string,
    });
  });

  test('that is not ready in time is an error that says what is missing, and is gone', async () => {
    const managed = script('', { ready: () => Promise.reject(new Error('still reading')), readyWithin: 100 });
    await expect(managed.start(never)).rejects.toMatchObject({
      code: 'NOT_READY',
      message: 'script was not ready after 0.1 s: still reading',
    });
    expect(marked(folder)).toEqual([]);
  });

  test('can be interrupted while it starts, and is gone', async () => {
    const interrupt = new AbortController();
    const managed = script('', {
      ready: () => {
        interrupt.abort();
        return Promise.reject(new Error('not yet'));
      },
    });
    await expect(managed.start(interrupt.signal)).rejects.toMatchObject({ code: 'INTERRUPTED' });
    expect(marked(folder)).toEqual([]);
  });

  test('that does not exist is an error that names it', async () => {
    const managed = script('', { file: join(folder, 'missing') });
    await expect(managed.start(never)).rejects.toMatchObject({
      code: 'PROCESS_DIED',
      message: expect.stringContaining('ENOENT') as string,
    });
    await managed.stop();
  });
});
