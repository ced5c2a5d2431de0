import { setTimeout as sleep } from 'node:timers/promises';
import { queueName, taskQueues } from '@sorting-office/broker';
import fc from 'fast-check';
import { anyMessage, publishAny } from '../testing/any-message';
import type { Office } from '../testing/office';
import type { Random } from '../testing/random';
import { until } from '../testing/until';
import type { WorkerProcess } from '../testing/worker-process';

/** Something that goes wrong, and is over when `strike` has returned, or resolved; its consequences may last longer. */
export interface Disaster {
  readonly name: string;
  strike(): unknown;
}

type Disasters = [Disaster, ...Disaster[]];

/** All that can go wrong. @param victims the workers that may be killed, stopped and frozen. */
export function disasters(office: Office, victims: readonly WorkerProcess[], random: Random): Disasters {
  const [first, ...rest] = [
    ...ofWorkers(victims, random),
    ...ofTheBroker(office, random),
    ...ofTheDatabase(office, random),
    ...ofTheNetwork(office, random),
  ];
  if (!first) throw new Error('nothing can go wrong');
  return [first, ...rest];
}

function ofWorkers(victims: readonly WorkerProcess[], random: Random): Disaster[] {
  const victim = () => {
    const one = victims[random.int(0, victims.length - 1)];
    if (!one) throw new Error('there is no victim');
    return one;
  };
  return [
    { name: 'a worker is killed', strike: () => victim().signal('SIGKILL') },
    {
      name: 'a worker is told to stop',
      strike: async () => {
        const one = victim();
        await one.begun();
        await one.signal('SIGTERM');
      },
    },
    {
      name: 'a worker freezes',
      strike: async () => {
        const one = victim();
        one.freeze(true);
        await sleep(random.int(1000, 40_000));
        one.freeze(false);
      },
    },
  ];
}

function ofTheBroker({ servers: { broker: server }, broker, enqueued }: Office, random: Random): Disaster[] {
  const queue = () => queueName(taskQueues[random.int(0, taskQueues.length - 1)] ?? 'default');
  return [
    { name: 'RabbitMQ is killed', strike: () => server.kill().then(() => server.start()) },
    { name: 'RabbitMQ is restarted', strike: () => server.restart() },
    {
      name: 'RabbitMQ is wiped',
      strike: async () => {
        await server.wipe();
        await server.start();
        await broker.makeVhost();
      },
    },
    // A queue that is not there at the moment has been deleted before.
    { name: 'a queue is deleted', strike: () => existing(() => broker.deleteQueue(queue())) },
    {
      name: 'somebody sends 200 messages that nobody should',
      strike: () => {
        const real = [...enqueued.keys()].slice(-100);
        if (real.length === 0) return undefined;
        return publishAny(broker, fc.sample(anyMessage(real), { seed: random.int(0, 2 ** 31 - 1), numRuns: 200 }));
      },
    },
    { name: 'a queue is purged', strike: () => existing(() => broker.purgeQueue(queue())) },
    {
      name: 'connections are closed through the management API',
      strike: () => broker.forceClose(random.pick(['(consume)', '(publish)', 'office worker'])),
    },
  ];
}

function ofTheDatabase({ servers: { database: server }, admin, user }: Office, random: Random): Disaster[] {
  const forAWhile = async (done: string, undone: string) => {
    await undisturbed(() => admin.execute(done));
    await sleep(random.int(100, 5000));
    await undisturbed(() => admin.execute(undone));
  };
  return [
    { name: 'MySQL is killed', strike: () => server.kill().then(() => server.start()) },
    { name: 'MySQL is restarted', strike: () => server.restart() },
    {
      name: 'a table is taken away',
      strike: () => {
        const table = random.pick(['tasks', 'batches', 'task_attempts']);
        return forAWhile(`RENAME TABLE ${table} TO ${table}_away`, `RENAME TABLE ${table}_away TO ${table}`);
      },
    },
    {
      name: 'MySQL is read-only',
      strike: () => forAWhile('SET GLOBAL read_only = 1', 'SET GLOBAL read_only = 0'),
    },
    {
      name: 'MySQL gives workers few connections',
      strike: () => {
        const most = (count: number) => `ALTER USER '${user.name}'@'%' WITH MAX_USER_CONNECTIONS ${count}`;
        return forAWhile(most(random.int(1, 5)), most(0));
      },
    },
  ];
}

function ofTheNetwork({ proxies }: Office, random: Random): Disaster[] {
  if (!proxies) throw new Error('this office has no proxies');
  return (['database', 'broker'] as const).flatMap((side): Disaster[] => {
    const proxy = proxies[side];
    const forAWhile = async (misbehave: () => void) => {
      misbehave();
      await sleep(random.int(100, 5000));
      proxy.pass();
    };
    return [
      { name: `connections to the ${side} are cut`, strike: () => proxy.cut() },
      { name: `connections to the ${side} are slow`, strike: () => forAWhile(() => proxy.delay(random.int(10, 300))) },
      { name: `connections to the ${side} are refused`, strike: () => forAWhile(() => proxy.refuse()) },
      { name: `the ${side} falls silent`, strike: () => forAWhile(() => proxy.blackhole()) },
      {
        name: `connections to the ${side} are half-open`,
        strike: () => proxy.halfOpen(random.pick(['client', 'server'])),
      },
      ...(side === 'database'
        ? [
            {
              name: 'connections are lost during COMMIT',
              strike: () => proxy.faultCommits([random.pick(['before', 'after']), 'after', 'before']),
            },
          ]
        : []),
    ];
  });
}

/** Does what must be done, through whatever is still in its way. */
const undisturbed = (act: () => Promise<void>) =>
  until(
    'the database to obey',
    async () => {
      await act();
      return true;
    },
    { withinMs: 120_000 },
  );

async function existing(act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!String(error).includes('404')) throw error;
  }
}
