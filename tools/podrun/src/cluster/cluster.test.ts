import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { autoscaler, budget, makeCluster, service, web } from '../testing/cluster';
import { failure } from '../testing/failure';
import { makeProgram, type Program } from '../testing/program';
import type { Cluster } from './cluster';

let program: Program;
let cluster: Cluster;
let strays: number | undefined;
beforeEach(async () => {
  program = await makeProgram();
  cluster = await makeCluster(program);
  strays = undefined;
});
afterEach(async () => {
  strays ??= await cluster.stop();
  await program.remove();
});

const deployment = () => cluster.deployment('web');
const running = () => cluster.pods.filter(({ pod }) => pod.ready);
const imagesOf = (pods: typeof cluster.pods) => pods.map(({ pod }) => pod.containers[0]?.image);
const folders = () => readdirSync(program.folder).filter((name) => name.startsWith('cluster-'));

/** The least and the greatest number of ready pods from now on. */
function watchReady() {
  const seen = { least: running().length, most: running().length };
  deployment().on('change', () => {
    seen.least = Math.min(seen.least, running().length);
    seen.most = Math.max(seen.most, running().length);
  });
  return seen;
}

it('makes as many pods as are wanted, on one node after the other, each with its template’s hash', async () => {
  await cluster.apply([web()]);
  await cluster.settled();
  expect(running().map(({ node }) => node)).toEqual(['one', 'two']);
  const [first, second] = running();
  expect(first?.labels['pod-template-hash']).toMatch(/^[0-9a-f]{10}$/);
  expect(second?.labels).toEqual(first?.labels);
});

it('begins with the autoscaler’s minimum where the Deployment says no number, and keeps what it was scaled to', async () => {
  await cluster.apply([web({ replicas: null }), autoscaler]);
  await cluster.settled();
  expect(running()).toHaveLength(3);
  deployment().scale(1);
  await cluster.apply([web({ replicas: null, version: '2' })]);
  await cluster.settled();
  expect(imagesOf(running())).toEqual(['web:2']);
});

it('rolls to a new template without ever having fewer pods ready, or more than its surge', async () => {
  await cluster.apply([web()]);
  await cluster.settled();
  const seen = watchReady();
  await cluster.apply([web({ version: '2' })]);
  await cluster.settled();
  expect(imagesOf(running())).toEqual(['web:2', 'web:2']);
  expect(seen).toEqual({ least: 2, most: 3 });
});

it('does not go on with a roll whose pods do not become ready', async () => {
  await cluster.apply([web()]);
  await cluster.settled();
  await cluster.apply([web({ version: '2', ready: '/never' })]);
  await deployment().until(({ pods }) => pods.length === 3);
  const fresh = cluster.pods[2]?.pod;
  await fresh?.until(({ history }) => history.some(({ event }) => event === 'started'));
  expect(imagesOf(running())).toEqual(['web:1', 'web:1']);
  // Back again: what never was of any use goes.
  await cluster.apply([web()]);
  await cluster.settled();
  expect(imagesOf(running())).toEqual(['web:1', 'web:1']);
  expect(cluster.pods).toHaveLength(3);
});

it('scales to none and back, and removes what pods had on the disk', async () => {
  const volumes = [
    { name: 'own', emptyDir: {} },
    { name: 'kept', persistentVolumeClaim: { claimName: 'kept' } },
  ];
  await cluster.apply([web({ volumes })]);
  await cluster.settled();
  const [home = ''] = folders();
  const inside = () => readdirSync(join(program.folder, home)).sort();
  expect(inside()).toEqual(['claims', expect.stringMatching(/^web-.*-1-/), expect.stringMatching(/^web-.*-2-/)]);
  deployment().scale(0);
  await cluster.settled();
  expect(inside()).toEqual(['claims']);
  deployment().scale(1);
  await cluster.settled();
  expect(running()).toHaveLength(1);
});

it('leads a Service’s connections to all pods that are ready, and to no other', async () => {
  // The Service comes between its pods.
  await cluster.apply([web({ replicas: 1 })]);
  await cluster.settled();
  await cluster.apply([service]);
  deployment().scale(2);
  await cluster.settled();
  const url = `http://127.0.0.1:${String(cluster.service('web').port('http'))}/ready`;
  const ask = async () => (await fetch(url, { headers: { connection: 'close' } })).text();
  const ips = cluster.pods.map(({ pod }) => pod.fields.ip);
  // That they are ready becomes known a little later.
  const answered = new Set<string>();
  while (answered.size < 2) await ask().then((ip) => answered.add(ip), String);
  expect([...answered].sort()).toEqual([...ips].sort());
  deployment().scale(1);
  await cluster.settled();
  const [left] = running();
  expect([await ask(), await ask()]).toEqual([left?.pod.fields.ip, left?.pod.fields.ip]);
});

it('drains a node as the budget lets it: never without a ready pod', async () => {
  // Two pods, both on the first node.
  cluster.cordon('two');
  await cluster.apply([web(), budget]);
  await cluster.settled();
  cluster.uncordon('two');
  const seen = watchReady();
  await cluster.drain('one');
  await cluster.settled();
  expect(running().map(({ node }) => node)).toEqual(['two', 'two']);
  expect(seen.least).toBe(1);
  expect(() => cluster.cordon('two')).toThrow(failure({ code: 'UNSUPPORTED' }));
});

it('says that a pod cannot be made', async () => {
  await cluster.apply([web({ volumes: [{ name: 'settings', configMap: { name: 'settings' } }] })]);
  await expect(cluster.settled()).rejects.toThrow(
    failure({ code: 'MISSING_REFERENCE', message: 'there is no ConfigMap settings' }),
  );
});

it('lets alone what is not mentioned', async () => {
  await cluster.apply([service, web({ replicas: 1 })]);
  deployment().scale(2);
  await cluster.settled();
  await cluster.apply([service, budget]);
  await cluster.settled();
  expect(running()).toHaveLength(2);
  const other = { ...service, spec: { ...(service['spec'] as object), selector: { app: 'other' } } };
  await expect(cluster.apply([other])).rejects.toThrow(failure({ code: 'UNSUPPORTED' }));
});

it('refuses what it does not know, and changes nothing', async () => {
  await cluster.apply([web()]);
  const job = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'once' } };
  await expect(cluster.apply([web({ version: '2' }), job])).rejects.toThrow(failure({ code: 'UNSUPPORTED' }));
  await cluster.settled();
  expect(imagesOf(running())).toEqual(['web:1', 'web:1']);
});

it('leaves nothing behind, not even what has got away from its pod', async () => {
  await cluster.apply([web({ replicas: 1 })]);
  await cluster.settled();
  const [home = ''] = folders();
  const pid = cluster.pods[0]?.pod.pid('web');
  const stray = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)'], {
    env: { SORTING_OFFICE_STACK: join(program.folder, home) },
    stdio: 'ignore',
  });
  const ended = once(stray, 'exit');
  await once(stray, 'spawn');
  strays = await cluster.stop();
  expect(strays).toBe(1);
  expect(await ended).toEqual([null, 'SIGTERM']);
  expect(existsSync(`/proc/${String(pid)}`)).toBe(false);
  expect(folders()).toEqual([]);
});
