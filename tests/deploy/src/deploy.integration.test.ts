/**
 * The local overlay is deployed, and then lives through what happens in a cluster: no request fails, and every task is done once.
 *
 * The tests follow each other on one deployment, and there is load from the first to the last.
 */
import type { Client } from './testing/client';
import { Load } from './testing/load';
import { Office } from './testing/office';
import { newRelease } from './testing/overlay';
import { until } from './testing/until';

/** For each wait; a test has several. What hangs is found by it, and nothing else. */
const patience = () => AbortSignal.timeout(100_000);
jest.setTimeout(240_000);

let office: Office;
let load: Load;
/** Tasks that a test has enqueued by itself. */
const enqueued: string[] = [];

beforeAll(async () => {
  office = await Office.deploy(patience());
  load = new Load(() => office.client());
});
afterAll(async () => {
  await load.stop();
  await office.close();
});

const deployment = (name: 'office-api' | 'office-worker-bulk') => office.cluster.deployment(name);
const scale = async (replicas: number) => {
  deployment('office-worker-bulk').scale(replicas);
  await deployment('office-worker-bulk').until(({ settled }) => settled, patience());
};

/** What has happened in all pods that there ever were, as far as it matters. */
const history = (which: RegExp) =>
  office.cluster.pods.flatMap(({ name, pod }) =>
    pod.history.filter(({ event }) => which.test(event)).map(({ container, event }) => `${name}/${container} ${event}`),
  );

/** Enqueues tasks for bulk workers until so many of them are not done, however fast they are done meanwhile. */
async function pileUp(count: number, holdMs: number): Promise<string[]> {
  const ids: string[] = [];
  const enqueue = async (client: Client) => {
    while ((await office.undone(ids)) < count) {
      const { status, body } = await client.ask('POST', '/api/tasks/bulk_effect', { holdMs });
      expect(status).toBe(202);
      ids.push(String(body['id']));
    }
    client.close();
  };
  await Promise.all(Array.from({ length: 4 }, () => enqueue(office.client())));
  enqueued.push(...ids);
  return ids;
}

test('into an empty database: every worker has migrated before it has worked', () => {
  const workers = office.cluster.pods.filter(({ name }) => name.startsWith('office-worker'));
  expect(workers).toHaveLength(6);
  for (const { pod } of workers) {
    expect(pod.history.filter(({ event }) => /launched|exited/.test(event))).toEqual([
      { container: 'migrate', event: 'launched' },
      { container: 'migrate', event: 'exited 0' },
      { container: 'worker', event: 'launched' },
    ]);
  }
});

test('a new release replaces API and workers, and no request fails', async () => {
  const asked = load.requests;
  await office.cluster.apply(newRelease(office.manifests, '0.2.0'));
  await office.cluster.settled(patience());
  const running = office.cluster.pods.filter(({ pod }) => pod.ready);
  expect(running).toHaveLength(8);
  expect(running.every(({ pod }) => pod.containers.every(({ image }) => image.endsWith(':0.2.0')))).toBe(true);
  expect(load.requests).toBeGreaterThan(asked);
  expect(load.failed).toEqual([]);
});

test('workers come and go with the work, and what they leave is done later', async () => {
  await scale(0);
  await scale(4);
  // More than four workers have under way at a time.
  const ids = await pileUp(32, 1000);
  await scale(0);
  expect(await office.undone(ids)).toBeGreaterThan(0);
  await scale(2);
  await until(async () => (await office.undone(ids)) === 0, patience());
});

test('a node with both API pods is drained, one at a time, and no request fails', async () => {
  const api = deployment('office-api');
  office.cluster.cordon('two');
  for (const { name, node } of api.pods) if (node === 'two') await api.evict(name);
  await office.cluster.settled(patience());
  office.cluster.uncordon('two');
  expect(api.pods.map(({ node }) => node)).toEqual(['one', 'one']);

  const ready = () => api.pods.filter(({ pod }) => pod.ready).length;
  let least = ready();
  api.on('change', () => (least = Math.min(least, ready())));
  await office.cluster.drain('one', patience());
  await office.cluster.settled(patience());
  const running = office.cluster.pods.filter(({ pod }) => pod.ready);
  expect(new Set(running.map(({ node }) => node))).toEqual(new Set(['two']));
  expect(least).toBeGreaterThanOrEqual(1);
  expect(load.failed).toEqual([]);
  office.cluster.uncordon('one');
});

test('a worker that is killed in the middle of its work is started again, and its work is done', async () => {
  // Whatever the tests before have left.
  await scale(2);
  const ids = await pileUp(20, 400);
  const [victim] = deployment('office-worker-bulk').pods;
  const pod = victim?.pod;
  const launches = () =>
    pod?.history.filter(({ container, event }) => container === 'worker' && event === 'launched').length;
  expect(launches()).toBe(1);
  process.kill(pod?.pid('worker') ?? 0, 'SIGKILL');
  await pod?.until(({ ready }) => ready && launches() === 2, patience());
  await until(async () => (await office.undone(ids)) === 0, patience());
  expect(history(/exited SIGKILL/)).toEqual([`${victim?.name ?? ''}/worker exited SIGKILL`]);
});

test('in the end every task was done once, and everybody has ended by themselves', async () => {
  await load.stop();
  await until(async () => (await office.undone()) === 0, patience());
  const effects = await office.effects();
  expect(effects.filter((task) => task.effects !== 1 || task.state !== 'succeeded')).toEqual([]);
  expect(effects.map(({ id }) => id).sort()).toEqual([...load.enqueued, ...enqueued].sort());
  expect(load.failed).toEqual([]);
  expect(await office.stop()).toBe(0);
  expect(history(/^(killed|unhealthy)$/)).toEqual([]);
  // One was killed on purpose.
  expect(history(/^exited (?!0$)/)).toEqual([expect.stringMatching(/^office-worker-bulk-.*worker exited SIGKILL$/)]);
});
