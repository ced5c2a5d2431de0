/** Messages that RabbitMQ loses while their queue, its consumers and every connection stay. */
import { queueName } from '@sorting-office/broker';
import { faults } from './testing/fault-test';
import { until } from './testing/until';
import { writes } from './worker/tasks';

const fault = faults();

fault(
  'a queue is purged while tasks wait in it: they are published again',
  { env: { WORKER_RECONCILE_SECONDS: '5' } },
  async (office) => {
    await office.startWorkers(2);
    await office.enqueue(
      writes,
      Array.from({ length: 600 }, () => ({ holdMs: 100 })),
    );
    await until('RabbitMQ to hold every task', async () => {
      const [left] = await office.admin.rows('SELECT id FROM tasks WHERE publish_at IS NOT NULL LIMIT 1');
      return left === undefined;
    });
    await office.broker.purgeQueue(queueName('default'));
    const { ended, all } = await office.progress();
    expect(ended).toBeLessThan(all / 2);
  },
);
