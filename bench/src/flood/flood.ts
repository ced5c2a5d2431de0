/**
 * Measures what searching by HTTP takes while 100,000 `sort_batch` wait to be done, beside what it takes when nothing else goes on: with a
 * worker for each class of queues, as in Kubernetes, and with one worker for all, as `npm start` has it.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BrokerConnection, queueName } from '@sorting-office/broker';
import { makeMailbox } from '../mail-search/mailbox';
import type { Benchmark, BenchmarkContext, Outcome } from '../run/benchmark';
import { commitTasks } from '../run/commit-tasks';
import { HttpClient } from '../run/http-client';
import { inPlace, type Place } from '../run/place';
import { builtApp, serveApi, serveWorker } from '../run/served';
import { type Latency, percentile } from '../run/statistics';
import { rounded } from '../run/table';
import { bulkTasks, connectMaildir } from './bulk-tasks';
import { askOverHttp } from './searches';

/** Which queues each worker takes from. */
const deployments = {
  'a worker for each queue': ['interactive', 'default', 'bulk'],
  'one worker for all': ['interactive,default,bulk'],
};
type Deployment = keyof typeof deployments;
const names = Object.keys(deployments) as Deployment[];

/** The one that runs in production has to reach the goal. */
const production: Deployment = 'a worker for each queue';

/** The 99th percentile may be so many times that of an idle system. */
const goals = { full: 2, short: 6 };

const sizes = {
  full: { waiting: 100_000, searches: 300, mails: 5000 },
  short: { waiting: 3000, searches: 100, mails: 500 },
};

export const flood: Benchmark = {
  name: 'flood',
  about: 'milliseconds of a search while 100,000 sort_batch wait, beside those of an idle system',
  run: measure,
};

interface Flooded {
  idle: Latency;
  flooded: Latency;
  /** Bulk tasks done in a second meanwhile. */
  bulkPerSecond: number;
  /** Messages that waited when the last search was answered. */
  left: number;
}

type Round = Record<Deployment, Flooded>;

async function measure(context: BenchmarkContext): Promise<Outcome> {
  const rounds: Round[] = [];
  for (let round = 0; round < context.rounds; round++)
    rounds.push(await inPlace(context.servers, (place) => measureOnce(context, place)));
  const goal = context.short ? goals.short : goals.full;
  const ratioOf = (name: Deployment) => median(rounds.map((round) => round[name].flooded.p99 / round[name].idle.p99));
  const ratio = ratioOf(production);
  return {
    tables: [
      {
        title: 'A search over HTTP, in milliseconds',
        columns: ['', 'p50', 'p95', 'p99', 'p99 of idle', 'bulk tasks/s'],
        rows: names.flatMap((name) => [
          [`${name}, idle`, ...medians(rounds.map((round) => round[name].idle)), '1.00', ''],
          [
            `${name}, flooded`,
            ...medians(rounds.map((round) => round[name].flooded)),
            rounded(ratioOf(name)),
            rounded(median(rounds.map((round) => round[name].bulkPerSecond))),
          ],
        ]),
      },
    ],
    figures: { rounds },
    missed:
      ratio <= goal
        ? []
        : [`with ${production} p99 of a search under a flood is ${rounded(ratio)} times that of idle, and not ${goal}`],
  };
}

async function measureOnce({ short, say }: BenchmarkContext, place: Place): Promise<Round> {
  const size = short ? sizes.short : sizes.full;
  const folder = await mkdtemp(join(tmpdir(), 'bench-flood-'));
  const connection = await BrokerConnection.open({ url: place.amqpUrl, name: 'bench' });
  const api = await serveApi(place, builtApp('api'));
  const client = new HttpClient(api);
  try {
    const mailboxId = await makeMailbox(place.database, size.mails, { owner: place.accountId });
    const bulk = await connectMaildir(place, folder);
    const search = () => askOverHttp(client, mailboxId, size.searches);
    const idle = {} as Record<Deployment, Latency>;
    for (const name of names) {
      idle[name] = await withWorkers(place, name, search);
      say(`${name}, idle: ${figuresOf(idle[name]).join(', ')} ms (p50, p95, p99)`);
    }
    await commitTasks(place, await bulkTasks(place, bulk, size.waiting));
    await connection.connected();
    const channel = await connection.createChannel();
    const waiting = async () => (await channel.checkQueue(queueName('bulk'))).messageCount;
    say(`${await waiting()} sort_batch wait`);
    const round = {} as Round;
    for (const name of names) {
      round[name] = await withWorkers(place, name, async () => {
        const before = { ended: await ended(place), at: performance.now() };
        const flooded = await search();
        const bulkPerSecond = ((await ended(place)) - before.ended) / ((performance.now() - before.at) / 1000);
        return { idle: idle[name], flooded, bulkPerSecond, left: await waiting() };
      });
      const { flooded, bulkPerSecond, left } = round[name];
      say(
        `${name}, flooded: ${figuresOf(flooded).join(', ')} ms, ${rounded(bulkPerSecond)} bulk tasks/s meanwhile, ${left} left`,
      );
      if (left === 0) throw new Error('every sort_batch is done: the searches were not asked under a flood to the end');
    }
    return round;
  } finally {
    client.close();
    await api.child.stop();
    await connection.close();
    await rm(folder, { recursive: true });
  }
}

async function withWorkers<T>(place: Place, name: Deployment, work: () => Promise<T>): Promise<T> {
  const workers = await Promise.all(
    deployments[name].map((queues) => serveWorker(place, builtApp('worker'), { WORKER_QUEUES: queues })),
  );
  try {
    return await Promise.race([work(), ...workers.map(({ died }) => died)]);
  } finally {
    await Promise.all(workers.map((worker) => worker.stop()));
  }
}

/** How many sort_batch have ended. */
async function ended({ database }: Place): Promise<number> {
  const [row] = await database.read((db) =>
    db.rows<{ count: number }>(`SELECT COUNT(*) AS count FROM tasks WHERE name = 'sort_batch' AND state <> 'queued'`),
  );
  return Number(row?.count);
}

const median = (values: readonly number[]) => percentile(values, 50);

const figuresOf = ({ p50, p95, p99 }: Latency) => [p50, p95, p99].map(rounded);

const medians = (of: readonly Latency[]) =>
  (['p50', 'p95', 'p99'] as const).map((figure) => rounded(median(of.map((latency) => latency[figure]))));
