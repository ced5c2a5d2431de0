/** What an image holds runs by itself: with its own packages, nothing of the workspace and nothing for developers. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createTestDatabase, createTestVhost, type TestDatabase, type TestVhost } from '@sorting-office/stack';
import { workspace } from './overlays';
import { readDockerfile } from './testing/dockerfile';
import { Program } from './testing/program';

const run = promisify(execFile);
const apps = ['api', 'worker'] as const;

jest.setTimeout(60_000);

let folder: string;
let database: TestDatabase;
let vhost: TestVhost;
const running: Program[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'image-'));
  const prune = (app: string) =>
    run(process.execPath, ['tools/image/prune.mjs', `apps/${app}`, join(folder, app)], { cwd: workspace });
  [database, vhost] = await Promise.all([createTestDatabase(), createTestVhost(), ...[...apps, 'cli'].map(prune)]);
}, 120_000);

afterAll(async () => {
  for (const program of running) await program.stop();
  await database.drop();
  await vhost.drop();
  rmSync(folder, { recursive: true });
});

function start(app: string, env: Record<string, string>, ...args: string[]): Program {
  const program = new Program(join(folder, app), args, { DATABASE_URL: database.url, AMQP_URL: vhost.amqpUrl, ...env });
  running.push(program);
  return program;
}

test('migrate, worker and API start from their images’ folders and become ready', async () => {
  expect(await start('worker', {}, 'migrate').ended).toBe(0);
  // So that what traces is loaded, too; nobody answers there.
  const traced = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' };
  const worker = start('worker', { ...traced, HEALTH_PORT: '0' });
  const api = start('api', { ...traced, API_PORT: '0', API_HOST: '127.0.0.1' });
  await worker.said(/waiting for tasks/);
  await api.said(/"ready: \d+ tables verified"/);
});

test('a worker of bulk work alone gives way to whatever else wants the processors', async () => {
  const bulk = start('worker', { HEALTH_PORT: '0', WORKER_QUEUES: 'bulk' });
  const both = start('worker', { HEALTH_PORT: '0', WORKER_QUEUES: 'bulk,interactive' });
  await Promise.all([bulk.said(/waiting for tasks/), both.said(/waiting for tasks/)]);
  expect(bulk.niceness).toBeGreaterThan(both.niceness);
});

test.each(apps)('the folder of %s has nothing for developers', (app) => {
  const packages = readdirSync(join(folder, app, 'node_modules'));
  expect(packages).toContain('knex');
  const developers = ['typescript', 'esbuild', 'tsx', 'jest', 'eslint', 'nx', 'prettier', 'kubernetes-models', '@swc'];
  expect(packages.filter((name) => developers.includes(name))).toEqual([]);
  expect(packages.includes('express')).toBe(app === 'api');
});

test.each(apps)('the folder of %s lists what is in it', (app) => {
  const { components } = JSON.parse(readFileSync(join(folder, app, 'sbom.cdx.json'), 'utf8')) as {
    components: { name: string; version: string }[];
  };
  const { version } = JSON.parse(readFileSync(join(folder, app, 'node_modules/mysql2/package.json'), 'utf8')) as {
    version: string;
  };
  expect(components).toContainEqual(expect.objectContaining({ name: 'mysql2', version }));
});

/** Holds a list of licences against folders, as `tools/image/licences.mjs` does. */
const judgeLicences = (list: string, ...of: string[]) =>
  run(process.execPath, ['tools/image/licences.mjs', list, ...of.map((app) => join(folder, app))], { cwd: workspace });

test('docs/licences.md lists every package that is passed on', async () => {
  await judgeLicences('docs/licences.md', 'api', 'cli', 'worker');
  // Another set of packages has another list.
  await expect(judgeLicences('docs/licences.md', 'api', 'worker')).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('is not the list of what is there') as string,
  });
});

test.each([
  ['a licence that nobody has agreed to', [{ license: { id: 'AGPL-3.0-only' } }], 'AGPL-3.0-only'],
  ['none', undefined, 'none'],
  ['a choice of licences', [{ expression: '(MIT OR GPL-2.0)' }], '(MIT OR GPL-2.0)'],
  ['one good and one bad', [{ license: { id: 'MIT' } }, { license: { name: 'Ours' } }], 'MIT AND Ours'],
])('a package with %s is refused', async (_what, licenses, shown) => {
  mkdirSync(join(folder, 'made-up'), { recursive: true });
  const components = [{ name: 'some-package', version: '1.0.0', licenses }];
  writeFileSync(join(folder, 'made-up/sbom.cdx.json'), JSON.stringify({ components }));
  await expect(judgeLicences('docs/licences.md', 'api', 'made-up')).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining(`some-package, in made-up: ${shown}\n`) as string,
  });
});

test.each(apps)(
  'the packages of %s bring the texts of their licences, also those that look like documentation',
  (app) => {
    const texts = (name: string) =>
      readdirSync(join(folder, app, 'node_modules', name)).filter((file) => /^licen[cs]e/i.test(file));
    expect([texts('knex'), texts('uuid'), texts('ms')]).toEqual([['LICENSE'], ['LICENSE.md'], ['license.md']]);
  },
);

test.each(apps)('the Dockerfile of %s makes that folder, and runs it as the user that the manifests name', (app) => {
  const { build, images } = readDockerfile(join(workspace, 'apps', app, 'Dockerfile'));
  expect(build).toContain(`node tools/esbuild.mjs apps/${app} && node tools/image/prune.mjs apps/${app} /app`);
  expect(images.length).toBe(app === 'api' ? 1 : 2);
  for (const image of images) {
    expect(image).toMatchObject({
      user: '65532:65532',
      workdir: '/app',
      command: ['node', 'main.js'],
      copied: '/app /app',
    });
  }
});
