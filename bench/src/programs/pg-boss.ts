/**
 * pg-boss: fetches jobs in batches and runs them side by side. Either each is completed in the transaction that inserts its row, or all of
 * a batch are completed together once their rows are committed.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool, type PoolClient } from 'pg';
import PgBoss from 'pg-boss';
import { z } from 'zod';

const env = z
  .object({
    DATABASE_URL: z.string(),
    CONCURRENCY: z.coerce.number(),
    QUEUE: z.string(),
    BATCH: z.coerce.number(),
    COMPLETE: z.enum(['in the transaction', 'in batches']),
  })
  .parse(process.env);

/** The shortest time between two looks at an empty queue that pg-boss's own `work` allows, in milliseconds. */
const pollingMs = 500;

type RowJob = PgBoss.Job<{ id: string; n: number }>;

const boss = new PgBoss({ connectionString: env.DATABASE_URL });
boss.on('error', (error) => process.stderr.write(`pg-boss: ${error.message}\n`));
await boss.start();
const pool = new Pool({ connectionString: env.DATABASE_URL, max: env.CONCURRENCY });

/**
 * Completes a job in the transaction that a connection is in.
 *
 * @throws Error when it was not there to be completed: it has run out of its time, and somebody else has done it
 */
async function completeOn(client: PoolClient, job: RowJob): Promise<void> {
  let completed = 0;
  const db: PgBoss.Db = {
    executeSql: async (text, values) => {
      const result = await client.query<{ count: string }>(text, values);
      completed = Number(result.rows[0]?.count);
      return result;
    },
  };
  // Without data, pg-boss 10 would take the options for data, and complete the job on a connection of its own.
  await boss.complete(env.QUEUE, job.id, {}, { db });
  if (completed !== 1) throw new Error(`job ${job.id} was not there to be completed`);
}

async function insertRow(job: RowJob): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query('INSERT INTO ledger (task_id, n) VALUES ($1, $2)', [job.data.id, job.data.n]);
    if (env.COMPLETE === 'in the transaction') await completeOn(client, job);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}

/** Runs jobs, so many at a time. */
async function runAll(jobs: readonly RowJob[]): Promise<void> {
  const left = [...jobs];
  const lane = async () => {
    for (let job = left.shift(); job !== undefined; job = left.shift()) await insertRow(job);
  };
  await Promise.all(Array.from({ length: env.CONCURRENCY }, lane));
}

const stopping = new AbortController();
process.once('SIGTERM', () => stopping.abort());
while (!stopping.signal.aborted) {
  const jobs = await boss.fetch<{ id: string; n: number }>(env.QUEUE, { batchSize: env.BATCH });
  if (jobs.length === 0) await sleep(pollingMs);
  await runAll(jobs);
  if (env.COMPLETE === 'in batches' && jobs.length > 0)
    await boss.complete(
      env.QUEUE,
      jobs.map(({ id }) => id),
    );
}
await boss.stop({ graceful: false });
process.exit(0);
