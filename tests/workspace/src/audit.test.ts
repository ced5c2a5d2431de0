/** `npm run audit`, with npm itself and a registry of this test's own. */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { workspaceRoot } from './testing/workspace-copy';

jest.setTimeout(60_000);

interface Answer {
  status: number;
  body: unknown;
}

const lock = JSON.parse(readFileSync(join(workspaceRoot, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, { version?: string }>;
};
/** What a registry knows of a package: here, the version that is locked. */
function packument(name: string): object {
  const { version = '', ...manifest } = lock.packages[`node_modules/${name}`] ?? {};
  return { name, 'dist-tags': { latest: version }, versions: { [version]: { ...manifest, name, version } } };
}

let cache: string;
let registry: Server;
let advisories: Answer;
let asked: number;
beforeAll(async () => {
  cache = mkdtempSync(join(tmpdir(), 'office-audit-'));
  registry = createServer((request, response) => {
    const isQuestion = request.url?.includes('/security/') ?? false;
    if (isQuestion) asked++;
    // Of a package with a hole, and of those that use it, npm asks which versions there are.
    const { status, body } = isQuestion
      ? advisories
      : { status: 200, body: packument(decodeURIComponent(request.url?.slice(1) ?? '')) };
    request.resume().once('end', () => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
  }).listen(0, '127.0.0.1');
  await once(registry, 'listening');
});
beforeEach(() => {
  asked = 0;
});
afterAll(() => {
  registry.close();
  rmSync(cache, { recursive: true });
});

const here = () => `http://127.0.0.1:${(registry.address() as AddressInfo).port}`;

/** How the script ends, and what it says. */
const audit = (url = here()) =>
  new Promise<{ code: number; said: string }>((resolve) => {
    const env = { ...process.env, npm_config_registry: url, npm_config_cache: cache };
    execFile(process.execPath, [join(workspaceRoot, 'tools/audit.mjs')], { env }, (error, stdout) =>
      resolve({ code: Number(error?.code ?? 0), said: stdout }),
    );
  });

/** @param id npm keeps what it has worked out of an advisory. */
const hole = (severity: string, id: number) => ({
  status: 200,
  body: {
    knex: [
      {
        ...{ id, url: 'https://example.org/7', title: 'A hole', severity, vulnerable_versions: '*' },
        ...{ cwe: [], cvss: { score: 9, vectorString: null } },
      },
    ],
  },
});

test('no known hole is clean', async () => {
  advisories = { status: 200, body: {} };
  expect(await audit()).toEqual({
    code: 0,
    said: expect.stringMatching(/^audit: \d{3,} packages: no known holes\n$/) as string,
  });
  expect(asked).toBeGreaterThan(0);
});

test.each([
  ['high', 1],
  ['critical', 2],
])('one of %s severity is told and fails', async (severity, id) => {
  advisories = hole(severity, id);
  const { code, said } = await audit();
  expect(code).toBe(1);
  expect(said).toMatch(new RegExp(`^audit: ${severity}: knex .*: A hole \\(https://example.org/7\\)`, 'm'));
});

test('one that is not severe is counted and does not fail', async () => {
  advisories = hole('moderate', 3);
  expect(await audit()).toEqual({
    code: 0,
    said: expect.stringMatching(/^audit: \d+ packages: \d+ moderate\n$/) as string,
  });
});

test.each<[string, Answer]>([
  ['takes no such questions', { status: 405, body: {} }],
  ['does not know of them', { status: 404, body: { error: 'not found' } }],
  ['is out of order', { status: 503, body: {} }],
])('where the registry %s nothing was checked, and nothing looks clean', async (_what, answer) => {
  advisories = answer;
  const { code, said } = await audit();
  expect(code).toBe(3);
  expect(said).toMatch(/^audit: NOT CHECKED: /);
  expect(said).not.toContain('no known holes');
  expect(asked).toBeGreaterThan(0);
});

test('nor is anything without a network', async () => {
  expect(await audit('http://127.0.0.1:1')).toMatchObject({
    code: 3,
    said: expect.stringMatching(/^audit: NOT CHECKED: /) as string,
  });
});
