import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { usableToken } from './token';

test('the token is made once, kept for its owner only, and made anew when the API no longer takes it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'token-'));
  const path = join(folder, 'token');
  const valid = new Set<string>();
  const works = (token: string) => Promise.resolve(valid.has(token));
  let made = 0;
  const create = () => {
    const token = `token-${++made}`;
    valid.add(token);
    return Promise.resolve(`${token}\n`);
  };
  try {
    expect(await usableToken(path, works, create)).toBe('token-1');
    expect(await usableToken(path, works, create)).toBe('token-1');
    expect([readFileSync(path, 'utf8'), statSync(path).mode & 0o777]).toEqual(['token-1\n', 0o600]);
    valid.clear();
    expect(await usableToken(path, works, create)).toBe('token-2');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
