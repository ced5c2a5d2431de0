/**
 * Measures what it takes to enqueue: requests per second over HTTP, how long it is from a request to the commit of its task on a system
 * with nothing else to do (beside the same by hand), and how many tasks a second `enqueueMany` commits and has RabbitMQ confirm.
 */
import { ledgerTable } from '../contenders/ledger';
import { limitTasksTable } from '../contenders/limit';
import type { Benchmark, BenchmarkContext, Outcome } from '../run/benchmark';
import { HttpClient } from '../run/http-client';
import { inPlace, type Place } from '../run/place';
import { programOfBench, serveApi, type ServedApi, serveWorker, type Start } from '../run/served';
import { type Latency, percentile } from '../run/statistics';
import { rounded } from '../run/table';
import { type Many, measureMany } from './many';
import { enqueueAsFastAsPossible, type Requests } from './requests';
import { hearTaskEnds } from './task-ends';
import { measureToCommit, type ToCommit } from './to-commit';

const connectionsAtATime = [1, 10, 50] as const;

/** Milliseconds from a request to its task's commit, and tasks per second of `enqueueMany`; lower for a machine with other things to do. */
const goals = { full: { p50: 8, p99: 25, many: 10_000 }, short: { p50: 30, p99: 200, many: 2500 } };

const sizes = {
  full: { seconds: 10, requests: 500, many: 100_000 },
  short: { seconds: 3, requests: 150, many: 20_000 },
};

export const enqueue: Benchmark = {
  name: 'enqueue',
  about: 'requests per second, milliseconds from a request to the commit of its task, tasks per second of enqueueMany',
  run: measure,
};

interface Round {
  requests: { connections: number; of: Requests }[];
  toCommit: ToCommit;
  /** The same by hand: what the parts take by themselves. */
  byHand: ToCommit;
  many: Many;
}

async function measure(context: BenchmarkContext): Promise<Outcome> {
  const rounds: Round[] = [];
  for (let round = 0; round < context.rounds; round++)
    rounds.push({
      ...(await inPlace(context.servers, (place) => overHttp(context, place))),
      many: await inPlace(context.servers, (place) => withEnqueueMany(context, place)),
    });
  const goal = context.short ? goals.short : goals.full;
  const committed = medianLatency(rounds.map(({ toCommit }) => toCommit.committed));
  const byHand = medianLatency(rounds.map((round) => round.byHand.committed));
  const answered = medianLatency(rounds.map(({ toCommit }) => toCommit.answered));
  const many = median(rounds.map((one) => one.many.perSecond));
  const missed = [
    ...(['p50', 'p99'] as const)
      .filter((which) => !(committed[which] < goal[which]))
      .map(
        (which) =>
          `from a request to the commit ${which} is ${rounded(committed[which])} ms, and not under ${goal[which]}`,
      ),
    ...(many >= goal.many ? [] : [`enqueueMany does ${rounded(many)} tasks/s, and not ${goal.many}`]),
  ];
  return {
    tables: [
      {
        title: 'Enqueueing over HTTP, a task with each request',
        columns: ['connections', 'requests/s', 'p50 ms', 'p99 ms', 'ms of processor'],
        rows: connectionsAtATime.map((connections) => requestsRow(connections, rounds)),
      },
      {
        title: 'One request at a time on a system with nothing else to do, milliseconds until',
        columns: ['', 'p50', 'p95', 'p99'],
        rows: [
          ['the answer', ...figuresOf(answered)],
          ['the commit (its event)', ...figuresOf(committed)],
          ['the same by hand', ...figuresOf(byHand)],
        ],
      },
      {
        title: 'enqueueMany, 500 tasks with a statement',
        columns: ['', 'tasks/s', 'ms of processor'],
        rows: [['committed and confirmed', rounded(many), rounded(median(rounds.map((one) => one.many.cpuMs)))]],
      },
    ],
    figures: { rounds, ratioToHand: committed.p50 / byHand.p50 },
    missed,
  };
}

async function overHttp({ short, say }: BenchmarkContext, place: Place): Promise<Omit<Round, 'many'>> {
  const size = short ? sizes.short : sizes.full;
  await place.statement(ledgerTable);
  const api = await serveApi(place, programOfBench('api'));
  try {
    const toCommit = await withWorker(place, () => idle(place, api, size.requests));
    const { answered, committed } = toCommit;
    const byHand = await handMade(place, size.requests);
    say(
      `answered after ${figuresOf(answered).join(', ')} ms, committed after ${figuresOf(committed).join(', ')} ms, by hand ${figuresOf(byHand.committed).join(', ')} ms (p50, p95, p99)`,
    );
    const requests: Round['requests'] = [];
    for (const connections of connectionsAtATime) {
      const of = await enqueueAsFastAsPossible(place, api, { connections, seconds: size.seconds });
      say(
        `${connections} connections: ${rounded(of.perSecond)} requests/s, ${rounded(of.cpuMs)} ms of a processor each`,
      );
      requests.push({ connections, of });
    }
    return { toCommit, byHand, requests };
  } finally {
    await api.child.stop();
  }
}

async function withEnqueueMany({ short, say }: BenchmarkContext, place: Place): Promise<Many> {
  const count = (short ? sizes.short : sizes.full).many;
  const many = await measureMany(place, () => worker(place, 'interactive'), count);
  say(`enqueueMany: ${rounded(many.perSecond)} tasks/s, ${rounded(many.cpuMs)} ms of a processor each`);
  return many;
}

const worker = (place: Place, queue: string) => serveWorker(place, programOfBench('ours'), { WORKER_QUEUES: queue });

async function withWorker<T>(place: Place, work: () => Promise<T>): Promise<T> {
  const taking = await worker(place, 'default');
  try {
    return await Promise.race([work(), taking.died]);
  } finally {
    await taking.stop();
  }
}

async function idle(place: Place, api: ServedApi, requests: number): Promise<ToCommit> {
  const [ends, client] = [await hearTaskEnds(place.amqpUrl), new HttpClient(api)];
  try {
    return await measureToCommit(client, ends, requests);
  } finally {
    client.close();
    await ends.close();
  }
}

async function handMade(place: Place, requests: number): Promise<ToCommit> {
  await place.statement(limitTasksTable);
  const as =
    (role: string): Start =>
    (env) =>
      programOfBench('by-hand')({ ...env, ROLE: role });
  const api = await serveApi(place, as('api'));
  const worker = await serveWorker(place, as('worker'), {});
  try {
    return await Promise.race([idle(place, api, requests), worker.died, api.child.died]);
  } finally {
    await Promise.all([api.child.stop(), worker.stop()]);
  }
}

const median = (values: readonly number[]) => percentile(values, 50);

const medianLatency = (of: readonly Latency[]): Latency => ({
  p50: median(of.map(({ p50 }) => p50)),
  p95: median(of.map(({ p95 }) => p95)),
  p99: median(of.map(({ p99 }) => p99)),
});

const figuresOf = ({ p50, p95, p99 }: Latency) => [p50, p95, p99].map(rounded);

function requestsRow(connections: number, rounds: readonly Round[]): (string | number)[] {
  const runs = rounds.flatMap(({ requests }) => requests.filter((one) => one.connections === connections));
  const of = (figure: keyof Requests) => rounded(median(runs.map((run) => run.of[figure])));
  return [String(connections), of('perSecond'), of('p50'), of('p99'), of('cpuMs')];
}
