/** What an image holds runs by itself: with its own packages, nothing of the workspace and nothing for developers. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
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
  [database, vhost] = await Promise.all([createTestDatabase(), createTestVhost(), ...apps.map(prune)]);
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
