/** What every project has, and how projects depend on each other, as Nx sees it. */
import type { NxJsonConfiguration, ProjectGraph, ProjectGraphProjectNode } from '@nx/devkit';
import { WorkspaceCopy } from './testing/workspace-copy';

/** The layers of what is shipped, and which layers each may use (docs/architecture.md). */
const layers: Record<string, readonly string[]> = {
  data: [],
  mail: [],
  speech: [],
  telemetry: [],
  broker: ['data', 'telemetry'],
  tasks: ['data', 'mail', 'speech', 'telemetry'],
  app: ['tasks', 'speech', 'broker', 'data', 'telemetry'],
};
/** The layers of what is for developers. The others use tools in their tests alone, which lint sees to. */
const developersLayers = ['tool', 'e2e', 'faults', 'k8s', 'deploy', 'plans', 'eval', 'bench'];

jest.setTimeout(60_000);

let copy: WorkspaceCopy;
let graph: ProjectGraph;
let projects: ProjectGraphProjectNode[];
beforeAll(async () => {
  copy = new WorkspaceCopy();
  await copy.succeed('nx', ['graph', '--file=graph.json']);
  graph = (JSON.parse(copy.read('graph.json')) as { graph: ProjectGraph }).graph;
  projects = Object.values(graph.nodes).filter(({ data }) => data.root !== '.');
});
afterAll(() => copy.remove());

const dependenciesOf = (name: string) => graph.dependencies[name] ?? [];
const layersOf = (name: string) =>
  (graph.nodes[name]?.data.tags ?? [])
    .filter((tag) => tag.startsWith('layer:'))
    .map((tag) => tag.slice('layer:'.length));

test('every folder with a package is a project', () => {
  const packages = copy.files().filter((file) => /^((apps|libs|tools|tests)\/[^/]+|bench)\/package\.json$/.test(file));
  expect(projects.map(({ data }) => `${data.root}/package.json`).sort()).toEqual(packages.sort());
});

test('every project has commands to typecheck, test and lint it', () => {
  const command = { executor: 'nx:run-commands', options: { command: expect.any(String) as string } };
  for (const { data } of projects) {
    expect(data).toMatchObject({ targets: { typecheck: command, test: command, lint: command } });
  }
});

test('every project has tests of its own', () => {
  const tests = copy.files().filter((file) => file.endsWith('.test.ts'));
  const untested = projects.filter(({ data }) => !tests.some((file) => file.startsWith(`${data.root}/src/`)));
  expect(untested.map(({ name }) => name)).toEqual([]);
});

test('every project is of one layer', () => {
  const known = [...Object.keys(layers), ...developersLayers];
  const layered = projects.filter(({ name }) => layersOf(name).length === 1 && known.includes(layersOf(name).join()));
  expect(layered).toEqual(projects);
});

test('what is shipped depends on nothing but the layers below it', () => {
  const upwards = projects.flatMap(({ name }) =>
    layersOf(name).flatMap((layer) => {
      const allowed = [...(layers[layer] ?? []), 'tool'];
      return dependenciesOf(name)
        .filter(({ target }) => layer in layers && !layersOf(target).every((used) => allowed.includes(used)))
        .map(({ target }) => `${name} -> ${target}`);
    }),
  );
  expect(upwards).toEqual([]);
});

test('no project depends on itself, by whatever detour', () => {
  const reachable = (from: string, seen = new Set<string>()): Set<string> => {
    for (const { target } of dependenciesOf(from)) if (!seen.has(target)) reachable(target, seen.add(target));
    return seen;
  };
  expect(projects.map(({ name }) => name).filter((name) => reachable(name).has(name))).toEqual([]);
});

test('an app offers nothing that its bare name could import', () => {
  for (const { data } of projects.filter(({ name }) => layersOf(name).includes('app'))) {
    const manifest = JSON.parse(copy.read(`${data.root}/package.json`)) as { exports?: object };
    expect(Object.keys(manifest).filter((key) => ['main', 'module'].includes(key))).toEqual([]);
    // What tests of the whole may use has a name of its own, and so has what manifests are held against.
    const offered = Object.keys(manifest.exports ?? {});
    expect(offered.filter((path) => path !== './testing' && path !== './config')).toEqual([]);
  }
});

test.each(['api', 'worker', 'cli'])('no file of %s can be imported by its path', async (app) => {
  const { code, stderr } = await copy.run('tsx', ['-e', `require.resolve('@sorting-office/${app}/src/main.ts')`]);
  expect(stderr).toContain('ERR_PACKAGE_PATH_NOT_EXPORTED');
  expect(code).toBe(1);
});

test('a change affects those who use what has changed, and nobody below', async () => {
  const stdout = await copy.succeed('nx', [
    'show',
    'projects',
    '--affected',
    '--files=libs/tasks/src/index.ts',
    '--json',
  ]);
  const affected = JSON.parse(stdout) as string[];
  expect(affected).toEqual(expect.arrayContaining(['tasks', 'api', 'worker', 'workspace']));
  expect(affected).toEqual(expect.not.arrayContaining(['db']));
  expect(affected).toEqual(expect.not.arrayContaining(['mail']));
});

test('what has run is not run again', async () => {
  const typecheck = () => copy.run('nx', ['typecheck', 'telemetry']);
  const cached = 'read the output from the cache';
  expect(await typecheck()).toMatchObject({ code: 0, stdout: expect.not.stringContaining(cached) as string });
  expect(await typecheck()).toMatchObject({ code: 0, stdout: expect.stringContaining(cached) as string });
});

test('nothing needs Nx Cloud', () => {
  const config = JSON.parse(copy.read('nx.json')) as NxJsonConfiguration;
  expect(config.neverConnectToCloud).toBe(true);
  expect(config).not.toHaveProperty('nxCloudId');
  expect(config).not.toHaveProperty('nxCloudAccessToken');
});
