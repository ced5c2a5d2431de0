/** RabbitMQ that dies, restarts, forgets everything, loses a queue, or throws its clients out. */
import { queueName } from '@sorting-office/broker';
import { faults } from './testing/fault-test';
import type { Office } from './testing/office';
import { until } from './testing/until';
import { batch, parent, writes } from './worker/tasks';

const fault = faults({ onServers: true });

const times = <T>(count: number, make: () => T) => Array.from({ length: count }, make);

fault('killed and started again, twice under load', {}, async (office) => {
  await enqueueLoad(office);
  await office.startWorkers(2);
  for (const ended of [100, 500]) {
    await office.hasEnded(ended);
    await office.servers.broker.kill();
    await office.servers.broker.start();
  }
});

fault('stopped and restarted under load', {}, async (office) => {
  await enqueueLoad(office);
  await office.startWorkers(2);
  await office.hasEnded(200);
  await office.servers.broker.restart();
});

fault('wiped while it held messages: every queued task comes back by itself', {}, async (office) => {
  await office.startWorkers(2);
  await backlog(office, 600);
  await office.servers.broker.wipe();
  await office.servers.broker.start();
  await office.broker.makeVhost();
});

fault('a queue with messages is deleted under its consumer', {}, async (office) => {
  await office.startWorkers(1);
  await backlog(office, 400);
  await office.broker.deleteQueue(queueName('default'));
});

fault('connections are closed through the management API, again and again', {}, async (office, random) => {
  await enqueueLoad(office);
  await office.startWorkers(2);
  const ended = times(4, () => random.int(1, 800)).sort((a, b) => a - b);
  for (const count of ended) {
    await office.hasEnded(count);
    await office.broker.forceClose(random.pick(['(consume)', '(publish)', 'office worker']));
  }
});

/** A thousand tasks, some of which enqueue others. */
async function enqueueLoad(office: Office): Promise<void> {
  await office.enqueue(
    writes,
    times(400, () => ({ holdMs: 5 })),
  );
  await office.enqueue(
    parent,
    times(80, () => ({ children: 4, holdMs: 5 })),
    { family: 4 },
  );
  await office.enqueue(
    batch,
    times(30, () => ({ children: 5, holdMs: 5 })),
    { family: 6 },
  );
}

/** Enqueues tasks and resolves once RabbitMQ holds all that have not ended, which are most of them. */
async function backlog(office: Office, count: number): Promise<void> {
  await office.enqueue(
    writes,
    times(count, () => ({ holdMs: 100 })),
  );
  await until('RabbitMQ to hold every task', async () => {
    const [left] = await office.admin.rows('SELECT id FROM tasks WHERE publish_at IS NOT NULL LIMIT 1');
    return left === undefined;
  });
  const { ended, all } = await office.progress();
  expect(ended).toBeLessThan(all / 2);
}
