import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Running, RunningFile } from './running-file';

describe('running.json', () => {
  const running: Running = {
    apiUrl: 'http://127.0.0.1:1',
    workerHealthUrl: 'http://127.0.0.1:2/healthz/ready',
    token: 'secret',
    databaseUrl: 'mysql://a:b@127.0.0.1:3/office',
    amqpUrl: 'amqp://a:b@127.0.0.1:4',
    managementUrl: 'http://a:b@127.0.0.1:5',
    pids: { api: 1, worker: 2, database: 3, broker: null },
  };
  let folder: string;
  let path: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'running-'));
    path = join(folder, 'running.json');
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  test('is there from the moment that all is ready until the end, for its owner only, and has the latest process ids', () => {
    const file = new RunningFile(path);
    file.updatePids({ api: 1 });
    expect(existsSync(path)).toBe(false);
    file.write(running);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(running);
    file.updatePids({ ...running.pids, api: null });
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ ...running, pids: { ...running.pids, api: null } });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['running.json']);
    file.remove();
    file.updatePids(running.pids);
    expect(existsSync(path)).toBe(false);
  });

  test('does not outlive the start that wrote it when that was killed', () => {
    writeFileSync(path, '{}');
    new RunningFile(path);
    expect(existsSync(path)).toBe(false);
  });
});
