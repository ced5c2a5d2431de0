import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { claim, holders, waitForClaim } from './claim.mjs';

describe('claim', () => {
  let folder: string;
  const children: ChildProcess[] = [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'claim-'));
  });

  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  });

  /** Another process that claims the folder and lives on; resolves with what claim returned there. */
  async function another(): Promise<{ child: ChildProcess; claimed: string }> {
    const script = `import { claim } from ${JSON.stringify(join(__dirname, 'claim.mjs'))};
      const claimed = claim(${JSON.stringify(folder)});
      process.stdout.write(typeof claimed === 'number' ? String(claimed) : 'claimed');
      setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.push(child);
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    return { child, claimed: line.toString().trim() };
  }

  test('is refused with the id of the process that holds it', async () => {
    const { child } = await another();
    expect(claim(folder)).toBe(child.pid);
    expect((await another()).claimed).toBe(String(child.pid));
  });

  test('ends with the process, also with one killed with SIGKILL', async () => {
    const { child } = await another();
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(typeof claim(folder)).toBe('function');
    expect(holders(folder)).toEqual([process.pid]);
  });

  test('ends with the release', async () => {
    const release = claim(folder);
    expect((await another()).claimed).toBe(String(process.pid));
    if (typeof release === 'function') release();
    expect((await another()).claimed).toBe('claimed');
  });

  test('is no claim when the number was given to another process since', async () => {
    const { child } = await another();
    const [name = ''] = readdirSync(folder);
    child.kill('SIGKILL');
    await once(child, 'exit');
    writeFileSync(join(folder, name.replace(String(child.pid), String(process.ppid))), '');
    expect(holders(folder)).toEqual([]);
  });

  test('is waited for', async () => {
    const { child } = await another();
    const waiting = jest.fn(() => child.kill('SIGKILL'));
    const release = await waitForClaim(folder, new AbortController().signal, waiting);
    expect(waiting.mock.calls).toEqual([[child.pid]]);
    release();
  });

  test('is not waited for any longer when interrupted', async () => {
    await another();
    const interrupted = new AbortController();
    await expect(waitForClaim(folder, interrupted.signal, () => interrupted.abort())).rejects.toThrow('aborted');
  });
});
