import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Account, AuditEntry, bearerOf, Token } from '@sorting-office/db';
import { type MigratedDatabase, migratedDatabase } from '@sorting-office/db/testing';
import { createTestDatabase } from '@sorting-office/stack';
import { office } from '../program';
import { OfficeProcess } from '../testing/program';
import { testSurroundings } from '../testing/surroundings';

let home: MigratedDatabase;
beforeAll(async () => {
  home = await migratedDatabase();
});
afterAll(() => home.drop());

const create = async (args: string[] = [], env: Record<string, string> = { DATABASE_URL: home.url }) => {
  const surroundings = testSurroundings({ env });
  const code = await office(['token', 'create', ...args], surroundings);
  return { code, out: surroundings.stdout.text(), err: surroundings.stderr.text() };
};
const accountOf = (token: string) => home.database.read(async (db) => (await bearerOf(db, token))?.accountId);
const scopeOf = (token: string) => home.database.read(async (db) => (await bearerOf(db, token))?.scope);
const named = (name: string) => home.database.read((db) => db(Account).where({ name }));

test('prints a token that the API takes, alone, also as a process of its own', async () => {
  const cwd = mkdtempSync(join(tmpdir(), 'office-token-'));
  try {
    const { code, out, err } = await new OfficeProcess(['token', 'create'], { cwd, env: { DATABASE_URL: home.url } })
      .ended;
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^office_[\w-]+\n$/);
    expect(await accountOf(out.trim())).toBe(home.accountId);
  } finally {
    rmSync(cwd, { recursive: true });
  }
});

test('makes an operator’s token only when it is asked to', async () => {
  expect(await scopeOf((await create()).out.trim())).toBe('owner');
  expect(await scopeOf((await create(['--operator'])).out.trim())).toBe('operator');
});

test('finds the database that `npm start` runs', async () => {
  const cwd = mkdtempSync(join(tmpdir(), 'office-token-'));
  try {
    mkdirSync(join(cwd, '.stack'));
    const running = { apiUrl: 'http://127.0.0.1:1', token: 'x', databaseUrl: home.url };
    writeFileSync(join(cwd, '.stack', 'running.json'), JSON.stringify(running));
    const surroundings = testSurroundings({ cwd });
    expect(await office(['token', 'create'], surroundings)).toBe(0);
    expect(await accountOf(surroundings.stdout.text().trim())).toBe(home.accountId);
  } finally {
    rmSync(cwd, { recursive: true });
  }
});

test('makes an account once, however many ask for it at the same time', async () => {
  const all = await Promise.all(
    Array.from({ length: 8 }, (_, n) => create(['--account', 'somebody', '--name', `token ${n}`])),
  );
  expect(all.map(({ code, err }) => ({ code, err }))).toEqual(Array.from(all, () => ({ code: 0, err: '' })));
  const accounts = await named('somebody');
  expect(accounts).toHaveLength(1);
  for (const { out } of all) expect(await accountOf(out.trim())).toBe(accounts[0]?.id);
  const tokens = await home.database.read((db) => db(Token).where({ account_id: accounts[0]?.id ?? '' }));
  expect(tokens.map(({ name }) => name).sort()).toEqual(Array.from(all, (_, n) => `token ${n}`));
});

test('a database without tables needs a migration', async () => {
  const empty = await createTestDatabase();
  try {
    const { code, out, err } = await create([], { DATABASE_URL: empty.url });
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/SCHEMA_NOT_READY.*worker migrate/s);
  } finally {
    await empty.drop();
  }
});

test('a database that is away is said so', async () => {
  const { code, out, err } = await create([], { DATABASE_URL: 'mysql://a:hidden@127.0.0.1:1/b' });
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toContain('DATABASE_UNAVAILABLE');
  expect(err).not.toContain('hidden');
});

test('without a database it says where to name one', async () => {
  expect(await create([], {})).toMatchObject({ code: 2, err: expect.stringContaining('DATABASE_URL') as string });
});

test('who made a token is noted, without the token', async () => {
  const { out } = await create(['--account', 'noted', '--expires', '2']);
  const [account] = await named('noted');
  const entries = await home.database.read((db) => db(AuditEntry).where({ account_id: account?.id ?? '' }));
  expect(entries).toEqual([expect.objectContaining({ action: 'token.create', address: 'cli', outcome: 'done' })]);
  expect(JSON.stringify(entries)).not.toContain(out.trim());
  const [token] = await home.database.read((db) => db(Token).where({ account_id: account?.id ?? '' }));
  expect(token?.expires_at).not.toBeNull();
});
