import { insertTasks, markTaken, measureBacklog } from './index';
import { backlogStatements } from './backlog';
import { taskTables, type TaskTables } from './testing/task-tables';

let tables: TaskTables;
beforeAll(async () => {
  tables = await taskTables();
});
afterAll(() => tables.drop());

const backlog = () => tables.database.read(measureBacklog);
const published = (id: string, secondsAgo: number) =>
  tables.commit((db) =>
    db.execute('UPDATE tasks SET publish_at = NULL, published_at = now(6) - INTERVAL ? SECOND WHERE id = ?', [
      secondsAgo,
      id,
    ]),
  );
const due = (id: string, secondsAgo: number) =>
  tables.commit((db) =>
    db.execute('UPDATE tasks SET publish_at = now(6) - INTERVAL ? SECOND WHERE id = ?', [secondsAgo, id]),
  );

test('nothing waits: all ages are 0', async () => {
  expect(await backlog()).toEqual({ outboxLag: 0, queueAge: { interactive: 0, default: 0, bulk: 0 } });
});

test('the oldest of each queue counts, in RabbitMQ or still in the outbox; what is to run later does not', async () => {
  const { inserted } = tables;
  await published((await inserted({ queue: 'bulk' })).id, 500);
  await published((await inserted({ queue: 'bulk' })).id, 100);
  await due((await inserted({ queue: 'interactive' })).id, 40);
  await inserted({ queue: 'default', runAt: new Date(Date.now() + 3_600_000) });
  const { outboxLag, queueAge } = await backlog();
  expect(Math.floor(outboxLag / 10)).toBe(4);
  expect(Math.floor(queueAge.bulk / 100)).toBe(5);
  expect(Math.floor(queueAge.interactive / 10)).toBe(4);
  expect(queueAge.default).toBe(0);
});

test('measuring reads a few entries of an index, whatever waits and whatever has ended', async () => {
  const { commit, task } = tables;
  const many = Array.from({ length: 3000 }, () => task({ queue: 'bulk' }));
  await commit(async (db) => {
    await insertTasks(db, many);
    for (let from = 0; from < 2000; from += 500) await markTaken(db, many.slice(from, from + 500));
    await db.execute(
      `UPDATE tasks SET state = 'succeeded', publish_at = NULL, published_at = NULL, finished_at = now(6) WHERE queue = 'bulk' ORDER BY id LIMIT 1000`,
    );
    await db.execute('UPDATE tasks SET publish_at = now(6) WHERE publish_at IS NOT NULL');
  });
  const reads = async (sql: string, bindings: unknown[]) =>
    tables.database.read(async (db) => {
      const count = async () => {
        const rows = await db.rows<{ Value: string }>(`SHOW SESSION STATUS LIKE 'Handler_read%'`);
        return rows.reduce((sum, { Value }) => sum + Number(Value), 0);
      };
      // What SHOW itself reads.
      const own = -(await count()) + (await count());
      const before = await count();
      await db.rows(sql, bindings);
      const [plan] = await db.rows<{ key: string }>(`EXPLAIN ${sql}`, bindings);
      expect(plan?.key).toBe('tasks_outbox');
      return (await count()) - before - own;
    });
  expect(await reads(backlogStatements.outbox, [])).toBeLessThan(20);
  for (const queue of ['bulk', 'default']) expect(await reads(backlogStatements.queue, [queue])).toBeLessThan(20);
}, 60_000);
