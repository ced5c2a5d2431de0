import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { randomInt } from 'node:crypto';
import { Objects } from '../environment/objects';
import { parse } from '../spec/parse';
import { podSpec } from '../spec/pod';
import { makeProgram, type Program } from '../testing/program';
import { Pod } from './pod';
import { failure } from '../testing/failure';

let program: Program;
let pod: Pod | undefined;
beforeEach(async () => {
  program = await makeProgram();
});
afterEach(async () => {
  await pod?.stop();
  pod = undefined;
  await program.remove();
});

const command = (...args: string[]) => ({ image: 'x', command: [process.execPath, 'program.mjs', ...args] });
const server = {
  name: 'api',
  ...command(),
  ports: [{ name: 'http', containerPort: 8080 }],
  startupProbe: {
    httpGet: { path: '/program.mjs', port: 'http' },
    periodSeconds: 1,
    timeoutSeconds: 10,
    failureThreshold: 1000,
  },
  livenessProbe: { httpGet: { path: '/live', port: 'http' }, periodSeconds: 1, timeoutSeconds: 10 },
  readinessProbe: { exec: { command: ['test', '-f', 'ready'] }, periodSeconds: 1, timeoutSeconds: 10 },
};

function start(spec: object): Pod {
  pod = new Pod({
    fields: { name: 'api-1', ip: `127.90.${String(randomInt(255))}.${String(randomInt(1, 255))}` },
    spec: parse(podSpec, spec, 'Pod api'),
    objects: new Objects([]),
    folders: new Map(),
    machine: {
      workdir: () => program.folder,
      inject: (_container, { ip }) => ({ PATH: process.env.PATH ?? '', HOST: ip }),
      timeScale: 0.05,
      backoff: { first: 1, longest: 10 },
      onLine: () => undefined,
    },
  });
  pod.start();
  return pod;
}

const happened = ({ history }: Pod) => history.map(({ container, event }) => `${container} ${event}`);
const times = (pod: Pod, event: string) => pod.history.filter((noted) => noted.event === event).length;
const log = () => readFile(join(program.folder, 'log'), 'utf8');

it('runs init containers one after the other, each until it ends well, and containers then', async () => {
  const pod = start({
    initContainers: [
      { name: 'first', ...command('fail-once') },
      { name: 'second', ...command('append', 'second') },
    ],
    containers: [server],
  });
  await pod.until(({ ready }) => ready);
  expect(happened(pod).filter((each) => /launched|exited/.test(each))).toEqual([
    'first launched',
    'first exited 1',
    'first launched',
    'first exited 0',
    'second launched',
    'second exited 0',
    'api launched',
  ]);
});

it('is ready as long as its readiness probe says so', async () => {
  const pod = start({ containers: [server] });
  await pod.until(({ ready }) => ready);
  await rm(join(program.folder, 'ready'));
  await pod.until(({ ready }) => !ready);
  await writeFile(join(program.folder, 'ready'), '');
  await pod.until(({ ready }) => ready);
  expect(times(pod, 'launched')).toBe(1);
});

it('starts a container that is not live again', async () => {
  const pod = start({ containers: [server] });
  await pod.until(({ ready }) => ready);
  await rm(join(program.folder, 'live'));
  await pod.until(() => times(pod, 'unhealthy') > 0);
  await writeFile(join(program.folder, 'live'), '');
  await pod.until(() => times(pod, 'launched') === 2);
  await pod.until(({ ready }) => ready);
  expect(await log()).toBe('SIGTERM\n');
});

it('gives a container as long to start as a cluster would, and asks it more often', async () => {
  // Notes each time it is asked, and is not there yet.
  const { command: asked } = command('append', 'asked');
  const exec = { command: ['sh', '-c', `"$@"; false`, 'sh', ...asked] };
  const pod = start({
    containers: [{ ...server, startupProbe: { exec, periodSeconds: 1, timeoutSeconds: 10, failureThreshold: 1 } }],
  });
  await pod.until(() => times(pod, 'unhealthy') === 1);
  expect(await log()).toMatch(/^(asked\n){20}/);
});

it('starts a container that ended again', async () => {
  const pod = start({
    containers: [server, { name: 'ends', ...command('append', 'x') }],
  });
  await pod.until(({ history }) => history.filter((each) => each.event === 'launched').length === 4);
  expect(times(pod, 'killed')).toBe(0);
});

it('stops with preStop, SIGTERM and patience', async () => {
  const pod = start({
    containers: [{ ...server, lifecycle: { preStop: { exec: { command: command('append', 'preStop').command } } } }],
  });
  await pod.until(({ ready }) => ready);
  const stopped = pod.stop();
  expect(pod.ready).toBe(false);
  await stopped;
  expect(await log()).toBe('preStop\nSIGTERM\n');
  expect(happened(pod).slice(-4)).toEqual(['api stopping', 'api terminated', 'api not-ready', 'api exited 0']);
});

it('kills what does not listen, and says so', async () => {
  const pod = start({
    containers: [{ ...server, env: [{ name: 'REFUSE_TERM', value: 'yes' }] }],
    terminationGracePeriodSeconds: 1,
  });
  await pod.until(({ ready }) => ready);
  await pod.stop();
  expect(times(pod, 'killed')).toBe(1);
  expect(happened(pod)).toContain('api exited SIGKILL');
});

it('refuses a probe of a port that has no such name', () => {
  expect(() => start({ containers: [{ ...server, ports: [] }] })).toThrow(failure({ code: 'MISSING_REFERENCE' }));
});
